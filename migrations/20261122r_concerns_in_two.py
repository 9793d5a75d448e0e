"""concerns that were split in two

Old code takes both parts for concerns as any others, but cannot read the log of a board on which
something was split: split only when all processes are new.

Revision ID: 20261122r
Revises: 20261122q
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122r"
down_revision: str | Sequence[str] | None = "20261122q"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

OF_WHOLE = "is_of_whole"


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "concern_split",
        _part("second_id"),
        _part("first_id"),
        _part("root_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_text", sa.Text(), nullable=False),
        sa.Column("second_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_undone", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(_of_concern(name) for name in ("second_id", "first_id", "root_id")),
        sa.PrimaryKeyConstraint("second_id", name=op.f("pk_concern_split")),
    )
    for name in ("first_id", "root_id"):
        op.create_index(op.f(f"ix_concern_split_{name}"), "concern_split", [name])
    op.add_column(
        "concern_wording",
        sa.Column(OF_WHOLE, sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Downgrade schema: both parts are concerns of their own; what was undone stays so."""
    op.drop_column("concern_wording", OF_WHOLE)
    op.drop_table("concern_split")


def _part(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _of_concern(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name],
        ["concern.id"],
        name=op.f(f"fk_concern_split_{name}_concern"),
        ondelete="CASCADE",
    )
