"""Everything that is sent twice is there once: one after the other, and at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.breakouts.models import Contribution
from app.database import transaction
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from tests.breakouts.rounds import make_conference, room_of, start
from tests.browsers import Browser
from tests.factories import (
    AGENDA,
    item_of_kind,
    make_account,
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)
from tests.livepolls.polls import open_poll, write
from tests.security.rules import OF_BLUEPRINTS, OF_ENDPOINTS
from tests.security.test_whole_map import ask, everything, routes
from tests.security.world import make_world
from tests.together import together

# Each time it is asked for there is to be one more; a page that is left cannot send it again.
ONE_MORE_EACH_TIME = {
    "events.new": "a page of its own, which the answer leads away from",
    "events.new_item": "a page of its own, which the answer leads away from",
    "events.save_as_template": "a copy each time",
    "events.new_link": "the earlier link ends",
    "events.new_remote_link": "the earlier link ends",
    "events.return_link": "the earlier link ends",
    "forums.create_forum": "a page of its own, which the answer leads away from",
    "spaces.invite": "a second letter to whoever has lost the first; they are invited once",
    "spaces.send_again": "a second letter to whoever has lost the first",
}
MUST_MAKE = {
    "api.contributions_reply",  # a post like a comment, which comes later with the same key
    "api.forums_start",
    "api.proposals_propose",
    "api.questions_ask",
    "events.enter",
    "proposals.support",
    "questions.ask",
    "questions.support",
    "requests.answer",
}

Case = tuple[Browser, str, str, dict[str, Any]]


class Halls:
    """Somebody in an event in which everything can be sent."""

    def __init__(self, browser, join, appoint):
        self.browser, self.join, self.appoint = browser, join, appoint
        self.event = make_conference()

    def in_the_poll(self):
        from app.events import actions

        with transaction():
            event = actions.create_event("Poll", language="en", items=AGENDA)
        return event, open_poll(event, item_of_kind(event, "poll"))

    def concern(self) -> Case:
        event, poll = self.in_the_poll()
        ada = self.join(event)
        return ada.browser, "POST", f"/polls/{poll.id}/concerns", {"text": "Hm", "key": "k"}

    def support_of_a_concern(self) -> Case:
        event, poll = self.in_the_poll()
        concern = write(poll, self.join(event), "Hm")
        ada = self.join(event)
        return ada.browser, "POST", f"/concerns/{concern.id}/support", {"supported": "1"}

    def _aspect(self) -> int:
        from app.extensions import db
        from app.livepolls.models import Aspect

        return db.session.query(Aspect.id).order_by(Aspect.id).first()[0]

    def proposal(self) -> Case:
        ada = self.join(self.event)
        url = f"/aspects/{self._aspect()}/proposals"
        return ada.browser, "POST", url, {"text": "Let us", "key": "k"}

    def _proposed(self):
        from app.extensions import db
        from app.proposals.models import Proposal

        author = self.join(self.event)
        author.post(f"/aspects/{self._aspect()}/proposals", {"text": "Let us", "key": "k"})
        return db.session.query(Proposal).one()

    def support_of_a_proposal(self) -> Case:
        proposal = self._proposed()
        url = f"/proposals/{proposal.id}/support"
        return self.join(self.event).browser, "POST", url, {"supported": "1"}

    def comment(self) -> Case:
        url = f"/threads/{self._proposed().thread_id}/posts"
        return self.join(self.event).browser, "POST", url, {"text": "Why?", "key": "k"}

    def official_answer(self) -> Case:
        host = self.appoint(self.event, Role.HOST)
        data = {"text": "We do that", "key": "k", "kind": "welcome"}
        return host.browser, "POST", f"/aspects/{self._aspect()}/answers", data

    def question(self) -> Case:
        url = f"/e/{self.event.code}/questions"
        return self.join(self.event).browser, "POST", url, {"text": "Why?", "key": "k"}

    def support_of_a_question(self) -> Case:
        from app.extensions import db
        from app.questions.models import Question

        self.join(self.event).post(f"/e/{self.event.code}/questions", {"text": "Why?"})
        question = db.session.query(Question).one()
        url = f"/questions/{question.id}/support"
        return self.join(self.event).browser, "POST", url, {"supported": "1"}

    def contribution(self) -> Case:
        ada = self.join(self.event)
        room = room_of(start(self.event, "Round 1"), ada.person)
        data = {"kind": "impulse", "text": "Hm", "key": "k"}
        return ada.browser, "POST", f"/rooms/{room.id}/contributions", data

    def _contributed(self):
        ada = self.join(self.event)
        bea = self.join(self.event)
        round_ = start(self.event, "Round 3")  # both are in the room of those without a place
        room = room_of(round_, ada.person)
        ada.post(f"/rooms/{room.id}/contributions", {"kind": "impulse", "text": "Hm", "key": "k"})
        return bea.browser, db.session.scalar(select(Contribution.id))

    def reaction_to_a_contribution(self) -> Case:
        client, id = self._contributed()
        return client, "PUT", f"/contributions/{id}/reactions/thanks", {}

    def first_reply_to_a_contribution(self) -> Case:
        client, id = self._contributed()
        return client, "POST", f"/contributions/{id}/replies", {"text": "Why?", "key": "k"}

    def report_of_a_room(self) -> Case:
        ada = self.join(self.event)
        room = room_of(start(self.event, "Round 1"), ada.person)
        data = {"discussed": "A", "request": "B", "ideas": "C", "key": "k"}
        return ada.browser, "POST", f"/rooms/{room.id}/report", data

    def choice_of_a_room(self) -> Case:
        ada = self.join(self.event)
        before = room_of(start(self.event, "Round 1"), ada.person)
        round_ = start(self.event, "Round 2")
        room = next(room for room in round_.rooms if room.aspect_id != before.aspect_id)
        return ada.browser, "POST", f"/rounds/{round_.id}/me", {"room": room.id}

    def guest(self) -> Case:
        client = self.browser()
        page = client.get(f"/join/{self.event.code}").text
        key = page.partition('name="key"')[2].partition('value="')[2].partition('"')[0]
        assert len(key) > 16
        return client, "POST", f"/join/{self.event.code}", {"name": "Ada", "key": key}

    def member(self) -> Case:
        client = self.browser().sign_in(make_account())
        return client, "POST", f"/join/{self.event.code}", {}

    def _in_a_forum(self):
        space = make_space("Group")
        account = make_member(space)
        forum = make_forum(space)
        return self.browser().sign_in(account), account, forum

    def thread(self) -> Case:
        client, _account, forum = self._in_a_forum()
        data = {"title": "A title", "text": "A text", "key": "k"}
        return client, "POST", f"/forums/{forum.id}/threads", data

    def post(self) -> Case:
        client, account, forum = self._in_a_forum()
        thread = make_thread(forum, account)
        return client, "POST", f"/threads/{thread.id}/posts", {"text": "A text", "key": "k"}

    def reaction(self) -> Case:
        client, account, forum = self._in_a_forum()
        other = make_member(forum.space, name="Otto Other")
        post = make_post(make_thread(forum, account), other)
        return client, "PUT", f"/posts/{post.id}/reactions/thanks", {}

    def complaint(self) -> Case:
        client, account, forum = self._in_a_forum()
        other = make_member(forum.space, name="Otto Other")
        post = make_post(make_thread(forum, account), other)
        return client, "POST", f"/posts/{post.id}/reports", {"reason": "Hm"}


KINDS = [name for name in vars(Halls) if not name.startswith("_") and name != "in_the_poll"]


def sender(app, case: Case) -> Callable[[], int]:
    """The same request on a connection of its own."""
    client, method, url, data = case
    cookie = {"Cookie": client.cookie()}

    def send() -> int:
        fresh = app.test_client(use_cookies=False)
        return int(fresh.open(url, method=method, data=data, headers=cookie).status_code)

    return send


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_twice_at_the_same_moment_is_there_once(app, browser, join, appoint, kind):
    case = getattr(Halls(browser, join, appoint), kind)()
    before = everything()
    statuses = together(app, *[sender(app, case)] * 4)
    assert set(statuses) <= {200, 204, 303, 503}, statuses  # too busy: refused before it began
    assert set(statuses) != {503}
    after = everything()
    made = more(before, after)
    assert made or kind == "choice_of_a_room"
    assert set(made.values()) <= {1}, made


@pytest.mark.parametrize("as_account", [False, True])
def test_a_program_that_joins_twice_is_one_participant(app, event, account, as_account):
    from app.identity import TokenKind, issue

    headers = {}
    if as_account:
        member = account()
        with transaction():
            token = issue(TokenKind.API, account_id=member.id)
        headers = {"Authorization": f"Bearer {token}"}
    path, body = f"/api/v1/events/{event.code}/participants", {"name": "Ada", "key": "k" * 16}

    def send():
        answer = app.test_client().post(path, json=body, headers=headers)
        return answer.status_code, answer.json["participant_id"]

    results = together(app, *[send] * 4)
    assert len({id for _status, id in results}) == 1
    assert sorted(status for status, _id in results) == [200, 200, 200, 201]


def test_a_key_that_could_be_guessed_makes_nobody_somebody_else(app, event, browser):
    people = []
    for _ in range(2):
        client = browser()
        client.post(f"/join/{event.code}", data={"name": "Ada", "key": "1"})
        people.append(client.remembers()["participants"][str(event.id)])
    assert len(set(people)) == 2
    path = f"/api/v1/events/{event.code}/participants"
    refused = browser().post(path, json={"name": "Ada", "key": "1"})
    assert (refused.status_code, refused.json["field"]) == (422, "key")


def test_a_key_lets_in_who_has_typed_the_same_name_and_nobody_who_was_removed(app, event, browser):
    from app.database import now
    from app.extensions import db

    def enter(name):
        client = browser()
        client.post(f"/join/{event.code}", data={"name": name, "key": "k" * 20})
        return client.remembers()["participants"][str(event.id)]

    first = enter("Ada")
    assert enter(" Ada ") == first
    assert enter("Bea") != first
    with transaction():
        db.session.get_one(Participant, first).removed_at = now()
    assert enter("Ada") != first


@pytest.mark.parametrize("database", ["sqlite"])
def test_no_form_of_the_application_makes_a_second_thing_when_it_is_sent_again(app, browser):
    world = make_world(app, browser)
    people = ("coordinator", "centre", "admin")
    tokens = {who: world.token(who) for who in people}
    made, twice = set(), {}
    for method, rule in routes(app, *{*OF_BLUEPRINTS.values(), *OF_ENDPOINTS.values()}):
        if method != "POST":
            continue
        for who in people:
            before = everything()
            ask(app, world, world.browser(who), method, rule, tokens[who])
            between = everything()
            if not more(before, between):
                continue
            made.add(rule.endpoint)
            ask(app, world, world.browser(who), method, rule, tokens[who])
            again = more(between, everything())
            if again and rule.endpoint not in ONE_MORE_EACH_TIME:
                twice[rule.endpoint] = again
            break
    assert twice == {}
    assert made >= MUST_MAKE


def more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """By how much each table of what people send has grown.

    What is worked out from it comes at the server's own time: the search's rows, the vectors.
    """
    sent = [name for name in after if name != "embedding" and not name.startswith("search_")]
    return {name: after[name] - before[name] for name in sent if after[name] > before[name]}
