"""What somebody else changes about rooms meanwhile is neither lost nor overlooked."""

import re
import threading
from collections.abc import Callable

import pytest

from app.breakouts import actions
from app.breakouts.actions import rounds as acting
from app.breakouts.actions.seating import Said
from app.breakouts.models import Room, Round, SeatWanted
from app.breakouts.rules import Rules
from app.database import locked, transaction
from app.errors import Conflict
from app.events.models import AgendaItem
from app.events.routes import agenda
from app.extensions import db
from tests.breakouts.plans import plan
from tests.breakouts.rounds import sizes, start
from tests.factories import look_again
from tests.together import failures, together

TOPICS = "Hall\nSeminar room\nOffice"
POSTGRESQL = [pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture
def just_before(app, monkeypatch) -> Callable:
    """Let somebody else do a deed in the moment before a module holds its first such row."""

    def arrange(module, table, deed) -> None:
        deeds = [deed]

        def do():
            with app.app_context(), transaction():
                deeds.pop()()

        def hold(wanted, key, **how):
            if wanted is table and deeds:
                other = threading.Thread(target=do)
                other.start()
                other.join()
            return locked(wanted, key, **how)

        db.session.rollback()
        monkeypatch.setattr(module, "locked", hold)

    return arrange


def plan_seats(round_id, step, seats, was=None):
    locked(AgendaItem, step)
    actions.plan_seats(locked(Round, round_id), seats, was)


def saving(round_, seats):
    """A deed: whoever sees no room with seats of its own gives these."""
    id, step = round_.id, round_.item_id

    def do():
        with transaction():
            plan_seats(id, step, seats, {})

    return do


def send(visitor, round_, **seats):
    """Send the form as it was opened: `send(moderator, round_, seats_1="40", was_1="")`."""
    form = {name.replace("_", "-"): value for name, value in seats.items()}
    return visitor.put(f"/rounds/{round_.id}/seats", form)


def holds(round_):
    look_again()
    return Rules.of(round_.item.settings).seats


def test_of_two_who_change_one_room_the_second_sees_both_and_chooses(event, moderator):
    round_ = plan(event, topics=TOPICS, capacity="9")
    opened = {"was_1": "", "was_2": "", "was_3": ""}
    send(moderator, round_, **opened, seats_1="40", seats_2="12", seats_3="")
    answer = send(moderator, round_, **opened, seats_1="30", seats_2="", seats_3="5")
    assert answer.status_code == 409
    assert "Somebody else has changed the seats of these rooms in the meantime." in answer.text
    (now,) = re.findall(r'<ul id="room-seats-now">(.*?)</ul>', answer.text)
    assert now == "<li>Room 1: 40 seats</li>"
    fields = dict(re.findall(r'name="((?:was|seats)-\d)" value="(\d*)"', answer.text))
    assert [fields[f"seats-{number}"] for number in (1, 2, 3)] == ["30", "12", "5"]
    assert [fields[f"was-{number}"] for number in (1, 2, 3)] == ["40", "12", ""]
    assert holds(round_) == {1: 40, 2: 12}
    assert moderator.put(f"/rounds/{round_.id}/seats", fields).status_code == 303
    assert holds(round_) == {1: 30, 2: 12, 3: 5}


def test_what_is_sent_twice_or_is_so_already_is_no_conflict(event, moderator):
    round_ = plan(event, topics=TOPICS)
    for _time in range(2):
        assert send(moderator, round_, seats_1="40", was_1="").status_code == 303
    assert holds(round_) == {1: 40}


def test_seats_that_others_have_taken_back_are_not_taken_back_unseen(event, moderator):
    round_ = plan(event, topics=TOPICS, room_seats="1:40")
    send(moderator, round_, seats_1="", was_1="40")
    answer = send(moderator, round_, seats_1="30", was_1="40")
    assert answer.status_code == 409
    assert "Room 1: any number of people" in answer.text
    assert holds(round_) == {}


@pytest.mark.parametrize("database", POSTGRESQL)
def test_saving_a_step_keeps_the_seats_that_were_just_saved(event, moderator, just_before):
    round_ = plan(event, topics=TOPICS)
    id, step = round_.id, round_.item_id
    just_before(agenda, AgendaItem, lambda: plan_seats(id, step, {1: 40}))
    form = {"kind": "breakout", "title": "Round 1", "setting-breakout-topics": TOPICS}
    assert moderator.post(f"/e/{event.code}/items/{step}", form).status_code == 303
    assert holds(round_) == {1: 40}


@pytest.mark.parametrize("database", POSTGRESQL)
def test_nobody_waits_in_line_in_front_of_seats_that_are_free(event, join, just_before):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1")
    one, other = join(event), join(event)
    round_ = start(event, "Round 1")
    hall = round_.rooms[0].id
    one.post(f"/rounds/{round_.id}/me", {"room": hall})

    def more_seats():
        room = db.session.get_one(Room, hall)
        actions.change_room(room, Said(room.title, 3), Said.of(room))

    just_before(acting, Round, more_seats)
    assert other.post(f"/rooms/{hall}/line").status_code == 303
    look_again()
    assert db.session.query(SeatWanted).count() == 0
    assert sizes(round_) == [2, 0, 0]


@pytest.mark.parametrize("database", POSTGRESQL)
def test_of_those_who_give_a_room_seats_at_the_same_moment_one_succeeds(app, event):
    round_ = plan(event, topics=TOPICS)
    all_at_once = [saving(round_, {1: seats}) for seats in (10, 20, 30)]
    refused = failures(together(app, *all_at_once))
    assert [type(each) for each in refused] == [Conflict, Conflict]
    assert holds(round_)[1] in (10, 20, 30)


@pytest.mark.parametrize("database", POSTGRESQL)
def test_those_who_give_different_rooms_seats_at_the_same_moment_all_succeed(app, event):
    round_ = plan(event, topics=TOPICS)
    all_at_once = [saving(round_, {room: 10 * room}) for room in (1, 2, 3)]
    assert failures(together(app, *all_at_once)) == []
    assert holds(round_) == {1: 10, 2: 20, 3: 30}
