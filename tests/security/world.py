"""A small world with one of everything in a closed group, and people in and out of it.

Whatever is kept secret in it contains one of the `SECRETS`.
"""

import contextvars
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import encode_multipart

from app.accounts.models import Account, Standing
from app.database import Base, transaction
from app.errors import DomainError
from app.events import actions as events
from app.extensions import db
from app.forums.models import Post, Thread
from app.identity import TokenKind, issue
from app.mail.models import Mail
from app.notifications.mailing import send_waiting
from app.notifications.spreading import spread_all
from app.permissions import Role, SpaceRole
from app.realtime.audiences import audience_for
from app.spaces import actions as spaces
from app.spaces.models import Membership, Space, SpaceKind
from tests.browsers import Browser, Visitor
from tests.carryover.conferences import Conference, hold, make_event
from tests.factories import look_again, make_account, make_forum, make_member, make_space
from tests.files.samples import photo

SECRET = "Zwiebelturm"  # a word that no page says by itself
SECRETS = (SECRET, "How do we reach parents?", "We do that already.")
OUTSIDE = ("sibling", "above", "below", "unread", "former", "admin")
INSIDE = ("reader", "member", "coordinator")

# What a form or a call could want to know; whoever may not is refused for that reason alone.
FORM = {
    "title": "A title",
    "name": "A name",
    "text": "Some text",
    "description": "A description",
    "reason": "A reason",
    "key": "the-key-of-this-page",
    "role": "member",
    "language": "en",
    "email": "somebody@example.org",
    "words": "one, two",
    "kind": "welcome",
    "level": "all",
    "discussed": "Something",
    "request": "A request",
    "ideas": "Ideas",
    "state": "examined",
    "by": "1",
    "item": "1",
    "concern": "1",
    "aspect": "1",
}


@dataclass
class World:
    """The tree, the people by what they are, and a real thing for every placeholder."""

    app: Flask
    fresh: Callable[..., Browser]
    space_id: int
    accounts: dict[str, int]
    event_code: str = ""
    values: dict[str, Any] = field(default_factory=dict)  # by placeholder, or endpoint:placeholder

    def value(self, rule: Rule, name: str) -> Any:
        """What stands for a placeholder in the address of a rule; a new one must be given."""
        for key in (f"{rule.endpoint}:{name}", name):
            if key in self.values:
                return self.values[key]
        raise AssertionError(f"{rule} needs a thing for <{name}>: give the world one")

    def account(self, who: str) -> Account:
        """Somebody's account, as the database has it now."""
        return db.session.get_one(Account, self.accounts[who])

    def browser(self, who: str) -> Browser:
        """Somebody's browser: signed in, or as a guest of another event, or nobody's."""
        browser = self.fresh()
        if who in self.accounts:
            browser.sign_in(self.account(who))
        elif who == "guest":
            browser.post(f"/join/{self.values['other_code']}", data={"name": "Gesa Guest"})
        return browser

    def token(self, who: str) -> str:
        """Somebody's personal access token; guests and strangers hold a worthless one."""
        if who not in self.accounts:
            return "made-up"
        with transaction():
            return issue(TokenKind.API, account_id=self.accounts[who], name="test")

    @property
    def channels(self) -> list[str]:
        """What can be heard of the group."""
        return [f"space:{self.space_id}", f"thread:{self.values['thread_id']}"]

    @property
    def reports(self) -> str:
        """What only coordinators hear of it."""
        return f"reports:{self.space_id}"

    def hears(self, who: str, channel: str) -> bool:
        """Whether the server would let somebody hear a channel."""
        headers = {"Cookie": self.browser(who).cookie()}
        return bool(contextvars.Context().run(self._hears, channel, headers))

    def _hears(self, channel: str, headers: dict[str, str]) -> bool:
        with self.app.test_request_context(headers=headers):
            try:
                return bool(audience_for(channel))
            except DomainError:
                return False

    def letters(self) -> list[Mail]:
        """All mails that are written once everybody was told of everything."""
        spread_all()
        send_waiting()
        look_again()
        return list(db.session.scalars(select(Mail)))

    def addresses_given_to(self, who: str) -> list[str]:
        """The secret addresses that somebody holds: of a feed, and in mails."""
        page = self.browser(who).get(f"/forums/{self.values['forum_id']}/feed").text
        email = self.account(who).email
        mails = "".join(mail.text for mail in self.letters() if mail.recipient == email)
        return sorted(set(re.findall(r"/feeds/[^\s\"<]+\.atom|/m/[\w-]+", page + mails)))

    def let_go(self, who: str) -> None:
        """Take somebody out of the group."""
        with transaction():
            spaces.let_go(db.session.get_one(Membership, (self.space_id, self.accounts[who])))

    def set_privacy(self, is_private: bool) -> None:
        """Open the group to its tree, or close it."""
        with transaction():
            spaces.set_privacy(db.session.get_one(Space, self.space_id), is_private)


