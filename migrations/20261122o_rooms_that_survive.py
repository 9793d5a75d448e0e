"""rooms that survive: ends of their own, who was there, parts, calls for help, messages

Old code leaves it alone: it ends a room with its round, and notes nobody's stay.

Revision ID: 20261122o
Revises: 20261122n
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122o"
down_revision: str | Sequence[str] | None = "20261122n"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

TABLES = ("room_message", "help_call", "duty", "stay")
ENDS = ("ends_at", "closed_at")
GOING_ON = sa.text("until IS NULL")


def upgrade() -> None:
    """Upgrade schema."""
    for name in ENDS:
        op.add_column("room", _moment(name, nullable=True))
    _make_stays()
    _make_duties()
    _make_calls()
    _make_messages()


def downgrade() -> None:
    """Downgrade schema."""
    for table in TABLES:
        op.drop_table(table)
    for name in ENDS:
        op.drop_column("room", name)


def _make_stays() -> None:
    _make(
        "stay",
        *_to("stay", "round"),
        *_to("stay", "room"),
        *_to("stay", "participant"),
        _moment("since"),
        _moment("until", nullable=True),
    )
    _index("stay", "round_id", "room_id", "participant_id")
    op.create_index(
        "uq_stay_going_on",
        "stay",
        ["round_id", "participant_id"],
        unique=True,
        sqlite_where=GOING_ON,
        postgresql_where=GOING_ON,
    )


def _make_duties() -> None:
    _make(
        "duty",
        *_to("duty", "room"),
        sa.Column("part", sa.String(length=30), nullable=False),
        *_to("duty", "participant"),
        _moment("passes_at", nullable=True),
        sa.UniqueConstraint("room_id", "part", name=op.f("uq_duty_room_id_part")),
    )
    _index("duty", "participant_id", "passes_at")


def _make_calls() -> None:
    _make(
        "help_call",
        *_to("help_call", "room"),
        _moment("asked_at"),
        *_to("help_call", "participant", "answered_by_id", ondelete="SET NULL"),
        sa.UniqueConstraint("room_id", name=op.f("uq_help_call_room_id")),
    )
    _index("help_call", "answered_by_id")


def _make_messages() -> None:
    _make(
        "room_message",
        *_to("room_message", "round"),
        *_to("room_message", "room", "room_id", nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        _moment("created_at"),
        *_to("room_message", "participant", "participant_id", ondelete="SET NULL"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.UniqueConstraint(
            "participant_id", "key", name=op.f("uq_room_message_participant_id_key")
        ),
    )
    _index("room_message", "round_id", "room_id", "participant_id")


def _make(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, sa.Column("id", sa.Integer(), nullable=False), *parts, key)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(
    table: str, of: str, name: str = "", *, nullable: bool = False, ondelete: str = "CASCADE"
) -> Sequence[sa.schema.SchemaItem]:
    """A column that refers to a row of another table, and the constraint for that."""
    column = name or f"{of}_id"
    empty = nullable or ondelete == "SET NULL"
    reference = op.f(f"fk_{table}_{column}_{of}")
    return [
        sa.Column(column, sa.Integer(), nullable=empty),
        sa.ForeignKeyConstraint([column], [f"{of}.id"], name=reference, ondelete=ondelete),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
