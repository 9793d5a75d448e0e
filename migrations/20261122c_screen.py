"""questions put aside, and the words on the screen

Old code goes on working on these tables: what is new in its own may be empty.

Revision ID: 20261122c
Revises: 20261122b
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122c"
down_revision: str | Sequence[str] | None = "20261122b"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("question", sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "word_cloud",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("drawn_from", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["flash_poll.id"],
            name=op.f("fk_word_cloud_poll_id_flash_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_word_cloud")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("word_cloud")
    op.drop_column("question", "dismissed_at")
