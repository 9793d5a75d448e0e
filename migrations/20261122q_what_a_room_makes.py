"""what a room makes: replies and reactions to contributions, and their earlier wordings

Old code leaves it alone: it edits a contribution without raising its version, so somebody who edits
the same one with new code in these minutes is not told.

Revision ID: 20261122q
Revises: 20261122p
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122q"
down_revision: str | Sequence[str] | None = "20261122p"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

REACTIONS = sa.Enum("agree", "thanks", "helpful", name="reaction", native_enum=False, length=30)
TABLES = ("contribution_version", "contribution_reaction", "contribution_thread")


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "contribution", sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("contribution", sa.Column("reworded_at", sa.DateTime(timezone=True)))
    _make("contribution_thread", sa.Column("thread_id", sa.Integer(), nullable=False))
    _make(
        "contribution_reaction",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", REACTIONS, nullable=False),
    )
    _make(
        "contribution_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
    )
    for table, column in (
        ("contribution_reaction", "participant_id"),
        ("contribution_version", "contribution_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Downgrade schema: what contributions said before goes."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("contribution", "reworded_at")
    op.drop_column("contribution", "version")


KEYS = {
    "contribution_thread": ("contribution_id",),
    "contribution_reaction": ("contribution_id", "participant_id", "kind"),
    "contribution_version": ("id",),
}


def _make(table: str, *columns: sa.Column) -> None:
    """A table of what belongs to a contribution."""
    names = ["contribution_id", *(column.name for column in columns)]
    of = [name for name in names if name.endswith("_id")]
    once = [sa.UniqueConstraint("thread_id", name=op.f(f"uq_{table}_thread_id"))]
    op.create_table(
        table,
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        *columns,
        *(_reference(table, name) for name in of),
        *(once if "thread_id" in names else []),
        sa.PrimaryKeyConstraint(*KEYS[table], name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    of = column.removesuffix("_id")
    name = op.f(f"fk_{table}_{column}_{of}")
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=name, ondelete="CASCADE")
