"""the plan of rounds: pairs, prepared places, wishes, seats that are waited for

Old code leaves it alone, but cannot read the new ways into rooms (by state or function, prepared,
by wishes): plan such rounds only when all processes are new.

Revision ID: 20261122n
Revises: 20261122m
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122n"
down_revision: str | Sequence[str] | None = "20261122m"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

ONE_WISH = "uq_round_wish_round_id_participant_id_room_id"
TABLES = ("seat_wanted", "round_wish", "prepared_place", "round_pair")


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("round", sa.Column("dealt", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("room", sa.Column("functions", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "round_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        _of("event"),
        _of("round", nullable=True),
        _of("participant", "first_id"),
        _of("participant", "second_id"),
        sa.Column("bond", sa.String(length=30), nullable=False),
        *_references("round_pair", event_id="event", round_id="round"),
        *_references("round_pair", first_id="participant", second_id="participant"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_pair")),
    )
    op.create_table(
        "prepared_place",
        *_of_somebody("prepared_place"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_prepared_place")),
    )
    op.create_table(
        "round_wish",
        *_of_somebody("round_wish"),
        sa.Column("rank", sa.Integer(), nullable=False),
        _of("room"),
        *_references("round_wish", room_id="room"),
        sa.PrimaryKeyConstraint("round_id", "participant_id", "rank", name=op.f("pk_round_wish")),
        sa.UniqueConstraint("round_id", "participant_id", "room_id", name=op.f(ONE_WISH)),
    )
    op.create_table(
        "seat_wanted",
        *_of_somebody("seat_wanted"),
        _of("room"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        *_references("seat_wanted", room_id="room"),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_seat_wanted")),
    )
    for column in ("event_id", "round_id", "first_id", "second_id"):
        op.create_index(op.f(f"ix_round_pair_{column}"), "round_pair", [column])
    for table in ("prepared_place", "round_wish", "seat_wanted"):
        op.create_index(op.f(f"ix_{table}_participant_id"), table, ["participant_id"])
    for table in ("round_wish", "seat_wanted"):
        op.create_index(op.f(f"ix_{table}_room_id"), table, ["room_id"])


def downgrade() -> None:
    """Downgrade schema."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("room", "functions")
    op.drop_column("round", "dealt")


def _of(table: str, name: str = "", *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name or f"{table}_id", sa.Integer(), nullable=nullable)


def _of_somebody(table: str) -> Sequence[sa.schema.SchemaItem]:
    """The columns of what is one person's in one round, and what they refer to."""
    references = _references(table, round_id="round", participant_id="participant")
    return _of("round"), _of("participant"), *references


def _references(table: str, **columns: str) -> Sequence[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"), ondelete="CASCADE"
        )
        for column, of in columns.items()
    ]
