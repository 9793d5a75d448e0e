"""A space with 200 threads, one of them of 100,000 posts, in a database of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from app import create_app
from app.accounts.models import Account
from app.database import Base, now, transaction
from app.extensions import db
from app.forums.models import FORUM, Forum, Post, Reading, Thread
from app.permissions import SpaceRole
from app.richtext import render
from app.spaces import actions as spaces
from app.spaces.models import Space, SpaceKind
from tests.servers import postgresql

THREADS = 200
FORUMS = 5
PEOPLE = 40
LONG = 100_000  # posts of the long thread
SHORT = 12  # posts of each other one
AT_ONCE = 5_000
WORDS = (
    "Bei uns hilft ein **Einseiter** für den Ausschuss, mit *zwei Zahlen* aus dem Monitoring.",
    "Das machen wir auch so.\n\n- kurz\n- mit Bild\n- mit einem Satz zum Geld",
    "Könnten Sie die Vorlage teilen? Wir stehen vor derselben Frage, und die Zeit drängt.",
    "> Wer kommt zu Wort?\n\nBei uns die Familienhebammen, und das hat viel verändert.",
)


@dataclass
class World:
    """The application, a member's browser, and where things are."""

    app: Flask
    client: Any
    space_id: int
    forum_id: int
    thread_id: int
    post_ids: list[int]  # of the long thread, in order


@contextmanager
def worlds() -> Iterator[dict[str, World]]:
    """The same world on both databases."""
    with postgresql() as url:
        yield {"SQLite": _world({}), "PostgreSQL": _world({"DATABASE_URL": url})}


def _world(environment: dict[str, str]) -> World:
    folder = tempfile.mkdtemp(prefix="dialograum-bench-")
    app = create_app({"INSTANCE_PATH": folder, "SECRET_KEY": "not a secret", **environment})
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        people, space, forums = _people_and_forums()
        threads = _threads(forums, people)
        post_ids = _posts(threads, people)
        _read_half(people[0], threads[0], post_ids)
        with transaction() as session:
            session.execute(text("ANALYZE"))
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = people[0].get_id(), True
        return World(app, client, space.id, forums[0].id, threads[0], post_ids)


def _people_and_forums() -> tuple[list[Account], Space, list[Forum]]:
    with transaction() as session:
        space = spaces.create_space("Programme", SpaceKind.PROGRAMME)
        people = [
            Account(email=f"p{n}@example.org", name=f"Person {n}", password_hash="none")
            for n in range(PEOPLE)
        ]
        session.add_all(people)
        session.flush()
        for person in people:
            spaces.admit(space, person, SpaceRole.MEMBER)
        forums = [Forum(space_id=space.id, title=f"Forum {n}", position=n) for n in range(FORUMS)]
        session.add_all(forums)
        return people, space, forums


def _threads(forums: list[Forum], people: list[Account]) -> list[int]:
    with transaction() as session:
        rows = [
            {
                "forum_id": forums[n % FORUMS].id,
                "subject": FORUM,
                "title": f"Thread {n}: how do we convince the council of early help?",
                "account_id": people[n % PEOPLE].id,
            }
            for n in range(THREADS)
        ]
        for forum in forums:
            forum.thread_count = THREADS // FORUMS
        return sorted(session.scalars(insert(Thread).returning(Thread.id), rows))


def _posts(threads: list[int], people: list[Account]) -> list[int]:
    """Bulk inserts; every fifth post answers the one before it."""
    html = [render(words) for words in WORDS]
    begun, number = now() - timedelta(days=400), 0
    for thread in threads:
        for _start in range(0, LONG if thread == threads[0] else SHORT, AT_ONCE):
            size = AT_ONCE if thread == threads[0] else SHORT
            with transaction() as session:
                before = session.scalar(select(Post.id).order_by(Post.id.desc()).limit(1)) or 0
                session.execute(
                    insert(Post),
                    [
                        {
                            "thread_id": thread,
                            "account_id": people[(number + n) % PEOPLE].id,
                            "key": str(number + n),
                            "text": WORDS[n % len(WORDS)],
                            "html": html[n % len(WORDS)],
                            "submitted_text": WORDS[n % len(WORDS)],
                            "reply_to_id": before + n if n and n % 5 == 0 else None,
                            "created_at": begun + timedelta(seconds=60 * (number + n)),
                        }
                        for n in range(size)
                    ],
                )
                number += size
    with transaction() as session:
        for thread in threads:
            _count(session.get_one(Thread, thread))
        return list(
            session.scalars(select(Post.id).where(Post.thread_id == threads[0]).order_by(Post.id))
        )


def _count(thread: Thread) -> None:
    newest = db.session.scalars(
        select(Post).where(Post.thread_id == thread.id).order_by(Post.id.desc()).limit(1)
    ).one()
    thread.post_count = LONG if newest.id <= LONG else SHORT
    thread.last_post_id, thread.last_posted_at = newest.id, newest.created_at


def _read_half(reader: Account, thread_id: int, post_ids: list[int]) -> None:
    with transaction() as session:
        middle = post_ids[len(post_ids) // 2]
        session.add(Reading(account_id=reader.id, thread_id=thread_id, post_id=middle))
        members = "UPDATE membership SET read_floor = 0"
        session.execute(text(members))
