"""what the search has not looked at yet

Old code goes on indexing what it writes at once; what new code has noted waits for new code.

Revision ID: 20261122g
Revises: 20261122f
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122g"
down_revision: str | Sequence[str] | None = "20261122f"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "search_noted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_noted")),
    )


def downgrade() -> None:
    """Downgrade schema; `flask search rebuild` finds what was only noted."""
    op.drop_table("search_noted")
