"""Steps 7 to 9: three breakout rounds, assigned, chosen, and by municipality."""

from collections import Counter
from datetime import timedelta

from playwright.sync_api import expect

from app.breakouts.facts import RoundExtended
from app.breakouts.models import GRACE, Round
from app.database import now, transaction
from app.extensions import db
from app.outbox import announce
from tests.browser.actors import Participant
from tests.browser.conference import Conference
from tests.browser.steps.gathering import FAMILIES

IMPULSE = "Wir laden die Kliniken zu einem runden Tisch ein."
EXPERIENCE = "In our town a midwife visits every family once."
HALF_TYPED = "Das wollte ich noch sagen, aber da war die Zeit"
REQUEST = "Bitte ein Muster für Kooperationsvereinbarungen"
HUGO = "Hugo Hill"


def mates(c: Conference, rooms: dict[str, int]) -> dict[int, list[Participant]]:
    """Who is in which room."""
    return {room: [c.named(n) for n, r in rooms.items() if r == room] for room in rooms.values()}


def where_all_are(c: Conference) -> dict[str, int]:
    """The room that each participant's page has led them into."""
    return {person.name: person.room for person in c.participants}


def let_time_pass(c: Conference, *, choosing: bool = False) -> None:
    """Bring the deadline of the open round near, as if the time had passed."""
    with transaction():
        round_ = db.session.query(Round).filter(Round.item_id == c.event.current_item_id).one()
        soon = now() + timedelta(seconds=2)
        if choosing:
            round_.choose_until = soon
        else:
            round_.ends_at = soon - GRACE
        announce(RoundExtended(round_.id), round_.event.channel)


# Round 1


def everybody_is_led_into_a_room(c: Conference) -> None:
    c.moderator.next()
    rooms = where_all_are(c)
    sizes = Counter(rooms.values())
    assert len(sizes) == 3
    assert max(sizes.values()) - min(sizes.values()) <= 1, sizes
    for town in (("Anna Auer", "Ben Baker", "Carla Conrad"), ("Dora Dean", "Emil Ernst")):
        assert len({rooms[name] for name in town}) == len(town), rooms
    deadlines = {p.find(".live-head count-down").get_attribute("deadline") for p in c.participants}
    assert len(deadlines) == 1
    c.screen.sees(".screen-rooms li", FAMILIES)
    c.screen.sees("count-down")
    c.host.arrives(r"/rounds/\d+/room$")
    c.host.is_usable()


def rooms_show_who_is_here_and_what_is_said(c: Conference) -> None:
    rooms = where_all_are(c)
    anna, ben = c.named("Anna Auer"), c.named("Ben Baker")
    for person in (anna, ben):
        for mate in mates(c, rooms)[rooms[person.name]]:
            person.sees(".roster .person-name", mate.name)
    ben.contribute("experience", EXPERIENCE)
    anna.contribute("impulse", IMPULSE)
    anna.contribute("concern", "Wer bezahlt die Besuche?")
    for mate in mates(c, rooms)[rooms[anna.name]]:
        mate.finds("li.contribution--impulse", IMPULSE)
    ben.knows_nothing_of(IMPULSE)
    for person in c.participants:
        if person.find("h1", FAMILIES).count():
            person.sees("li.proposal", "Willkommensbesuche")
    c.look("room", c.moderator, c.screen, anna, ben)


def nobody_enters_another_room(c: Conference) -> None:
    anna, ben = c.named("Anna Auer"), c.named("Ben Baker")
    own = anna.room
    anna.open(f"/rooms/{ben.room}")
    anna.arrives(f"/rooms/{own}$")


def a_late_comer_is_placed(c: Conference) -> None:
    hugo = Participant(c.hall, HUGO, language="en")
    c.participants.append(hugo)
    hugo.open(f"/join/{c.code}")
    hugo.find("#name").fill(HUGO)
    hugo.find("#municipality").select_option(label="Auental")
    hugo.press("#join-form button[type=submit]")
    hugo.arrives(r"/rooms/\d+$", within=2000)
    sizes = Counter(where_all_are(c).values())
    assert max(sizes.values()) - min(sizes.values()) <= 1, sizes


