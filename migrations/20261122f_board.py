"""the moderators' board: who did what, what was taken apart, and why something was put aside

Old code goes on working on these tables: what is new in its own may be empty, or has a default.

Revision ID: 20261122f
Revises: 20261122e
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122f"
down_revision: str | Sequence[str] | None = "20261122e"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    _rest_references()
    op.add_column("flash_poll", _moment("suggested_at"))
    op.add_column("concern", _moment("shown_again_at"))
    op.add_column("concern", _text("hidden_reason"))
    op.add_column("concern", _moment("off_topic_at"))
    op.add_column("concern", _text("off_topic_reason"))
    op.add_column(
        "suggestion", sa.Column("unsure_ids", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("suggestion", _text("keywords"))
    _number_aspects_for_good(True)
    _make_tables()


def downgrade() -> None:
    """Downgrade schema; the log goes, and what was put aside stays where it lies."""
    _rest_references()
    op.drop_table("separation")
    op.drop_table("board_action")
    _number_aspects_for_good(False)
    op.drop_column("suggestion", "keywords")
    op.drop_column("suggestion", "unsure_ids")
    for name in ("off_topic_reason", "off_topic_at", "hidden_reason", "shown_again_at"):
        op.drop_column("concern", name)
    op.drop_column("flash_poll", "suggested_at")


def _rest_references() -> None:
    """On SQLite a table is changed by making it anew: dropping the old one must delete no rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    # The connection is not used for anything else afterwards.
    for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
        bind.exec_driver_sql(statement)


def _number_aspects_for_good(autoincrement: bool) -> None:
    """An undo brings an aspect back under its number: SQLite must not give it to another one."""
    if op.get_bind().dialect.name != "sqlite":
        return
    with op.batch_alter_table(
        "aspect", recreate="always", table_kwargs={"sqlite_autoincrement": autoincrement}
    ):
        pass


def _make_tables() -> None:
    op.create_table(
        "board_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _moment("undone_at"),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        _reference("board_action", "poll_id", "flash_poll", "CASCADE"),
        _reference("board_action", "participant_id", "participant", "SET NULL"),
        _reference("board_action", "undone_by_id", "participant", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_action")),
    )
    for name, columns in (
        ("ix_board_action_poll_id_board_action_id", ["poll_id", "id"]),
        ("ix_board_action_participant_id", ["participant_id"]),
        ("ix_board_action_undone_by_id", ["undone_by_id"]),
    ):
        op.create_index(op.f(name), "board_action", columns)
    op.create_table(
        "separation",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), autoincrement=False, nullable=False),
        _reference("separation", "concern_id", "concern", "CASCADE"),
        sa.PrimaryKeyConstraint("concern_id", "aspect_id", name=op.f("pk_separation")),
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _reference(table: str, column: str, other: str, on_delete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=on_delete
    )
