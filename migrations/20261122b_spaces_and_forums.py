"""spaces, forums, notifications and search

Old code goes on working on these tables: what is new in its own has a default.

Revision ID: 20261122b
Revises: 20261122
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.search.schema import create_index, drop_index

# revision identifiers, used by Alembic.
revision: str = "20261122b"
down_revision: str | Sequence[str] | None = "20261122"
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

NOW = sa.func.current_timestamp()


def upgrade() -> None:
    """Upgrade schema."""
    _rest_references()
    _make_tables()
    create_index(op.get_bind())
    _change_tables()


def downgrade() -> None:
    """Downgrade schema; what was written in forums goes."""
    _rest_references()
    for statement in (
        "DELETE FROM post WHERE thread_id IN (SELECT id FROM thread WHERE event_id IS NULL)",
        "DELETE FROM thread WHERE event_id IS NULL",
    ):
        op.execute(statement)
    _change_tables_back()
    drop_index(op.get_bind())
    _drop_tables()


def _rest_references() -> None:
    """On SQLite a table is changed by making it anew: dropping the old one must delete no rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    # The connection is not used for anything else afterwards.
    for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
        bind.exec_driver_sql(statement)


def _change_tables() -> None:
    """What events had before gets what spaces and forums add to it."""
    with op.batch_alter_table("account") as account:
        account.add_column(_text("help_with"))
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("space_id", sa.Integer()))
        table.add_column(sa.Column("starts_at", sa.DateTime(timezone=True)))
        table.create_index(op.f("ix_event_space_id"), ["space_id"])
        _refer(table, "event", "space_id", "space", "SET NULL")
    with op.batch_alter_table("mail") as mail:
        mail.add_column(sa.Column("headers", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("account_id", sa.Integer()))
        post.add_column(_text("hidden_reason"))
        post.drop_index(op.f("ix_post_thread_id"))
        post.create_index(op.f("ix_post_account_id"), ["account_id"])
        post.create_index(op.f("ix_post_thread_id_post_id"), ["thread_id", "id"])
        post.create_unique_constraint(op.f("uq_post_account_id_key"), ["account_id", "key"])
        _refer(post, "post", "account_id", "account", "SET NULL")
    with op.batch_alter_table("thread") as thread:
        thread.alter_column("event_id", existing_type=sa.Integer(), nullable=True)
        for name in ("forum_id", "account_id", "accepted_post_id", "merged_into_id"):
            thread.add_column(sa.Column(name, sa.Integer()))
        for name in ("pinned_at", "closed_at", "hidden_at"):
            thread.add_column(sa.Column(name, sa.DateTime(timezone=True)))
        for name in ("title", "hidden_reason"):
            thread.add_column(_text(name))
        for name in ("post_count", "last_post_id"):
            thread.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        moment = sa.DateTime(timezone=True)
        thread.add_column(sa.Column("last_posted_at", moment, nullable=False, server_default=NOW))
        for name in ("account_id", "forum_id", "merged_into_id"):
            thread.create_index(op.f(f"ix_thread_{name}"), [name])
        thread.create_index("ix_thread_forum_order", ["forum_id", "pinned_at", "last_post_id"])
        thread.create_index("ix_thread_forum_newest", ["forum_id", "last_post_id"])
        _refer(thread, "thread", "accepted_post_id", "post", "SET NULL")
        _refer(thread, "thread", "account_id", "account", "SET NULL")
        _refer(thread, "thread", "forum_id", "forum", "CASCADE")
        _refer(thread, "thread", "merged_into_id", "thread", "SET NULL")
        one = "(event_id IS NULL) <> (forum_id IS NULL)"
        thread.create_check_constraint(op.f("ck_thread_in_one_place"), sa.text(one))
    op.execute("UPDATE thread SET last_posted_at = created_at")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _refer(table: Any, name: str, column: str, other: str, then: str) -> None:
    key = op.f(f"fk_{name}_{column}_{other}")
    table.create_foreign_key(key, other, [column], ["id"], ondelete=then)


def _change_tables_back() -> None:
    with op.batch_alter_table("thread") as thread:
        thread.drop_constraint(op.f("ck_thread_in_one_place"), type_="check")
        for column, other in (
            ("merged_into_id", "thread"),
            ("forum_id", "forum"),
            ("account_id", "account"),
            ("accepted_post_id", "post"),
        ):
            thread.drop_constraint(op.f(f"fk_thread_{column}_{other}"), type_="foreignkey")
        thread.drop_index("ix_thread_forum_newest")
        thread.drop_index("ix_thread_forum_order")
        for name in ("merged_into_id", "forum_id", "account_id"):
            thread.drop_index(op.f(f"ix_thread_{name}"))
        thread.alter_column("event_id", existing_type=sa.Integer(), nullable=False)
        for name in THREAD_COLUMNS:
            thread.drop_column(name)
    with op.batch_alter_table("post") as post:
        post.drop_constraint(op.f("fk_post_account_id_account"), type_="foreignkey")
        post.drop_constraint(op.f("uq_post_account_id_key"), type_="unique")
        post.drop_index(op.f("ix_post_thread_id_post_id"))
        post.drop_index(op.f("ix_post_account_id"))
        post.create_index(op.f("ix_post_thread_id"), ["thread_id"])
        post.drop_column("hidden_reason")
        post.drop_column("account_id")
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("headers")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("fk_event_space_id_space"), type_="foreignkey")
        table.drop_index(op.f("ix_event_space_id"))
        table.drop_column("starts_at")
        table.drop_column("space_id")
    with op.batch_alter_table("account") as account:
        account.drop_column("help_with")


