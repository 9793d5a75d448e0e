"""when somebody said that they would rather not have the part that they are named for

Revision ID: 20261123a
Revises: 20261122t
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261123a"
down_revision: str | Sequence[str] | None = "20261122t"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("nomination", sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("nomination") as batch_op:
        batch_op.drop_column("declined_at")