def make_world(app: Flask, fresh: Callable[..., Browser]) -> World:
    """Programme > cluster > a closed group with the secrets; and groups beside and below it."""
    programme = make_space("Programme", kind=SpaceKind.PROGRAMME, is_private=False)
    cluster = make_space("Cluster", programme, SpaceKind.CLUSTER)
    space = make_space(f"Group {SECRET}", cluster, SpaceKind.STEERING, allows_readers=True)
    sibling = make_space("Sibling", cluster, SpaceKind.IMPLEMENTATION)
    below = make_space("Below", space, SpaceKind.FREE)
    strict = make_space("Strict", cluster, SpaceKind.FREE, allows_readers=False)
    people = {
        "coordinator": make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator"),
        "second": make_member(space, SpaceRole.COORDINATOR, "Sara Second"),
        "member": make_member(space, SpaceRole.MEMBER, "Mia Member"),
        "author": make_member(space, SpaceRole.MEMBER, "Arno Author"),
        "reader": make_member(space, SpaceRole.READER, "Rita Reader"),
        "centre": make_member(programme, SpaceRole.COORDINATOR, "Conny Centre"),
        "sibling": make_member(sibling, SpaceRole.COORDINATOR, "Sina Sibling"),
        "above": make_member(cluster, SpaceRole.COORDINATOR, "Anna Above"),
        "below": make_member(below, SpaceRole.COORDINATOR, "Bert Below"),
        "unread": make_member(strict, SpaceRole.READER, "Uta Unread"),
        "former": make_member(space, SpaceRole.MEMBER, "Fred Former"),
        "admin": make_account(name="Ada Admin", password_hash="none", standing=Standing.ADMIN),
    }
    world = World(app, fresh, space.id, {name: account.id for name, account in people.items()})
    world.values |= {"space_id": space.id, "requests.index:space_id": programme.id}
    _fill(world)
    world.let_go("former")
    return world


def _fill(world: World) -> None:
    """Let the people of the group do everything once, with secret words."""
    _write(world)
    _keep(world)
    _meet(world)
    world.letters()  # a server that runs beside the tests has nothing left to do


def _sent(answer: Any) -> Any:
    assert answer.status_code < 400, f"{answer.request.path}: {answer.status}"
    return answer


def _write(world: World) -> None:
    """A forum with threads, posts, a file, reactions, tags, reports and requests."""
    space = db.session.get_one(Space, world.space_id)
    forum, other = make_forum(space, f"Forum {SECRET}"), make_forum(space, f"Other {SECRET}")
    world.values |= {"forum_id": forum.id, "other_forum_id": other.id}
    author = world.browser("author")
    _sent(author.post(f"/forums/{forum.id}/threads", data=_words("A thread")))
    _sent(author.post(f"/forums/{forum.id}/threads", data=_words("Another thread")))
    thread, another = db.session.scalars(select(Thread).order_by(Thread.id)).all()
    first = db.session.scalars(select(Post).order_by(Post.id)).first()
    assert first is not None
    world.values |= {"thread_id": thread.id, "other_thread_id": another.id, "post_id": first.id}
    _sent(author.post(f"/threads/{thread.id}/posts", data=_words("@Mia Member @Cora Coordinator")))
    _attach(world, author, thread)
    member = world.browser("member")
    _sent(member.open(f"/posts/{first.id}/reactions/thanks", method="PUT"))
    _sent(member.post(f"/posts/{first.id}/reports", data={"reason": SECRET}))
    coordinator = world.browser("coordinator")
    _sent(coordinator.post(f"/threads/{thread.id}/tags", data={"words": SECRET}))
    report = {"discussed": SECRET, "request": f"Please {SECRET}", "ideas": SECRET, "version": "0"}
    _sent(coordinator.post(f"/forums/{forum.id}/report", data=report))
    answer = {"text": f"We answer {SECRET}", "key": "answer"}
    _sent(world.browser("centre").post(f"/requests/{_newest('request')}/answers", data=answer))


def _words(title: str) -> dict[str, str]:
    return {"title": f"{title} {SECRET}", "text": f"{title}: we speak of {SECRET}.", "key": title}


