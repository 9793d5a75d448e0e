"""who is named before a round to lead through its talks, and to take notes

Revision ID: 20261122t
Revises: 20261122s
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122t"
down_revision: str | Sequence[str] | None = "20261122s"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "nomination",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=30), nullable=False),
        *(_reference(column) for column in ("round_id", "participant_id")),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_participant_id"), "nomination", ["participant_id"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("nomination")


def _reference(column: str) -> sa.ForeignKeyConstraint:
    of = column.removesuffix("_id")
    name = op.f(f"fk_nomination_{column}_{of}")
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=name, ondelete="CASCADE")
