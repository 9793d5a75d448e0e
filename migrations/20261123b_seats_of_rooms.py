"""whether a room has seats of its own or its round's number, and what it was called at first

Revision ID: 20261123b
Revises: 20261123a
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261123b"
down_revision: str | Sequence[str] | None = "20261123a"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    own_seats = sa.Column("has_own_seats", sa.Boolean(), nullable=False, server_default=sa.false())
    first_title = sa.Column("first_title", sa.Text(), nullable=True)
    for column in (own_seats, first_title):
        op.add_column("room", column)


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("room") as batch_op:
        batch_op.drop_column("first_title")
        batch_op.drop_column("has_own_seats")
