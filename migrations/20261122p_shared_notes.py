"""shared notes of rooms

Revision ID: 20261122p
Revises: 20261122o
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122p"
down_revision: str | Sequence[str] | None = "20261122o"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kept_to", sa.Integer(), nullable=False),
        sa.Column("keep_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_notes_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("room_id", name=op.f("uq_notes_room_id")),
    )
    op.create_index(op.f("ix_notes_keep_at"), "notes", ["keep_at"])
    op.create_table(
        "notes_update",
        sa.Column("notes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _of_notes("notes_update"),
        sa.PrimaryKeyConstraint("notes_id", "number", name=op.f("pk_notes_update")),
    )
    op.create_table(
        "notes_writer",
        sa.Column("notes_id", sa.Integer(), nullable=False),
        sa.Column("client", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("clock", sa.Integer(), nullable=False),
        _of_notes("notes_writer"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_notes_writer_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("notes_id", "client", name=op.f("pk_notes_writer")),
    )
    op.create_index(op.f("ix_notes_writer_participant_id"), "notes_writer", ["participant_id"])


def downgrade() -> None:
    """Downgrade schema."""
    for table in ("notes_writer", "notes_update", "notes"):
        op.drop_table(table)


def _of_notes(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_notes_id_notes")
    return sa.ForeignKeyConstraint(["notes_id"], ["notes.id"], name=name, ondelete="CASCADE")
