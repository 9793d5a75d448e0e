"""rounds, countdowns, names and publishing of flash polls

Old code leaves it alone: what it asks and takes is a first round, nameless, and seen at once. But
it cannot read the log of a board on which something was published: moderate polls before only when
all processes are new.

Revision ID: 20261122j
Revises: 20261122i
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122j"
down_revision: str | Sequence[str] | None = "20261122i"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

OF_NEXT = "fk_flash_poll_next_id_flash_poll"
ONE_NEXT = "uq_flash_poll_next_id"


def upgrade() -> None:
    """Upgrade schema."""
    _rest_references()
    with op.batch_alter_table("flash_poll") as poll:
        poll.add_column(_flag("is_named"))
        poll.add_column(_flag("is_moderated_before"))
        poll.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        poll.add_column(sa.Column("next_id", sa.Integer()))
        poll.add_column(sa.Column("seconds", sa.Integer()))
        poll.add_column(sa.Column("closes_at", sa.DateTime(timezone=True)))
        poll.create_index(op.f("ix_flash_poll_closes_at"), ["closes_at"])
        poll.create_unique_constraint(op.f(ONE_NEXT), ["next_id"])
        poll.create_foreign_key(
            op.f(OF_NEXT), "flash_poll", ["next_id"], ["id"], ondelete="SET NULL"
        )
    op.add_column("concern", _flag("is_named"))
    op.add_column("concern", _flag("is_unseen"))
    op.add_column("concern", sa.Column("waits_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Downgrade schema: rounds are polls that know nothing of each other; what waits is hidden."""
    _rest_references()
    for name in ("waits_since", "is_unseen", "is_named"):
        op.drop_column("concern", name)
    with op.batch_alter_table("flash_poll") as poll:
        poll.drop_constraint(op.f(OF_NEXT), type_="foreignkey")
        poll.drop_constraint(op.f(ONE_NEXT), type_="unique")
        poll.drop_index(op.f("ix_flash_poll_closes_at"))
        for name in ("closes_at", "seconds", "next_id", "round", "is_moderated_before", "is_named"):
            poll.drop_column(name)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _rest_references() -> None:
    """On SQLite a table is changed by making it anew: dropping the old one must delete no rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    # The connection is not used for anything else afterwards.
    for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
        bind.exec_driver_sql(statement)