THREAD_COLUMNS = (
    "merged_into_id",
    "hidden_reason",
    "hidden_at",
    "closed_at",
    "pinned_at",
    "accepted_post_id",
    "last_posted_at",
    "last_post_id",
    "post_count",
    "account_id",
    "title",
    "forum_id",
)


def _make_tables() -> None:
    op.create_table(
        "leftover",
        sa.Column("stored", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stored", name=op.f("pk_leftover")),
    )
    op.create_table(
        "search_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "terms", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_search_entry_kind_source_id")),
    )
    op.create_table(
        "search_misplaced",
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_search_misplaced")),
    )
    op.create_table(
        "search_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
    )
    op.create_index(op.f("ix_search_word_word"), "search_word", ["word"], unique=True)
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "programme",
                "cluster",
                "steering",
                "implementation",
                "free",
                name="spacekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("allows_readers", sa.Boolean(), nullable=False),
        sa.Column(
            "joining",
            sa.Enum("invited", "request", "open", name="joining", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("accent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["space.id"], name=op.f("fk_space_parent_id_space")),
        sa.ForeignKeyConstraint(["root_id"], ["space.id"], name=op.f("fk_space_root_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
    )
    op.create_index(op.f("ix_space_parent_id"), "space", ["parent_id"], unique=False)
    op.create_index(op.f("ix_space_root_id"), "space", ["root_id"], unique=False)
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("thread_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_forum_space_id_space"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
    )
    op.create_index(op.f("ix_forum_space_id"), "forum", ["space_id"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_tag_space_id_space"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("space_id", "folded", name=op.f("uq_tag_space_id_folded")),
    )
    op.create_table(
        "digest_order",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_digest_order_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_digest_order")),
    )
    op.create_table(
        "draft",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_draft_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "place", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_updated_at"), "draft", ["updated_at"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_feed_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum.id"], name=op.f("fk_feed_forum_id_forum"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("account_id", "forum_id", name=op.f("uq_feed_account_id_forum_id")),
    )
    op.create_index(op.f("ix_feed_forum_id"), "feed", ["forum_id"], unique=False)
    op.create_table(
        "forum_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("discussed", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["account.id"],
            name=op.f("fk_forum_report_changed_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"],
            ["forum.id"],
            name=op.f("fk_forum_report_forum_id_forum"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_report")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_forum_report_forum_id")),
    )
    op.create_index(
        op.f("ix_forum_report_changed_by_id"), "forum_report", ["changed_by_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["inviter_id"],
            ["account.id"],
            name=op.f("fk_invitation_inviter_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_invitation_municipality_id_municipality"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_invitation_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_invitation_secret_hash")),
        sa.UniqueConstraint("space_id", "email", name=op.f("uq_invitation_space_id_email")),
    )
    op.create_index(op.f("ix_invitation_sent_at"), "invitation", ["sent_at"], unique=False)
    op.create_table(
        "join_request",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_join_request_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_join_request_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "account_id", name=op.f("pk_join_request")),
    )
    op.create_index(
        op.f("ix_join_request_account_id"), "join_request", ["account_id"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "reader", "member", "coordinator", name="spacerole", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("let_self_in", sa.Boolean(), nullable=False),
        sa.Column("read_floor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_membership_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_membership_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "account_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_table(
        "notification_preferences",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "all", "mentions", "digest", "silent", name="level", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "rhythm",
            sa.Enum("daily", "weekly", "never", name="rhythm", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("event_digest", sa.Boolean(), nullable=False),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_notification_preferences_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notification_preferences")),
    )
    op.create_index(
        op.f("ix_notification_preferences_next_digest_at"),
        "notification_preferences",
        ["next_digest_at"],
        unique=False,
    )
    op.create_table(
        "reporter",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_reporter_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum.id"], name=op.f("fk_reporter_forum_id_forum"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", "account_id", name=op.f("pk_reporter")),
    )
    op.create_index(op.f("ix_reporter_account_id"), "reporter", ["account_id"], unique=False)
    op.create_table(
        "space_notification_level",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "all", "mentions", "digest", "silent", name="level", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_space_notification_level_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_space_notification_level_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "space_id", name=op.f("pk_space_notification_level")),
    )
    op.create_index(
        op.f("ix_space_notification_level_space_id"),
        "space_notification_level",
        ["space_id"],
        unique=False,
    )
    op.create_table(
        "carried_thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("aspect", "room", name="sourcekind", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=True),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_carried_thread_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"],
            ["forum.id"],
            name=op.f("fk_carried_thread_forum_id_forum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_carried_thread_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_thread")),
        sa.UniqueConstraint(
            "forum_id", "kind", "source_id", name=op.f("uq_carried_thread_forum_id_kind_source_id")
        ),
    )
    op.create_index(
        op.f("ix_carried_thread_event_id"), "carried_thread", ["event_id"], unique=False
    )
    op.create_index(
        op.f("ix_carried_thread_thread_id"), "carried_thread", ["thread_id"], unique=False
    )
    op.create_table(
        "digest_address",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_digest_address_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_digest_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_digest_address_secret_hash")),
    )
    op.create_table(
        "invitation_place",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "reader", "member", "coordinator", name="spacerole", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_invitation_place_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_invitation_place_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invitation_id", "space_id", name=op.f("pk_invitation_place")),
    )
    op.create_index(
        op.f("ix_invitation_place_space_id"), "invitation_place", ["space_id"], unique=False
    )
    op.create_table(
        "mail_link",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_mail_link_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_mail_link_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_mail_link")),
    )
    op.create_index(op.f("ix_mail_link_account_id"), "mail_link", ["account_id"], unique=False)
    op.create_index(op.f("ix_mail_link_ends_at"), "mail_link", ["ends_at"], unique=False)
    op.create_index(op.f("ix_mail_link_thread_id"), "mail_link", ["thread_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_reading_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_reading_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_thread_id"), "reading", ["thread_id"], unique=False)
    op.create_table(
        "sent_digest",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_sent_digest_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_sent_digest_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "participant_id", name=op.f("pk_sent_digest")),
    )
    op.create_index(
        op.f("ix_sent_digest_participant_id"), "sent_digest", ["participant_id"], unique=False
    )
    op.create_table(
        "thread_mail",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_thread_mail_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_mail_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name=op.f("pk_thread_mail")),
    )
    op.create_index(op.f("ix_thread_mail_thread_id"), "thread_mail", ["thread_id"], unique=False)
    op.create_table(
        "thread_notification_level",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "all", "mentions", "digest", "silent", name="level", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_thread_notification_level_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_notification_level_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "thread_id", name=op.f("pk_thread_notification_level")
        ),
    )
    op.create_index(
        op.f("ix_thread_notification_level_thread_id"),
        "thread_notification_level",
        ["thread_id"],
        unique=False,
    )
    op.create_table(
        "thread_tag",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_thread_tag_tag_id_tag"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_tag_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "tag_id", name=op.f("pk_thread_tag")),
    )
    op.create_index(op.f("ix_thread_tag_tag_id"), "thread_tag", ["tag_id"], unique=False)
    op.create_table(
        "carried_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carried_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "concern",
                "answer",
                "proposal",
                "comment",
                "contribution",
                "discussed",
                "request",
                "ideas",
                name="piecekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("under_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["carried_id"],
            ["carried_thread.id"],
            name=op.f("fk_carried_piece_carried_id_carried_thread"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_carried_piece_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_piece")),
        sa.UniqueConstraint(
            "carried_id",
            "kind",
            "source_id",
            name=op.f("uq_carried_piece_carried_id_kind_source_id"),
        ),
    )
    op.create_index(
        op.f("ix_carried_piece_participant_id"), "carried_piece", ["participant_id"], unique=False
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("waits_in", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pdf",
                "docx",
                "xlsx",
                "pptx",
                "odt",
                "ods",
                "odp",
                "txt",
                "csv",
                "png",
                "jpg",
                "webp",
                name="filekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_file_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_file_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_file_space_id_space"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_file_account_id_key")),
        sa.UniqueConstraint("stored", name=op.f("uq_file_stored")),
    )
    op.create_index(op.f("ix_file_created_at"), "file", ["created_at"], unique=False)
    op.create_index(op.f("ix_file_post_id"), "file", ["post_id"], unique=False)
    op.create_index(op.f("ix_file_space_id"), "file", ["space_id"], unique=False)
    op.create_table(
        "moderation_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_moderation_entry_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_moderation_entry_post_id_post"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
            name=op.f("fk_moderation_entry_space_id_space"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_moderation_entry_thread_id_thread"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_entry")),
    )
    op.create_index(
        op.f("ix_moderation_entry_account_id"), "moderation_entry", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_entry_post_id"), "moderation_entry", ["post_id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_entry_space_id_moderation_entry_id"),
        "moderation_entry",
        ["space_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_moderation_entry_thread_id"), "moderation_entry", ["thread_id"], unique=False
    )
    op.create_table(
        "notification_entry",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "mention", "reply", "answer", "post", name="reason", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "waits_for",
            sa.Enum("mail", "digest", name="way", native_enum=False, length=30),
            nullable=True,
        ),
        sa.Column(
            "told_by",
            sa.Enum("mail", "digest", name="way", native_enum=False, length=30),
            nullable=True,
        ),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_notification_entry_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_notification_entry_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "post_id", name=op.f("pk_notification_entry")),
    )
    op.create_index(
        op.f("ix_notification_entry_account_id_notification_entry_seen_at"),
        "notification_entry",
        ["account_id", "seen_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_notification_entry_created_at"), "notification_entry", ["created_at"], unique=False
    )
    op.create_index(
        op.f("ix_notification_entry_post_id"), "notification_entry", ["post_id"], unique=False
    )
    op.create_index(
        op.f("ix_notification_entry_waits_for_notification_entry_account_id"),
        "notification_entry",
        ["waits_for", "account_id"],
        unique=False,
    )
    op.create_table(
        "notification_work",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_notification_work_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_notification_work")),
    )
    op.create_table(
        "post_mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_post_mention_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_mention_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "account_id", name=op.f("pk_post_mention")),
    )
    op.create_index(
        op.f("ix_post_mention_account_id"), "post_mention", ["account_id"], unique=False
    )
    op.create_table(
        "post_reaction",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("agree", "thanks", "helpful", name="reaction", native_enum=False, length=30),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_post_reaction_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_reaction_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "account_id", "kind", name=op.f("pk_post_reaction")),
    )
    op.create_index(
        op.f("ix_post_reaction_account_id"), "post_reaction", ["account_id"], unique=False
    )
    op.create_table(
        "post_reference",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_post_reference_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", "position", name=op.f("pk_post_reference")),
    )
    op.create_index(
        op.f("ix_post_reference_kind_post_reference_ref_id"),
        "post_reference",
        ["kind", "ref_id"],
        unique=False,
    )
    op.create_table(
        "post_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "hidden", "restored", "dismissed", name="outcome", native_enum=False, length=30
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_post_report_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_report_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_report")),
        sa.UniqueConstraint(
            "post_id", "account_id", name=op.f("uq_post_report_post_id_account_id")
        ),
    )
    op.create_index(op.f("ix_post_report_account_id"), "post_report", ["account_id"], unique=False)
    op.create_table(
        "post_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_version_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_version")),
    )
    op.create_index(op.f("ix_post_version_post_id"), "post_version", ["post_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "in_progress",
                "done",
                "declined",
                name="requeststate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(report_id IS NULL) <> (forum_id IS NULL)", name=op.f("ck_request_one_source")
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum.id"], name=op.f("fk_request_forum_id_forum"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_request_report_id_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_request_forum_id")),
        sa.UniqueConstraint("report_id", name=op.f("uq_request_report_id")),
    )
    op.create_table(
        "request_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("submitted_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_request_answer_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_request_answer_request_id_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_answer")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_request_answer_account_id_key")),
    )
    op.create_index(
        op.f("ix_request_answer_account_id"), "request_answer", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_answer_request_id"), "request_answer", ["request_id"], unique=False
    )


