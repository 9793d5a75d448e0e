"""A space with a long thread and two hundred others, in a database of its own."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, islice, product
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update

from app import create_app
from app.accounts.models import Account
from app.database import Base, now, transaction
from app.extensions import db, limiter
from app.forums import actions as forums
from app.forums.models import FORUM, Forum, Post, Thread
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import SpaceKind

LONG = 100_000  # posts of the long thread
THREADS = 200
SHORT = 5  # posts of each of the others
AT_ONCE = 5000
BEGINNINGS = """jugend familien kinder bildungs sozial gesundheits schul kita eltern frühe
gemeinde stadt landes kreis beratungs netzwerk haushalts personal qualitäts steuerungs""".split()
ENDINGS = """hilfe amt zentrum arbeit planung gruppe runde konzept gespräch bericht förderung
ausschuss vereinbarung kosten stelle angebot daten schritt frage ziel""".split()
LITTLE = """und die der wir in das mit für ist auf nicht eine bei auch von uns sich es den dass
haben zu im wie werden können noch schon mehr sehr gut kommune kommunen
fachkräfte menschen""".split()
RARE = "Zwiebelturm"


@dataclass
class ForumBench:
    """The application, a member's browser, and what is in the space."""

    app: Flask
    member: Any
    space_id: int
    forum_id: int
    long_id: int


def open_forum(database_url: str | None = None) -> ForumBench:
    """A space in a tree of thirty, with its forum; nothing in it is new to the member."""
    environment = {"INSTANCE_PATH": tempfile.mkdtemp(prefix="dialograum-bench-")}
    if database_url:
        environment |= {"DATABASE_URL": database_url, "SECRET_KEY": "bench"}
    app = create_app(environment)
    app.config.update(WTF_CSRF_ENABLED=False)
    limiter.enabled = False
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        member, forum = _make_tree()
        long_id = _fill(member, forum)
        bench = ForumBench(app, app.test_client(), forum.space_id, forum.id, long_id)
        session_id = member.get_id()
    with bench.member.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    return bench


def _make_tree() -> tuple[Account, Forum]:
    with transaction() as session:
        member = Account(email="m@example.org", name="Mia", password_hash="none")
        session.add(member)
        session.flush()
        top = spaces.create_space("Programme", SpaceKind.PROGRAMME, is_private=False)
        groups = [spaces.create_space(f"Group {n}", SpaceKind.FREE, top) for n in range(30)]
        for space in (top, *groups[:12]):
            spaces.admit(space, member, SpaceRole.MEMBER)
        forum = forums.create_forum(groups[0], "Topics")
    return member, forum


def _fill(member: Account, forum: Forum) -> int:
    with transaction():
        threads = [
            forums.open_thread(forum, f"{title} {number}", account_id=member.id)
            for number, title in zip(range(THREADS + 1), sentences(3), strict=False)
        ]
    sizes = {thread.id: SHORT for thread in threads} | {threads[0].id: LONG}
    rows = _posts(member.id, sizes)
    while chunk := list(islice(rows, AT_ONCE)):
        with transaction() as session:
            session.execute(insert(Post), chunk)
    _count()
    return threads[0].id


def _posts(account_id: int, sizes: dict[int, int]) -> Iterator[dict[str, Any]]:
    begun = now() - timedelta(days=400)
    texts = sentences(40)
    number = 0
    for thread_id, size in sizes.items():
        for _ in range(size):
            number += 1
            text = next(texts) + (f" {RARE}" if number % 20_000 == 77 else "")
            yield {
                "thread_id": thread_id,
                "account_id": account_id,
                "key": f"k{number}",
                "text": text,
                "html": f"<p>{text}</p>",
                "submitted_text": text,
                "created_at": begun + timedelta(seconds=300 * number),
            }


def sentences(length: int) -> Iterator[str]:
    """Texts of so many words, of which a few stand everywhere and most seldom, as in a language."""
    chance = random.Random(7)
    words = LITTLE + [a + b for a, b in product(BEGINNINGS, ENDINGS)]
    words += [a + b + c for a, b, c in product(BEGINNINGS, ENDINGS[:7], ENDINGS)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    while True:
        yield " ".join(chance.choices(words, cum_weights=weights, k=length))


def _count() -> None:
    """What the actions would have counted."""
    here = select(Post).where(Post.thread_id == Thread.id)

    def of_thread(value: Any) -> Any:
        return here.with_only_columns(value).correlate(Thread).scalar_subquery()

    with transaction() as session:
        session.execute(
            update(Thread)
            .where(Thread.subject == FORUM)
            .values(
                post_count=of_thread(func.count()),
                last_post_id=of_thread(func.max(Post.id)),
                last_posted_at=of_thread(func.max(Post.created_at)),
            )
            .execution_options(synchronize_session=False)
        )
