"""Rooms as those see them who lead, and those who are in them: time, help, moves, and a crash."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import update

from app.breakouts import queries
from app.breakouts.actions.timing import begin_last_minute, extend_room
from app.breakouts.models import Bond, Pair, Room, Round, Stay
from app.database import locked, now, transaction
from app.events import actions as events
from app.events.models import Event
from app.events.models import Participant as Person
from app.extensions import db
from tests.breakouts.rounds import make_conference, where
from tests.browser.actors import Moderator, Participant, arrived, gathered
from tests.browser.person import SETTLED, Hall
from tests.factories import look_again

pytestmark = pytest.mark.browser

NAMES = ("Ada", "Bea", "Cleo", "Dora", "Emil", "Fay")
COMPOSER = "form[id^=contribution-form] textarea"
SOUNDS = """
window.tones = 0;
class Silent {
  constructor() { this.state = "running"; this.currentTime = 0; this.destination = null; }
  createOscillator() {
    return {frequency: {}, connect: (next) => next, start: () => { window.tones += 1; }, stop() {}};
  }
  createGain() {
    return {gain: {setValueAtTime() {}, linearRampToValueAtTime() {}}, connect: (next) => next};
  }
}
window.AudioContext = Silent;
"""


@pytest.fixture
def event(app) -> Event:
    return make_conference()


def hall_of(hall: Hall, event: Event, *names: str) -> dict[str, Participant]:
    """These people, in the hall."""
    return dict(zip(names, gathered(hall, event, *names), strict=True))


def opened(event: Event, mona: Moderator) -> Round:
    """The first round, which the moderator has opened."""
    for _step in range(2):
        mona.next()
    look_again()
    round_ = queries.open_round(event.id)
    assert round_ is not None
    return round_


def mates(people: dict[str, Participant], person: Participant) -> list[Participant]:
    """Who is in a room with somebody."""
    return [each for each in people.values() if each is not person and each.room == person.room]


def tile(room: int) -> str:
    return f"#room-tile-{room}"


def seat(mona: Moderator, person: Participant) -> Locator:
    """Somebody's line in the cockpit, unfolded."""
    room = tile(person.room)
    line = mona.find(f"{room} .seat-list li", person.name)
    if not line.is_visible():
        mona.press(f"{room} .room-people summary")
    return line


def test_rooms_ask_are_told_and_are_led(hall: Hall, event: Event, mona: Moderator) -> None:
    people = hall_of(hall, event, *NAMES)
    opened(event, mona)
    ada = people["Ada"]
    (mate,) = mates(people, ada)
    stranger = next(each for each in people.values() if each.room != ada.room)

    ada.press(".room-duties button", "I lead the talk")
    mate.sees(".room-duty", "Ada")
    mona.sees(tile(ada.room), "Leads the talk: Ada")
    ada.press(".room-duty [data-own-only] summary")
    ada.find("select[id^=to-mine-facilitator]").select_option(label=mate.name)
    ada.press("button[form=hand-over-mine-facilitator]")
    ada.sees(".room-duty strong", mate.name)
    mate.sees(".room-duty [data-own-only] summary")
    ada.does_not_see(".room-duty [data-own-only]")

    ada.press(".room-help button")
    mate.sees(".room-help", "asked the moderators for help")
    mona.sees(".round-calls", "1 room asks for help")
    ada.is_usable()
    mona.is_usable()
    mona.press(f"{tile(ada.room)} button", "I am coming")
    ada.sees(".room-help", "Mona is coming to you.")
    mona.press(f"{tile(ada.room)} button", "Done")
    mate.does_not_see(".room-help .notice")
    stranger.does_not_read("is coming to you")

    mona.find("#message-text").fill("Ten minutes are left")
    mona.press("button[form=act]", "One more minute")
    expect(mona.find("#message-text")).to_have_value("Ten minutes are left")
    mona.press("button[form=message-form]")
    for each in (ada, mate, stranger):
        each.sees(".room-messages", "Ten minutes are left")
        each.sees("#notices", "Ten minutes are left")
    expect(mona.find("#message-text")).to_have_value("")
    mona.sees(".sent-messages", "Ten minutes are left")
    hall.check()


def test_people_are_swapped_moved_and_dragged(hall: Hall, event: Event, mona: Moderator) -> None:
    people = hall_of(hall, event, *NAMES)
    round_ = opened(event, mona)
    before = {name: each.room for name, each in people.items()}
    ada = people["Ada"]
    bea = next(each for each in people.values() if each.room != ada.room)
    third = next(e for e in people.values() if e.room not in (ada.room, bea.room))
    third.find(COMPOSER).fill("I am writing just now")
    for each in (ada, bea):
        seat(mona, each).locator("input").check()
    mona.press("button[formaction$='/swaps']")
    ada.arrives(rf"/rooms/{before[bea.name]}$")
    bea.arrives(rf"/rooms/{before['Ada']}$")
    expect(third.find(COMPOSER)).to_have_value("I am writing just now")
    assert third.room == before[third.name]

    line = seat(mona, ada)
    line.hover()
    line.drag_to(mona.find(f"{tile(third.room)} h3"))
    ada.arrives(rf"/rooms/{third.room}$")
    assert sorted(map(list(where(round_).values()).count, {r.id for r in round_.rooms})) == [
        1,
        2,
        3,
    ]

    mona.press("a", "Even them out …")
    mona.sees(".move-list li")
    mona.is_usable()
    mona.press("#balance-form button")
    mona.arrives("/cockpit$")
    look_again()
    assert list(map(list(where(round_).values()).count, (r.id for r in round_.rooms))) == [2, 2, 2]
    hall.check()


