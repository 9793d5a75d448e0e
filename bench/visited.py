"""The pages that a phone visits: the sample, with a full poll and a long thread in it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.accounts.models import Account
from app.database import transaction
from app.demo.agenda import PAST_TITLE, TITLE
from app.demo.past import words
from app.demo.people import polls
from app.demo.sample import make_sample
from app.events import actions as events
from app.events.models import Event
from app.extensions import alembic, db
from app.forums import actions as forums
from app.forums.models import Thread
from app.livepolls import actions as livepolls
from app.livepolls.queries import poll_of
from app.permissions import SpaceRole
from app.spaces.models import Member
from bench.forum import WORDS

CONCERNS = 60
POSTS = 40
READER = "member1@dialograum.example"


@dataclass(frozen=True)
class Visit:
    """A page, and the cookies of who visits it."""

    name: str
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)


def visits(environment: Mapping[str, str]) -> list[Visit]:
    """The pages, in a database that is made for them; a server can be started on it then."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = create_app(environment)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        alembic.upgrade()
        make_sample(Path(environment["INSTANCE_PATH"]))
        with transaction():
            code, past = _full_poll(_event(TITLE)), _event(PAST_TITLE).code
            thread_id, reader_id = _long_thread(), _account(READER).get_id()
        db.session.close()
        guest = _guest(app.test_client(), code)
        member = _member(app.test_client(), reader_id)
        db.engine.dispose()
    return [
        Visit("join page", f"/join/{code}"),
        Visit(f"live page, {CONCERNS} concerns", f"/e/{code}", guest),
        Visit(f"thread, {POSTS} posts", f"/threads/{thread_id}", member),
        Visit("results page", f"/e/{past}/results", member),
    ]


def _full_poll(event: Event) -> str:
    """Everybody voices something; returns the event's code."""
    item = next(item for item in event.items if item.kind == "poll")
    events.start_step(event, item)
    poll = poll_of(item)
    assert poll is not None
    texts = [text for sample in polls() if sample.language == "de" for text in sample.concerns]
    for number, text in enumerate(texts[:CONCERNS]):
        person = events.join(event, name=f"Gast {number + 1}")
        livepolls.write_concern(poll, person, text, "voiced")
    return event.code


def _long_thread() -> int:
    """The sample's people go on with a thread until it is long; returns its id."""
    thread = db.session.scalars(select(Thread).where(Thread.forum_id.is_not(None))).first()
    assert thread is not None
    assert thread.forum is not None
    accounts = db.session.scalars(select(Account).order_by(Account.id)).all()
    for number in range(thread.post_count, POSTS):
        account = accounts[number % len(accounts)]
        author = Member(account, thread.forum.space_id, SpaceRole.MEMBER)
        forums.write_post(thread, author, words(WORDS[number % len(WORDS)]), f"post {number}")
    return thread.id


def _event(title: str) -> Event:
    return db.session.scalars(select(Event).where(Event.title == title)).one()


def _account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def _guest(client: FlaskClient, code: str) -> dict[str, str]:
    client.post(f"/join/{code}", data={"name": "Lina Lange"})
    return _cookies(client)


def _member(client: FlaskClient, account_id: str) -> dict[str, str]:
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = account_id, True
    return _cookies(client)


def _cookies(client: FlaskClient) -> dict[str, str]:
    cookie = client.get_cookie("dialograum")
    assert cookie is not None
    return {cookie.key: cookie.value}
