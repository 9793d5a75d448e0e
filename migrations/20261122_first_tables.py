"""first tables

Revision ID: 20261122
Revises:
Create Date: 2026-11-22 03:21:42.588290

"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "20261122"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = ("default",)
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "channel",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("joining_locked", sa.Boolean(), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("current_item_id", sa.Integer(), nullable=True),
        sa.Column("highlight_kind", sa.Text(), nullable=True),
        sa.Column("highlight_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["current_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_event_current_item_id_agenda_item"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_created_at"), "mail", ["created_at"], unique=False)
    op.create_index(op.f("ix_mail_next_try_at"), "mail", ["next_try_at"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("name", name=op.f("uq_municipality_name")),
    )
    op.create_table(
        "outbox_entry",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "position", name=op.f("pk_outbox_entry")),
    )
    op.create_index(
        op.f("ix_outbox_entry_created_at"), "outbox_entry", ["created_at"], unique=False
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column(
            "standing",
            sa.Enum("member", "organiser", "admin", name="standing", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("session_stamp", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_account_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_agenda_item_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_agenda_item_event_id_position")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_thread_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index(op.f("ix_thread_event_id"), "thread", ["event_id"], unique=False)
    op.create_table(
        "flash_poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "open", "closed", name="pollstate", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("hides_until_closed", sa.Boolean(), nullable=False),
        sa.Column("most_per_person", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suggestions_wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_flash_poll_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agenda_item.id"],
            name=op.f("fk_flash_poll_item_id_agenda_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flash_poll")),
        sa.UniqueConstraint("item_id", name=op.f("uq_flash_poll_item_id")),
    )
    op.create_index(op.f("ix_flash_poll_event_id"), "flash_poll", ["event_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "participant",
                "moderator",
                "host",
                "observer",
                name="role",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("present_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_participant_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_participant_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_participant_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "event_id", "account_id", name=op.f("uq_participant_event_id_account_id")
        ),
    )
    op.create_index(
        op.f("ix_participant_event_id_participant_present_until"),
        "participant",
        ["event_id", "present_until"],
        unique=False,
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "automatic",
                "self_select",
                "municipality",
                name="mode",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "choosing",
                "open",
                "over",
                name="roundstate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("choosing_seconds", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("choose_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_round_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agenda_item.id"],
            name=op.f("fk_round_item_id_agenda_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("item_id", name=op.f("uq_round_item_id")),
    )
    op.create_index(
        op.f("ix_round_event_id_round_state"), "round", ["event_id", "state"], unique=False
    )
    op.create_table(
        "aspect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["flash_poll.id"],
            name=op.f("fk_aspect_poll_id_flash_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aspect")),
    )
    op.create_index(op.f("ix_aspect_poll_id"), "aspect", ["poll_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("reply_to_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_post_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["reply_to_id"], ["post.id"], name=op.f("fk_post_reply_to_id_post"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_post_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_post_participant_id_key")),
    )
    op.create_index(op.f("ix_post_participant_id"), "post", ["participant_id"], unique=False)
    op.create_index(op.f("ix_post_reply_to_id"), "post", ["reply_to_id"], unique=False)
    op.create_index(op.f("ix_post_thread_id"), "post", ["thread_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_question_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_question_participant_id_key")),
    )
    op.create_index(op.f("ix_question_event_id"), "question", ["event_id"], unique=False)
    op.create_index(
        op.f("ix_question_participant_id"), "question", ["participant_id"], unique=False
    )
    op.create_table(
        "token",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("return", "api", "screen", name="tokenkind", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_token_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_token_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_token_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_token")),
    )
    op.create_index(op.f("ix_token_account_id"), "token", ["account_id"], unique=False)
    op.create_index(op.f("ix_token_event_id"), "token", ["event_id"], unique=False)
    op.create_index(op.f("ix_token_participant_id"), "token", ["participant_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aspect_id"],
            ["aspect.id"],
            name=op.f("fk_concern_aspect_id_aspect"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_concern_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["flash_poll.id"],
            name=op.f("fk_concern_poll_id_flash_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_concern_participant_id_key")),
    )
    op.create_index(op.f("ix_concern_aspect_id"), "concern", ["aspect_id"], unique=False)
    op.create_index(op.f("ix_concern_participant_id"), "concern", ["participant_id"], unique=False)
    op.create_index(op.f("ix_concern_poll_id"), "concern", ["poll_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aspect_id"], ["aspect.id"], name=op.f("fk_proposal_aspect_id_aspect")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_proposal_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_proposal_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_proposal_participant_id_key")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_proposal_thread_id")),
    )
    op.create_index(op.f("ix_proposal_aspect_id"), "proposal", ["aspect_id"], unique=False)
    op.create_index(
        op.f("ix_proposal_participant_id"), "proposal", ["participant_id"], unique=False
    )
    op.create_table(
        "question_support",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_question_support_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_support_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "participant_id", name=op.f("pk_question_support")),
    )
    op.create_index(
        op.f("ix_question_support_participant_id"),
        "question_support",
        ["participant_id"],
        unique=False,
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("municipality_ids", sa.JSON(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["aspect_id"], ["aspect.id"], name=op.f("fk_room_aspect_id_aspect"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_room_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_room_round_id_number")),
    )
    op.create_index(op.f("ix_room_aspect_id"), "room", ["aspect_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Double(), nullable=False),
        sa.Column("concern_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aspect_id"],
            ["aspect.id"],
            name=op.f("fk_suggestion_aspect_id_aspect"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["flash_poll.id"],
            name=op.f("fk_suggestion_poll_id_flash_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_poll_id"), "suggestion", ["poll_id"], unique=False)
    op.create_table(
        "concern_support",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_concern_support_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_concern_support_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("concern_id", "participant_id", name=op.f("pk_concern_support")),
    )
    op.create_index(
        op.f("ix_concern_support_participant_id"),
        "concern_support",
        ["participant_id"],
        unique=False,
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("experience", "concern", "impulse", name="kind", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_contribution_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_contribution_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "participant_id", "key", name=op.f("uq_contribution_participant_id_key")
        ),
    )
    op.create_index(
        op.f("ix_contribution_participant_id"), "contribution", ["participant_id"], unique=False
    )
    op.create_index(op.f("ix_contribution_room_id"), "contribution", ["room_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "automatic",
                "chosen",
                "late",
                "moved",
                "fallback",
                name="placedhow",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_placement_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_placement_room_id_room"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_placement_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_placement")),
    )
    op.create_index(
        op.f("ix_placement_participant_id"), "placement", ["participant_id"], unique=False
    )
    op.create_index(op.f("ix_placement_room_id"), "placement", ["room_id"], unique=False)
    op.create_table(
        "proposal_support",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_proposal_support_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_support_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_id", "participant_id", name=op.f("pk_proposal_support")),
    )
    op.create_index(
        op.f("ix_proposal_support_participant_id"),
        "proposal_support",
        ["participant_id"],
        unique=False,
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("discussed", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["participant.id"],
            name=op.f("fk_report_changed_by_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_report_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("room_id", name=op.f("uq_report_room_id")),
    )
    op.create_table(
        "official_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(aspect_id IS NULL) <> (report_id IS NULL)",
            name=op.f("ck_official_answer_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["aspect_id"], ["aspect.id"], name=op.f("fk_official_answer_aspect_id_aspect")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_official_answer_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_official_answer_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_official_answer_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_answer")),
        sa.UniqueConstraint(
            "participant_id", "key", name=op.f("uq_official_answer_participant_id_key")
        ),
    )
    op.create_index(
        op.f("ix_official_answer_aspect_id"), "official_answer", ["aspect_id"], unique=False
    )
    op.create_index(
        op.f("ix_official_answer_event_id"), "official_answer", ["event_id"], unique=False
    )
    op.create_index(
        op.f("ix_official_answer_participant_id"),
        "official_answer",
        ["participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_official_answer_report_id"), "official_answer", ["report_id"], unique=False
    )
    if op.get_context().dialect.name == "postgresql":  # tables that name each other
        op.create_foreign_key(
            op.f("fk_event_current_item_id_agenda_item"),
            "event",
            "agenda_item",
            ["current_item_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    """Downgrade schema."""
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(op.f("fk_event_current_item_id_agenda_item"), "event")
    op.drop_index(op.f("ix_official_answer_report_id"), table_name="official_answer")
    op.drop_index(op.f("ix_official_answer_participant_id"), table_name="official_answer")
    op.drop_index(op.f("ix_official_answer_event_id"), table_name="official_answer")
    op.drop_index(op.f("ix_official_answer_aspect_id"), table_name="official_answer")
    op.drop_table("official_answer")
    op.drop_table("report")
    op.drop_index(op.f("ix_proposal_support_participant_id"), table_name="proposal_support")
    op.drop_table("proposal_support")
    op.drop_index(op.f("ix_placement_room_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_participant_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_contribution_room_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_participant_id"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_concern_support_participant_id"), table_name="concern_support")
    op.drop_table("concern_support")
    op.drop_index(op.f("ix_suggestion_poll_id"), table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_index(op.f("ix_room_aspect_id"), table_name="room")
    op.drop_table("room")
    op.drop_index(op.f("ix_question_support_participant_id"), table_name="question_support")
    op.drop_table("question_support")
    op.drop_index(op.f("ix_proposal_participant_id"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_aspect_id"), table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(op.f("ix_concern_poll_id"), table_name="concern")
    op.drop_index(op.f("ix_concern_participant_id"), table_name="concern")
    op.drop_index(op.f("ix_concern_aspect_id"), table_name="concern")
    op.drop_table("concern")
    op.drop_index(op.f("ix_token_participant_id"), table_name="token")
    op.drop_index(op.f("ix_token_event_id"), table_name="token")
    op.drop_index(op.f("ix_token_account_id"), table_name="token")
    op.drop_table("token")
    op.drop_index(op.f("ix_question_participant_id"), table_name="question")
    op.drop_index(op.f("ix_question_event_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(op.f("ix_post_thread_id"), table_name="post")
    op.drop_index(op.f("ix_post_reply_to_id"), table_name="post")
    op.drop_index(op.f("ix_post_participant_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(op.f("ix_aspect_poll_id"), table_name="aspect")
    op.drop_table("aspect")
    op.drop_index(op.f("ix_round_event_id_round_state"), table_name="round")
    op.drop_table("round")
    op.drop_index(
        op.f("ix_participant_event_id_participant_present_until"), table_name="participant"
    )
    op.drop_table("participant")
    op.drop_index(op.f("ix_flash_poll_event_id"), table_name="flash_poll")
    op.drop_table("flash_poll")
    op.drop_index(op.f("ix_thread_event_id"), table_name="thread")
    op.drop_table("thread")
    op.drop_table("agenda_item")
    op.drop_table("account")
    op.drop_index(op.f("ix_outbox_entry_created_at"), table_name="outbox_entry")
    op.drop_table("outbox_entry")
    op.drop_table("municipality")
    op.drop_index(op.f("ix_mail_next_try_at"), table_name="mail")
    op.drop_index(op.f("ix_mail_created_at"), table_name="mail")
    op.drop_table("mail")
    op.drop_table("event")
    op.drop_table("channel")