def _drop_tables() -> None:
    op.drop_index(op.f("ix_request_answer_request_id"), table_name="request_answer")
    op.drop_index(op.f("ix_request_answer_account_id"), table_name="request_answer")
    op.drop_table("request_answer")
    op.drop_table("request")
    op.drop_index(op.f("ix_post_version_post_id"), table_name="post_version")
    op.drop_table("post_version")
    op.drop_index(op.f("ix_post_report_account_id"), table_name="post_report")
    op.drop_table("post_report")
    op.drop_index(op.f("ix_post_reference_kind_post_reference_ref_id"), table_name="post_reference")
    op.drop_table("post_reference")
    op.drop_index(op.f("ix_post_reaction_account_id"), table_name="post_reaction")
    op.drop_table("post_reaction")
    op.drop_index(op.f("ix_post_mention_account_id"), table_name="post_mention")
    op.drop_table("post_mention")
    op.drop_table("notification_work")
    op.drop_index(
        op.f("ix_notification_entry_waits_for_notification_entry_account_id"),
        table_name="notification_entry",
    )
    op.drop_index(op.f("ix_notification_entry_post_id"), table_name="notification_entry")
    op.drop_index(op.f("ix_notification_entry_created_at"), table_name="notification_entry")
    op.drop_index(
        op.f("ix_notification_entry_account_id_notification_entry_seen_at"),
        table_name="notification_entry",
    )
    op.drop_table("notification_entry")
    op.drop_index(op.f("ix_moderation_entry_thread_id"), table_name="moderation_entry")
    op.drop_index(
        op.f("ix_moderation_entry_space_id_moderation_entry_id"), table_name="moderation_entry"
    )
    op.drop_index(op.f("ix_moderation_entry_post_id"), table_name="moderation_entry")
    op.drop_index(op.f("ix_moderation_entry_account_id"), table_name="moderation_entry")
    op.drop_table("moderation_entry")
    op.drop_index(op.f("ix_file_space_id"), table_name="file")
    op.drop_index(op.f("ix_file_post_id"), table_name="file")
    op.drop_index(op.f("ix_file_created_at"), table_name="file")
    op.drop_table("file")
    op.drop_index(op.f("ix_carried_piece_participant_id"), table_name="carried_piece")
    op.drop_table("carried_piece")
    op.drop_index(op.f("ix_thread_tag_tag_id"), table_name="thread_tag")
    op.drop_table("thread_tag")
    op.drop_index(
        op.f("ix_thread_notification_level_thread_id"), table_name="thread_notification_level"
    )
    op.drop_table("thread_notification_level")
    op.drop_index(op.f("ix_thread_mail_thread_id"), table_name="thread_mail")
    op.drop_table("thread_mail")
    op.drop_index(op.f("ix_sent_digest_participant_id"), table_name="sent_digest")
    op.drop_table("sent_digest")
    op.drop_index(op.f("ix_reading_thread_id"), table_name="reading")
    op.drop_table("reading")
    op.drop_index(op.f("ix_mail_link_thread_id"), table_name="mail_link")
    op.drop_index(op.f("ix_mail_link_ends_at"), table_name="mail_link")
    op.drop_index(op.f("ix_mail_link_account_id"), table_name="mail_link")
    op.drop_table("mail_link")
    op.drop_index(op.f("ix_invitation_place_space_id"), table_name="invitation_place")
    op.drop_table("invitation_place")
    op.drop_table("digest_address")
    op.drop_index(op.f("ix_carried_thread_thread_id"), table_name="carried_thread")
    op.drop_index(op.f("ix_carried_thread_event_id"), table_name="carried_thread")
    op.drop_table("carried_thread")
    op.drop_index(
        op.f("ix_space_notification_level_space_id"), table_name="space_notification_level"
    )
    op.drop_table("space_notification_level")
    op.drop_index(op.f("ix_reporter_account_id"), table_name="reporter")
    op.drop_table("reporter")
    op.drop_index(
        op.f("ix_notification_preferences_next_digest_at"), table_name="notification_preferences"
    )
    op.drop_table("notification_preferences")
    op.drop_index(op.f("ix_membership_account_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_join_request_account_id"), table_name="join_request")
    op.drop_table("join_request")
    op.drop_index(op.f("ix_invitation_sent_at"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_forum_report_changed_by_id"), table_name="forum_report")
    op.drop_table("forum_report")
    op.drop_index(op.f("ix_feed_forum_id"), table_name="feed")
    op.drop_table("feed")
    op.drop_index(op.f("ix_draft_updated_at"), table_name="draft")
    op.drop_table("draft")
    op.drop_table("digest_order")
    op.drop_table("tag")
    op.drop_index(op.f("ix_forum_space_id"), table_name="forum")
    op.drop_table("forum")
    op.drop_index(op.f("ix_space_root_id"), table_name="space")
    op.drop_index(op.f("ix_space_parent_id"), table_name="space")
    op.drop_table("space")
    op.drop_index(op.f("ix_search_word_word"), table_name="search_word")
    op.drop_table("search_word")
    op.drop_table("search_misplaced")
    op.drop_table("search_entry")
    op.drop_table("leftover")
