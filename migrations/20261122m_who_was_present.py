"""who was present, found without looking through everybody

Revision ID: 20261122m
Revises: 20261122l
"""

from collections.abc import Sequence

from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122m"
down_revision: str | Sequence[str] | None = "20261122l"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

NAME = "ix_participant_present_until"


def upgrade() -> None:
    """Upgrade schema."""
    op.create_index(op.f(NAME), "participant", ["present_until"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f(NAME), table_name="participant")
