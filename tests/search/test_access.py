"""Only what the reader may read is found: at this moment, in this role, as the pages show it."""

import itertools
import re
from html import unescape

import pytest
from sqlalchemy import update

from app.breakouts.models import RoundState
from app.database import now, transaction
from app.events import actions as events
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.livepolls.models import FlashPoll, PollState
from app.permissions import Role
from app.questions import actions as questions
from app.search.sources import all_sources
from app.spaces import actions as spaces
from app.spaces.models import Membership, Space
from tests.factories import (
    make_forum,
    make_municipality,
    make_post,
    make_space,
    make_thread,
)
from tests.search.worlds import INSIDE, OUTSIDE, found, make_group, make_hall, reader

SECRET = WORD = "Zwiebelturm"  # a word that no page says by itself
LINK = re.compile(r'class="search-title"><a href="([^"]*)"')


@pytest.fixture
def world(app):
    return make_group(SECRET)


def results(browser, account, query=f"q={SECRET}"):
    """The addresses of what somebody finds, and the page."""
    answer = browser().sign_in(account).get(f"/search?{query}")
    assert answer.status_code == 200
    return [unescape(url) for url in LINK.findall(answer.text)], answer.text


def test_whoever_is_in_a_closed_group_finds_what_is_in_it_and_can_open_it(world, browser, subtests):
    for who in INSIDE:
        with subtests.test(who):
            finds_and_opens_it(world, browser, who)


def finds_and_opens_it(world, browser, who):
    urls, _page = results(browser, world.people[who])
    assert len(urls) == 3  # the thread, the post, the file
    for url in urls:
        answer = browser().sign_in(world.people[who]).get(url, follow_redirects=True)
        assert answer.status_code == 200
        assert SECRET in answer.text


def test_nobody_else_finds_anything_of_it(world, browser, subtests):
    queries = (SECRET, SECRET[:4], SECRET[:-1] + "x", "Plan", "About", "")
    for who, query in itertools.product(OUTSIDE, queries):
        with subtests.test(f"{who} {query}"):
            finds_nothing(world, browser, who, query)


def finds_nothing(world, browser, who, query):
    for filters in ("", f"&space={world.space.id}", "&kind=post", "&person=Mia", "&order=newest"):
        urls, page = results(browser, world.people[who], f"q={query}{filters}")
        assert urls == []
        if SECRET not in query:
            assert SECRET not in page


def test_nobody_at_all_has_to_sign_in(world, browser):
    assert browser().get(f"/search?q={SECRET}").status_code == 401


@pytest.mark.parametrize("table", [Thread, Post])
def test_what_is_hidden_is_found_no_more_and_again_when_it_is_restored(world, table):
    member = reader(world.people["member"])
    thing = {Thread: world.thread, Post: world.post}[table]
    before = found(member, SECRET)
    for hidden_at, there in ((now(), False), (None, True)):
        with transaction() as session:
            session.get_one(table, thing.id).hidden_at = hidden_at
        after = found(member, SECRET)
        assert (after == before) == there
        assert there or f"post {world.post.id}" not in after
        assert there or f"file {world.file.id}" not in after


def test_closing_a_space_hides_all_in_it_at_once(world):
    above, here = world.people["above"], db.session.get_one(Space, world.space.id)
    assert found(reader(above), SECRET) == []
    for is_private in (False, True):
        with transaction():
            spaces.set_privacy(db.session.get_one(Space, here.id), is_private)
        assert bool(found(reader(above), SECRET)) == (not is_private)


def test_whoever_leaves_a_space_finds_nothing_of_it_any_more(world):
    member = world.people["member"]
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (world.space.id, member.id)))
    assert found(reader(member), SECRET) == []


def test_a_moved_thread_is_found_by_those_who_may_read_it_where_it_is(world):
    other = make_space()
    forum = make_forum(other)
    with transaction() as session:
        session.get_one(Thread, world.thread.id).forum_id = forum.id
    assert found(reader(world.people["member"]), SECRET) == []


# Events.

PAGES = ("results", "questions")
STATES = list(
    itertools.product(
        # of the poll, and whether it hides what comes in until it is closed
        ((PollState.OPEN, True), (PollState.OPEN, False), (PollState.CLOSED, True)),
        (False, True),  # the aspects are chosen
        (RoundState.OVER, RoundState.OPEN),
        (False, True),  # all is hidden by the moderators
    )
)


@pytest.fixture
def hall(event, moderator, participant):
    return make_hall(moderator.person, participant.person, WORD)


@pytest.fixture
def people(event, hall, moderator, host, observer, participant, join):
    removed = join(event, "Rudi Removed")
    with transaction():
        events.remove_person(db.session.get_one(Participant, removed.participant_id))
    return {
        "moderator": moderator,
        "host": host,
        "observer": observer,
        "participant": participant,
        "newcomer": join(event, "Nora Newcomer"),
        "removed": removed,
    }


