"""what concerns said when somebody supported them

Old code leaves it alone; what it edits is supported as it reads from then on.

Revision ID: 20261122i
Revises: 20261122h
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122i"
down_revision: str | Sequence[str] | None = "20261122h"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

OF_WORDING = "fk_concern_support_wording_id_concern_wording"
BY_WORDING = "ix_concern_support_wording_id"


def upgrade() -> None:
    """Upgrade schema."""
    _rest_references()
    op.create_table(
        "concern_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_concern_wording_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_wording")),
    )
    op.create_index(op.f("ix_concern_wording_concern_id"), "concern_wording", ["concern_id"])
    with op.batch_alter_table("concern_support") as support:
        support.add_column(sa.Column("wording_id", sa.Integer()))
        support.create_foreign_key(
            op.f(OF_WORDING), "concern_wording", ["wording_id"], ["id"], ondelete="SET NULL"
        )
        support.create_index(op.f(BY_WORDING), ["wording_id"])


def downgrade() -> None:
    """Downgrade schema: whoever supported an earlier wording supports the one of now."""
    _rest_references()
    with op.batch_alter_table("concern_support") as support:
        support.drop_index(op.f(BY_WORDING))
        support.drop_constraint(op.f(OF_WORDING), type_="foreignkey")
        support.drop_column("wording_id")
    op.drop_table("concern_wording")


def _rest_references() -> None:
    """On SQLite a table is changed by making it anew: dropping the old one must delete no rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    # The connection is not used for anything else afterwards.
    for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
        bind.exec_driver_sql(statement)
