"""commitments of official answers, earlier wordings, merged proposals, flags and reactions

Old code goes on working on these tables: what is new in its own is nullable or has a default.

Revision ID: 20261122d
Revises: 20261122c
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122d"
down_revision: str | Sequence[str] | None = "20261122c"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

STATES = ("open", "answered", "examined", "in_progress", "done", "declined")
REACTIONS = ("agree", "thanks", "helpful")
ONCE = "uq_proposal_flag_proposal_id_participant_id"
MERGED = ("merged_into_id", "within_id")


def upgrade() -> None:
    """Upgrade schema."""
    _rest_references()
    with op.batch_alter_table("official_answer") as answer:
        answer.add_column(sa.Column("state", _words("state", STATES)))
        answer.add_column(sa.Column("state_at", sa.DateTime(timezone=True)))
        for name in ("organisation", "why"):
            answer.add_column(_text(name))
    with op.batch_alter_table("request") as request:
        request.add_column(_text("why"))
    with op.batch_alter_table("proposal") as proposal:
        proposal.add_column(sa.Column("merged_at", sa.DateTime(timezone=True)))
        for name in MERGED:
            proposal.add_column(sa.Column(name, sa.Integer()))
            proposal.create_index(op.f(f"ix_proposal_{name}"), [name])
            key = op.f(f"fk_proposal_{name}_proposal")
            proposal.create_foreign_key(key, "proposal", [name], ["id"], ondelete="SET NULL")
    _make_tables()


def downgrade() -> None:
    """Downgrade schema: what was merged stands by itself again, earlier wordings go."""
    _rest_references()
    for table in ("proposal_reaction", "proposal_flag", "answer_version", "proposal_version"):
        op.drop_table(table)
    op.execute("UPDATE request SET state = 'in_progress' WHERE state = 'examined'")
    with op.batch_alter_table("proposal") as proposal:
        for name in MERGED:
            proposal.drop_constraint(op.f(f"fk_proposal_{name}_proposal"), type_="foreignkey")
            proposal.drop_index(op.f(f"ix_proposal_{name}"))
            proposal.drop_column(name)
        proposal.drop_column("merged_at")
    with op.batch_alter_table("request") as request:
        request.drop_column("why")
    with op.batch_alter_table("official_answer") as answer:
        for name in ("why", "organisation", "state_at", "state"):
            answer.drop_column(name)


def _rest_references() -> None:
    """On SQLite a table is changed by making it anew: dropping the old one must delete no rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    # The connection is not used for anything else afterwards.
    for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
        bind.exec_driver_sql(statement)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _words(name: str, words: Sequence[str]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, length=30)


def _make_tables() -> None:
    _make_versions("proposal_version", "proposal_id", "proposal")
    state = sa.Column("state", _words("state", STATES))
    said = (state, _text("why"), _text("organisation"))
    _make_versions("answer_version", "answer_id", "official_answer", *said)
    op.create_table(
        "proposal_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        _reference("proposal_flag", "proposal_id", "proposal", "CASCADE"),
        _reference("proposal_flag", "participant_id", "participant", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_flag")),
        sa.UniqueConstraint("proposal_id", "participant_id", name=op.f(ONCE)),
    )
    op.create_index(op.f("ix_proposal_flag_participant_id"), "proposal_flag", ["participant_id"])
    op.create_table(
        "proposal_reaction",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("reaction", REACTIONS), nullable=False),
        _reference("proposal_reaction", "proposal_id", "proposal", "CASCADE"),
        _reference("proposal_reaction", "participant_id", "participant", "CASCADE"),
        sa.PrimaryKeyConstraint(
            "proposal_id", "participant_id", "kind", name=op.f("pk_proposal_reaction")
        ),
    )
    op.create_index(
        op.f("ix_proposal_reaction_participant_id"), "proposal_reaction", ["participant_id"]
    )


def _make_versions(table: str, column: str, other: str, *more: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        _reference(table, column, other, "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _reference(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=then)
