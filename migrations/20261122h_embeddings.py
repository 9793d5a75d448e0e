"""what concerns mean, as vectors

Old code leaves the table alone; concerns that it writes are embedded when they are grouped.

Revision ID: 20261122h
Revises: 20261122g
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122h"
down_revision: str | Sequence[str] | None = "20261122g"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "embedding",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_embedding_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("concern_id", "model", name=op.f("pk_embedding")),
    )


def downgrade() -> None:
    """Downgrade schema; vectors are made anew when concerns are grouped."""
    op.drop_table("embedding")
