"""What the application needs from forums."""

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from app.accounts import own_data as account_data
from app.events import cards, marks, merging, own_data
from app.events.cards import CardKind
from app.events.marks import How
from app.extensions import socketio
from app.forums import (  # noqa: F401
    broadcasts,
    heads,
    panels,
    parts,
    permissions,
    subjects,
    subscriptions,
    writers,
)
from app.forums.models import FORUM, Post, Thread
from app.forums.own_data import account_part, part
from app.forums.permissions import threads_of_member
from app.forums.routes import bp
from app.forums.subjects import Subject
from app.spaces import frame as space_frame
from app.spaces.frame import Panel, Tab
from app.spaces.models import Member


def register(app: Flask) -> None:
    """Attach the routes, the card and the marks."""
    cards.register(CardKind("post", Post, lambda post: (post.thread.channel,)))
    own_data.register(part)
    account_data.register(account_part)
    merging.register(merging.texts(Post))
    marks.register("post", How.OWN, Post.participant_id, Post.id, Post.withdrawn_at.is_(None))
    subjects.register(Subject(FORUM, _url, Member, threads_of_member))
    space_frame.register_tab(Tab(_l("Forums"), "room", panels.forums_url, 10))
    space_frame.register_panel(Panel("forums/_new_for_me.html", panels.new_for_me, 0))
    space_frame.register_panel(Panel("forums/_forums_panel.html", panels.forums, 30))
    space_frame.register_news(panels.news)
    app.jinja_env.globals.update(
        composer_parts=parts.parts,
        above_thread=heads.above_thread,
        above_forum=heads.above_forum,
        in_forum_menu=heads.in_menu,
    )
    writers.register(socketio)
    app.register_blueprint(bp)


def _url(thread: Thread) -> str:
    return url_for("forums.show_thread", thread_id=thread.id)