def the_moderator_moves_somebody_and_gives_time(c: Conference) -> None:
    hugo, paul = c.named(HUGO), c.moderator
    before = hugo.room
    tile = paul.sees(f"#room-tile-{before}")
    tile.locator(".room-people summary").click()
    tile.locator(".seat-list li", has_text=HUGO).locator("input").check()
    paul.find(f".room-row:not(#room-tile-{before}) button[formaction$='/moves']").first.click()
    hugo.arrives(rf"/rooms/(?!{before}$)\d+$")
    hugo.sees(".roster .person-name", HUGO)
    anna = c.named("Anna Auer")
    clock = anna.find(".live-head count-down")
    deadline = int(clock.get_attribute("deadline") or 0)
    paul.press("button[formaction*='minutes=5']")
    for person in c.participants:
        expect(person.find(".live-head count-down")).to_have_attribute(
            "deadline", str(deadline + 5 * 60_000)
        )


def a_room_hands_in_what_it_asks_for(c: Conference) -> None:
    ben = c.named("Ben Baker")
    ben.press(".room-report a")
    ben.find("#report-discussed").fill("Besuche und ihre Kosten")
    ben.find("#report-request").fill(REQUEST)
    c.look("report", ben)
    ben.press("form[id^=report-form] button[type=submit]")
    ben.arrives(r"/rooms/\d+$")
    ben.sees(".room-report", REQUEST)


def at_the_end_all_are_back_and_nothing_typed_is_lost(c: Conference) -> None:
    carla = c.named("Carla Conrad")
    carla.find("form[id^=contribution-form] textarea").fill(HALF_TYPED)
    c.moderator.next()
    for person in c.participants:
        person.arrives(f"/e/{c.code}$")
        person.sees("#stage .chapter", REQUEST)
    c.look("round-over", c.moderator, c.screen, *c.participants[:2])
    carla.press("a[href$='/report']")
    field = carla.sees("form[id^=contribution-form] textarea")
    expect(field).to_have_value(HALF_TYPED)
    carla.is_usable()
    carla.find("form[id^=contribution-form] button.btn-primary").click()
    carla.arrives(r"/report$")
    carla.press("nav.tabs a")
    carla.sees("#stage .contribution", HALF_TYPED)


# Round 2


def everybody_chooses_another_room(c: Conference) -> None:
    c.moderator.next()
    for person in c.participants:
        person.arrives(r"/rounds/\d+/room$")
        person.sees("#room-choice")
        expect(person.find("#room-choice .badge")).to_have_count(1)  # where they were
    waiting = c.moderator.sees("[id^=choosing-]")
    expect(waiting).to_contain_text("8")
    c.look("choosing", c.moderator, c.screen, *c.participants[:2])
    for person in c.participants[:6]:
        person.find("#room-choice button").first.click()
        assert person.room
    expect(waiting).to_contain_text("2")
    c.screen.sees("[id^=choosing-]", "2")


def the_undecided_are_placed(c: Conference) -> None:
    let_time_pass(c, choosing=True)
    assert len(where_all_are(c)) == 8
    c.named("Dora Dean").contribute("impulse", "A common calendar for all hospitals")


def the_clock_ends_the_round(c: Conference) -> None:
    let_time_pass(c)
    for person in c.participants:
        person.arrives(f"/e/{c.code}$")
    c.moderator.sees(".next-step", "Austauschrunde 3")


# Round 3


def municipalities_meet(c: Conference) -> None:
    c.moderator.next()
    rooms = where_all_are(c)
    assert len({rooms[n] for n in ("Anna Auer", "Ben Baker", "Carla Conrad", HUGO)}) == 1, rooms
    assert len({rooms[n] for n in ("Dora Dean", "Emil Ernst", "Fay Fuller")}) == 1, rooms
    assert rooms["Anna Auer"] != rooms["Dora Dean"]
    c.named("Ben Baker").sees("h1", "Auental")
    c.named("Ben Baker").sees("li.contribution--impulse", IMPULSE)  # lies ready
    c.named("Dora Dean").does_not_read(IMPULSE)
    dora = c.named("Dora Dean")
    dora.sees("h1", "Zechenau")
    dora.sees("h1", "Kreis Lippborg")
    dora.sees(".room-head .notice")  # why they share a room
    dora.sees("li.contribution--impulse", "common calendar")
    c.moderator.sees(".room-row h3", "Zechenau")
    c.look("municipalities", c.moderator, c.screen, *c.participants[:2])
    dora.is_usable()


def the_third_round_ends(c: Conference) -> None:
    c.moderator.front().keyboard.press("n")
    for person in c.participants:
        person.arrives(f"/e/{c.code}$")