def _attach(world: World, author: Browser, thread: Thread) -> None:
    """A post with a picture."""
    file = FileStorage(io.BytesIO(photo()), filename=f"{SECRET}.jpg")
    form = {**_words("With a file"), "with-files": "1", "files": file}
    boundary, body = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    _sent(author.post(f"/threads/{thread.id}/posts", data=body, content_type=kind))
    world.values["file_id"] = _newest("file")


def _newest(table: str) -> int:
    """The highest id of a table."""
    look_again()
    rows = Base.metadata.tables[table]
    id = db.session.scalar(select(func.max(rows.c.id)))
    assert id is not None, f"there is no {table} yet"
    return int(id)


def _keep(world: World) -> None:
    """Invitations, a request to be let in, drafts, feeds, and what mails carry."""
    space_id = world.space_id
    coordinator = world.browser("coordinator")
    invited = {"email": "new@example.org", "name": "Nora New", "role": "member", "language": "en"}
    _sent(coordinator.post(f"/spaces/{space_id}/invitations", data=invited))
    draft = {"text": SECRET}
    _sent(coordinator.open(f"/drafts/thread-{world.values['thread_id']}", method="PUT", data=draft))
    for who in INSIDE:
        _sent(world.browser(who).post(f"/forums/{world.values['forum_id']}/feed"))
    world.values |= {
        "invitation_id": _newest("invitation"),
        "feed_id": _newest("feed"),
        "tag_id": _newest("tag"),
        "request_id": _newest("request"),
        "place": f"thread-{world.values['thread_id']}",
        "account_id": world.accounts["author"],
        "secret": "made-up",
        "signed": "made-up",
        "page": "privacy",
        "filename": "nothing.js",
        "shown": "made-up",
        "reactions.react:kind": "thanks",
        "proposals.react:kind": "thanks",
        "breakouts.react:kind": "thanks",
        "api.contributions_react:kind": "thanks",
        "api.contributions_take_back_reaction:kind": "thanks",
    }


def _meet(world: World) -> None:
    """An event of the group, carried over into its forum."""
    event, other = make_event(world.space_id), make_event(None)
    with transaction():
        people = [
            events.join(event, name="Paula Participant"),
            events.join(event, name="Otto Other"),
            events.join(event, name="Hanna Host", role=Role.HOST),
        ]
        events.join(
            event,
            name="Cora Coordinator",
            role=Role.MODERATOR,
            account_id=world.accounts["coordinator"],
        )
    visitors = [Visitor(world.fresh(), event.id) for _ in people]
    for visitor, person in zip(visitors, people, strict=True):
        visitor.browser.become(person)
    held = hold(event, *visitors)
    _sent(visitors[0].post(f"/e/{event.code}/questions", {"text": SECRET, "key": "q"}))
    with transaction():
        events.add_item(event, "scale", f"How about {SECRET}?")
    coordinator = world.browser("coordinator")
    where = {"forum": str(world.values["forum_id"]), "aspect": [str(a.id) for a in held.aspects]}
    _sent(coordinator.post(f"/e/{event.code}/carry-over", data=where))
    pair = {"first": visitors[0].participant_id, "second": visitors[1].participant_id}
    url = f"/rounds/{held.room.round_id}/pairs"
    _sent(coordinator.post(url, data={**pair, "bond": "apart"}))
    world.values |= _things_of(held) | {"other_code": other.code}


def _things_of(held: Conference) -> dict[str, Any]:
    """A thing of the event for every placeholder."""
    event = held.event
    return {
        "code": event.code,
        "item_id": event.items[0].id,
        "ballot_id": _newest("ballot"),
        "poll_id": held.aspects[0].poll_id,
        "concern_id": held.concerns[0].id,
        "aspect_id": held.aspects[0].id,
        "proposal_id": held.proposal.id,
        "question_id": _newest("question"),
        "answer_id": _newest("official_answer"),
        "round_id": held.room.round_id,
        "pair_id": _newest("round_pair"),
        "room_id": held.room.id,
        "participant_id": _newest("participant"),
        "person_id": _newest("participant"),
        "suggestion_id": 1,
        "action_id": _newest("board_action"),
        "contribution_id": _newest("contribution"),
        "report_id": _newest("report"),
        "piece_id": _newest("carried_piece"),
        "carried_id": _newest("carried_thread"),
        "municipality_id": 1,
        "kind": "concern",
        "part": "facilitator",
        "id": held.concerns[0].id,
        "requests.edit:answer_id": _newest("request_answer"),
        "requests.edit_form:answer_id": _newest("request_answer"),
        "requests.withdraw:answer_id": _newest("request_answer"),
    }
