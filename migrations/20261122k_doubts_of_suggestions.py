"""what suggestions are unsure of, and how they were made

Old code leaves the columns alone; what it suggests names no other group.

Revision ID: 20261122k
Revises: 20261122j
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122k"
down_revision: str | Sequence[str] | None = "20261122j"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("suggestion", sa.Column("near", sa.JSON(), server_default="{}", nullable=False))
    op.add_column(
        "suggestion",
        sa.Column("by_meaning", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("suggestion", "by_meaning")
    op.drop_column("suggestion", "near")
