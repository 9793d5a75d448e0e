"""who embeds a poll's concerns

Revision ID: 20261122s
Revises: 20261122r
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122s"
down_revision: str | Sequence[str] | None = "20261122r"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "embedding_turn",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["flash_poll.id"],
            name=op.f("fk_embedding_turn_poll_id_flash_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_embedding_turn")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("embedding_turn")