def shown_to(visitor, hall):
    """All that somebody sees of an event, on whatever page."""
    code = hall.event.code
    urls = [f"/e/{code}/{page}" for page in PAGES]
    urls += [f"/e/{code}/steps/{hall.poll.item_id}", f"/aspects/{hall.aspect.id}"]
    urls += [f"/proposals/{hall.proposal.id}"]
    answers = [visitor.get(url, follow_redirects=True) for url in urls]
    return "\n".join(answer.text for answer in answers if answer.status_code == 200)


def test_everybody_in_the_hall_finds_one_of_everything(hall, people):
    things = {f"{kind} {thing.id}" for kind, thing in hall.things.items()}
    for who, visitor in people.items():
        hits = found(reader(None, visitor.person), WORD)
        assert set(hits) == (set() if who == "removed" else things)


def test_outsiders_find_nothing_of_it(hall, outsider, account):
    assert found(reader(None, outsider.person), WORD) == []
    assert found(reader(account()), WORD) == []


def test_what_is_found_is_never_more_than_what_the_pages_show(hall, people, subtests):
    for state in STATES:
        with subtests.test(str(state)):
            put_into(hall, state)
            finds_no_more_than_is_shown(hall, people, is_hidden=state[-1])


def put_into(hall, state):
    """Let all that a state names be so."""
    (poll_state, hides), frozen, round_state, hidden = state
    with transaction() as session:
        poll = session.get_one(FlashPoll, hall.poll.id)
        poll.state, poll.hides_until_closed = poll_state, hides
        poll.frozen_at = now() if frozen else None
        session.get_one(type(hall.round), hall.round.id).state = round_state
        for thing in hall.things.values():
            if hasattr(thing, "hidden_at"):
                session.get_one(type(thing), thing.id).hidden_at = now() if hidden else None


def finds_no_more_than_is_shown(hall, people, is_hidden):
    for who in ("moderator", "participant", "newcomer"):
        visitor = people[who]
        hits = found(reader(None, visitor.person), WORD)
        pages = shown_to(visitor, hall)
        for hit in hits:
            assert f"{hit.split()[0]} {WORD}" in pages, hit
        if is_hidden:
            assert {hit.split()[0] for hit in hits} <= {"aspect", "report"}


def test_no_filter_tells_who_voiced_a_concern_or_asked_without_a_name(event, hall, join):
    town = make_municipality("Kleinstadt")
    kim = join(event, "Kim Kleinstadt", town)
    with transaction() as session:
        poll = session.get_one(FlashPoll, hall.poll.id)
        poll.state, poll.frozen_at = PollState.OPEN, None
    kim.post(f"/polls/{hall.poll.id}/concerns", {"text": "Anker concern", "key": "k"})
    with transaction():
        questions.ask(event, kim.person, "Anker question", "k1", anonymous=True)
        signed, _ = questions.ask(event, kim.person, "Anker signed", "k2")
    who = reader(None, kim.person)
    assert len(found(who, "Anker")) == 3
    assert found(who, "Anker", person="Kim") == [f"question {signed.id}"]
    assert found(who, "Anker", municipality_id=town.id) == [f"question {signed.id}"]


def test_whoever_took_their_name_away_is_found_by_it_no_more(event, hall, participant):
    who = reader(None, participant.person)
    assert found(who, WORD, person="Paula")
    with transaction() as session:
        for thing in hall.things.values():
            if hasattr(thing, "participant_id"):
                session.get_one(type(thing), thing.id).participant_id = None
    assert found(who, WORD, person="Paula") == []


def test_a_guest_searches_their_event_on_the_page_and_nothing_else(hall, participant, world):
    page = participant.get(f"/search?q={WORD}").text
    assert len(LINK.findall(page)) == len(hall.things)
    assert "About the" not in page


def test_a_member_of_an_event_finds_it_among_their_spaces(event, hall, world, appoint):
    member = world.people["member"]
    appoint(event, Role.PARTICIPANT, "Mia", account_id=member.id)
    kinds = {hit.split()[0] for hit in found(reader(member), WORD)}
    assert kinds == {source.kind for source in all_sources()} - {"carried"}


def test_no_similar_word_tells_that_another_is_hidden(world, browser):
    """A typed word that stands nowhere, or only where it is hidden, is answered alike."""
    mia = world.people["member"]
    make_post(make_thread(world.thread.forum, mia, "Another"), mia, "Zwiebelturn")
    with transaction() as session:
        hidden = update(Thread).where(Thread.id == world.thread.id)
        session.execute(hidden.values(hidden_at=now()))
    answers = [results(browser, mia, f"q={word}")[1] for word in (SECRET, "Zwiebelturx")]
    assert ["Zwiebelturn" in page for page in answers] == [True, True]