def test_who_has_not_come_is_seen_and_the_others_are_evened_out(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo", "Dora")
    absent = two_who_never_come(event)
    round_ = opened(event, mona)
    before = {name: each.room for name, each in people.items()}
    (empty,) = {room.id for room in round_.rooms} - set(before.values())
    for each in people.values():
        each.find(COMPOSER).fill(f"I am {each.name}, and")
    with transaction() as session:
        away = update(Person).where(Person.id.in_(absent))
        session.execute(away.values(present_until=now() - timedelta(seconds=1)))
    mona.sees(".round-balance", "2 people with a room are away.", within=SETTLED)

    mona.press("a", "Even them out …")
    (line,) = mona.sees(".move-list").locator("li").all()
    (moved,) = (each for name, each in people.items() if name in line.inner_text())
    mona.press("#balance-form button")
    mona.arrives("/cockpit$")
    moved.arrives(rf"/rooms/{empty}$")
    moved.sees("#notices", "now:")
    assert {name: each.room for name, each in people.items()} == before | {moved.name: empty}
    for each in people.values():
        expect(each.find(COMPOSER)).to_have_value(f"I am {each.name}, and")
        if each is not moved:
            each.does_not_see("#notices p")
    mona.does_not_see(".round-balance a", "Even them out")

    (full,) = set(before.values()) - {before[moved.name]}
    late = arrived(hall, event, "Late")
    late.arrives(r"/rooms/\d+$", within=2000)
    assert late.room in {room.id for room in round_.rooms} - {full}
    mona.open(f"/e/{event.code}/attendance")
    mona.sees("table.attendance", "Ada")
    mona.is_usable()
    look_again()
    there = {stay.participant_id for stay in db.session.query(Stay).filter_by(room_id=empty)}
    assert there >= {person_of(moved)}
    hall.check()


def two_who_never_come(event: Event) -> list[int]:
    """Two who have joined, and are to be in one room, but are not here when it opens."""
    with transaction() as session:
        ids = [events.join(event, name=f"Absent {n}", language="en").id for n in range(2)]
        first, second = ids
        session.add(Pair(event_id=event.id, first_id=first, second_id=second, bond=Bond.TOGETHER))
    return ids


def person_of(visitor: Participant) -> int:
    """Who somebody is in the database."""
    look_again()
    return db.session.query(Person).filter_by(name=visitor.name).one().id


def test_a_crash_in_mid_round_leaves_everybody_where_they_were(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo")
    round_ = opened(event, mona)
    ada = people["Ada"]
    before = {name: each.room for name, each in people.items()}
    ada.press(".room-duties button", "I take notes")
    ada.press(".room-help button")
    ada.sees(".room-help", "asked the moderators")
    with transaction():
        extend_room(locked_room(round_, ada.room), 3)
    clock = ada.find(".live-head count-down")
    expect(clock).to_have_attribute("deadline", deadline_of(ada.room))
    ada.find(COMPOSER).fill("Half a sentence")
    tab = ada.context.new_page()
    tab.goto(ada.root + f"/e/{event.code}")
    expect(tab).to_have_url(f"{ada.root}/rooms/{ada.room}")
    tab.close()
    with hall.outage():
        hall.server.kill()
        hall.server.start()
        for person in (mona, *people.values()):
            person.does_not_see("#connection-notice", within=SETTLED)
    assert {name: each.room for name, each in people.items()} == before
    expect(ada.find(COMPOSER)).to_have_value("Half a sentence")
    expect(clock).to_have_attribute("deadline", deadline_of(ada.room))
    ada.sees(".room-duty [data-own-only] button", "Give it back")
    ada.reload()
    expect(ada.find(COMPOSER)).to_have_value("Half a sentence")
    ada.sees(".room-help", "asked the moderators")
    mona.sees(".round-calls", "1 room asks for help")
    hall.check()


def locked_room(round_: Round, room_id: int) -> Room:
    locked(Round, round_.id)
    return db.session.get_one(Room, room_id)


def deadline_of(room_id: int) -> str:
    look_again()
    deadline = db.session.get_one(Room, room_id).deadline
    assert deadline is not None
    return str(int(deadline.timestamp() * 1000))


def test_the_end_is_heard_unless_one_does_not_want_to_and_leaves_a_minute(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo")
    loud, quiet, _other = people.values()
    for each in (loud, quiet):
        each.context.add_init_script(SOUNDS)
    round_ = opened(event, mona)
    for each in (loud, quiet):
        assert each.room
        each.reload()
    switch = quiet.sees("sound-switch button")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    loud.press("h1")
    with transaction():
        begin_last_minute(locked(Round, round_.id))
    for person in (loud, quiet, mona):
        person.sees("count-down.is-grace .grace-words")
    expect(loud.find("#notices")).to_contain_text("in a minute everybody is back")
    assert loud.page.evaluate("window.tones") == 1
    assert quiet.page.evaluate("window.tones") == 0
    quiet.reload()
    expect(quiet.sees("sound-switch button")).to_have_attribute("aria-pressed", "false")
    loud.is_usable()
    with transaction() as session:
        over = now() - timedelta(seconds=59)
        session.execute(update(Round).where(Round.id == round_.id).values(ends_at=over))
    for each in people.values():
        each.arrives(f"/e/{event.code}$")
    hall.check()
