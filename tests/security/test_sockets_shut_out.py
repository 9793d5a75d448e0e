"""Who may no longer hear something hears it no longer, however they went about hearing it."""

from collections.abc import Callable, Iterator

import pytest

from app.breakouts import actions as breakouts
from app.breakouts.models import Round
from app.database import locked, transaction
from app.events import actions
from app.events.models import Event
from app.permissions import Role
from tests.breakouts.rounds import make_conference, room_of, start
from tests.live_server import LiveServer
from tests.sockets import Page

pytestmark = pytest.mark.socket


@pytest.fixture
def page_of(live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open somebody's socket; all are closed after the test."""
    pages: list[Page] = []

    def open_page(visitor) -> Page:
        pages.append(Page(live_server, cookie=visitor.browser.cookie()))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def conference(app) -> Event:
    return make_conference()


def remove(person):
    with transaction():
        actions.remove_person(person)


def test_who_leaves_the_channel_by_which_they_are_shut_out_is_shut_out(event, participant, page_of):
    page = page_of(participant)
    page.subscribe(f"event:{event.code}")
    assert page.ask("unsubscribe", {"channel": f"participant:{participant.participant_id}"})["ok"]
    remove(participant.person)
    page.next("disconnect")


def test_who_hears_nothing_but_a_room_is_shut_out_of_it(conference, join, page_of):
    person = join(conference)
    round_ = start(conference, "Round 1")
    page = page_of(person)
    assert page.subscribe(f"room:{room_of(round_, person.person).id}")["ok"]
    remove(person.person)
    page.next("disconnect")


def test_who_is_moved_hears_the_old_room_no_longer_however_it_was_spelled(
    conference, join, page_of
):
    person = join(conference)
    for _ in range(7):
        join(conference)
    round_ = start(conference, "Round 1")
    room = room_of(round_, person.person)
    page = page_of(person)
    assert page.subscribe(f"room:0{room.id}")["ok"]
    elsewhere = next(each for each in round_.rooms if each.id != room.id)
    with transaction():
        breakouts.move(locked(Round, round_.id), person.person, elsewhere)
    page.next("change")  # the way to the other room
    while page.hears("change", 1):
        pass
    stays = next(p for p in conference_people(room))
    with transaction():
        breakouts.write_contribution(room, stays, "experience", "Among ourselves", "k")
    assert not page.hears("change", 1.5)


def conference_people(room):
    from app.breakouts.queries import rosters

    return rosters([room.id])[room.id]["people"]


def test_a_moderators_screen_is_closed_with_the_role(event, moderator, page_of):
    page = page_of(moderator)
    assert page.subscribe(f"screen:{event.code}")["ok"]
    with transaction():
        actions.change_person(moderator.person, role=Role.PARTICIPANT)
    page.next("disconnect")


@pytest.mark.parametrize("end", [actions.close_screen, actions.new_screen_link])
def test_a_screen_whose_link_ended_is_closed_where_it_is_open(event, browser, page_of, end):
    from tests.browsers import Visitor

    with transaction():
        secret = actions.new_screen_link(event)
    projector = Visitor(browser(), event.id)
    projector.get(f"/screen/{secret}")
    page = page_of(projector)
    assert page.subscribe(f"screen:{event.code}")["ok"]
    with transaction():
        end(event)
    page.next("disconnect")
    assert page_of(projector).subscribe(f"screen:{event.code}")["ok"] is False


def test_who_asks_for_thousands_of_channels_is_told_to_wait(
    event, participant, page_of, live_server
):
    page, told = page_of(participant), set()
    for _ in range(490):  # a minute may end meanwhile
        told.add(page.subscribe("nothing:1")["error"])
        if len(told) > 1:
            break
    assert any("wait a moment" in error or "Moment" in error for error in told)
    live_server.kill()  # it would refuse whom SQLite gives the same id, in a test after this one


def test_half_a_character_is_no_token(live_server):
    from socketio.exceptions import ConnectionError as Refusal

    with pytest.raises(Refusal):
        Page(live_server, token="\ud800")
