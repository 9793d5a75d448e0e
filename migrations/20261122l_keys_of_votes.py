"""each vote has a key of its own

Old code goes on drawing keys at random: one that is there already is refused, as rare as that is.

Revision ID: 20261122l
Revises: 20261122k
"""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122l"
down_revision: str | Sequence[str] | None = "20261122k"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

MOST = 2**31 - 1


def upgrade() -> None:
    """Upgrade schema."""
    _draw_anew()
    op.create_index(op.f("ix_vote_key"), "vote", ["key"], unique=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_vote_key"), table_name="vote")


def _draw_anew() -> None:
    """Of votes that have the same key, the first one keeps it."""
    vote = sa.table("vote", sa.column("id", sa.Integer), sa.column("key", sa.Integer))
    first = sa.select(sa.func.min(vote.c.id)).group_by(vote.c.key)
    doubled = sa.select(vote.c.id).where(vote.c.id.not_in(first))
    connection = op.get_bind()
    while ids := connection.scalars(doubled).all():
        for id in ids:
            key = secrets.randbelow(MOST) + 1
            connection.execute(sa.update(vote).where(vote.c.id == id).values(key=key))
