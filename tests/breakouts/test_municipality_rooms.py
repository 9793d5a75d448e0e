"""Round 3: rooms by municipality, small ones merged visibly; what was said before lies ready."""

from app.database import transaction
from app.events import actions as event_actions
from app.realtime import View
from tests.breakouts.rounds import come, room_of, sizes, start, where


def test_each_municipality_has_its_room_and_small_ones_share_visibly(event, municipality, join):
    east = municipality("Oststadt", cluster="2")
    west = municipality("Weststadt", cluster="2")
    north = municipality("Nordstadt", cluster="3")
    come(event, 3, north)
    come(event, 3, east)
    visitor = join(event, "Wanda West", west)
    round_ = start(event, "Round 3")
    assert [(room.title, room.why) for room in round_.rooms] == [
        ("Nordstadt", None),
        ("Oststadt · Weststadt", "cluster"),
    ]
    assert sizes(round_) == [3, 4]
    page = visitor.get(f"/rooms/{where(round_)[visitor.participant_id]}").text
    assert "Oststadt · Weststadt" in page
    assert "You share this room because fewer than three people" in page
    assert "with 3 others" in page


def test_who_comes_later_goes_to_their_municipality(event, municipality):
    north, south = municipality("Nordstadt", cluster="1"), municipality("Südstadt", cluster="2")
    come(event, 5, north)
    come(event, 3, south)
    round_ = start(event, "Round 3")
    (late,) = come(event, 1, north)
    assert room_of(round_, late).title == "Nordstadt"


def test_a_late_municipality_is_taken_in_by_its_neighbours_and_all_see_it(
    event, municipality, hear
):
    near = municipality("Nachbar", cluster="1", state="Hessen")
    far = municipality("Ferne", cluster="2", state="Bayern")
    new = municipality("Neuling", cluster="1", state="Bayern")
    come(event, 4, near)
    come(event, 3, far)
    round_ = start(event, "Round 3")
    neighbours = next(room for room in round_.rooms if room.title == "Nachbar")
    inside = hear(event, View.ROOM, source=neighbours.channel)
    first, second = come(event, 2, new)
    assert room_of(round_, first).id == room_of(round_, second).id == neighbours.id
    assert neighbours.title == "Nachbar · Neuling"
    assert neighbours.why == "cluster"
    assert "Nachbar · Neuling" in inside.html
    assert "you work together in the programme" in inside.html


def test_without_a_cluster_the_state_decides_and_then_the_smallest_room(event, municipality):
    hesse = municipality("Hessenstadt", cluster="1", state="Hessen")
    bavaria = municipality("Bayernstadt", cluster="2", state="Bayern")
    come(event, 4, hesse)
    come(event, 3, bavaria)
    round_ = start(event, "Round 3")
    (same_state,) = come(event, 1, municipality("Andere", cluster="9", state="Hessen"))
    assert room_of(round_, same_state).title.startswith("Hessenstadt")
    (stranger,) = come(event, 1, municipality("Fremde", cluster="8", state="Bremen"))
    assert room_of(round_, stranger).title == "Bayernstadt · Fremde"


def test_people_without_a_municipality_have_a_room_for_their_state(event, municipality):
    come(event, 3, municipality("Bayernstadt", cluster="2", state="Bayern"))
    guests = come(event, 3, state="Hessen")
    round_ = start(event, "Round 3")
    assert {room_of(round_, guest).title for guest in guests} == {"Hessen"}
    (late,) = come(event, 1, state=" hessen ")
    assert room_of(round_, late).title == "Hessen"


def test_the_spelling_of_a_state_does_not_matter(event, municipality):
    municipality("Hessenstadt", state="Hessen")
    guests = come(event, 2, state="hessen") + come(event, 1, state="HESSEN")
    round_ = start(event, "Round 3")
    assert [room.title for room in round_.rooms] == ["Hessen"]
    assert set(where(round_)) == {guest.id for guest in guests}


def test_who_has_neither_is_in_the_common_room(event, municipality, join):
    come(event, 3, municipality("Bayernstadt"))
    come(event, 2)
    visitor = join(event)
    round_ = start(event, "Round 3")
    room = room_of(round_, visitor.person)
    assert room.title == ""
    assert "Common room" in visitor.get(f"/rooms/{room.id}").text
    (late,) = come(event)
    assert room_of(round_, late).id == room.id


def test_with_nobody_present_the_first_to_come_opens_a_room(event, municipality, hear):
    cockpit = hear(event, View.COCKPIT)
    round_ = start(event, "Round 3")
    assert round_.rooms == []
    (first,) = come(event, 1, municipality("Erststadt"))
    room = room_of(round_, first)
    assert (room.title, room.number, room.why) == ("Erststadt", 1, None)
    assert f'id="room-tile-{room.id}"' in cockpit.html
    (second,) = come(event)
    assert room_of(round_, second).id == room.id


def test_the_place_that_was_given_on_joining_counts_at_once(event, municipality, browser):
    come(event, 3, municipality("Bayernstadt", state="Bayern"))
    come(event, 3, state="Hessen")
    round_ = start(event, "Round 3")
    client = browser()
    client.post(f"/join/{event.code}", data={"name": "Gast", "municipality": "", "state": "Hessen"})
    number = client.remembers()["participants"][str(event.id)]
    assert where(round_)[number] in {room.id for room in round_.rooms if room.title == "Hessen"}


def test_the_impulses_of_earlier_rounds_lie_ready_with_where_they_came_from(
    event, municipality, join, moderator
):
    home, away = municipality("Heimstadt"), municipality("Anderstadt", cluster="7", state="Berlin")
    come(event, 3, home)
    come(event, 3, away)
    ours, theirs = join(event, "Ours", home), join(event, "Theirs", away)
    first = start(event, "Round 1")
    for visitor, kind, text in (
        (ours, "impulse", "Our impulse"),
        (ours, "concern", "Our concern"),
        (theirs, "impulse", "Their impulse"),
        (ours, "impulse", "A hidden impulse"),
        (ours, "impulse", "A withdrawn impulse"),
    ):
        room = where(first)[visitor.participant_id]
        form = {"kind": kind, "text": text, "key": text}
        assert visitor.post(f"/rooms/{room}/contributions", form).status_code == 303
    written = {c.text: c.id for c in contributions(event)}
    moderator.post(f"/e/{event.code}/hidden/contribution/{written['A hidden impulse']}")
    ours.delete(f"/contributions/{written['A withdrawn impulse']}")
    round_ = start(event, "Round 3")
    page = ours.get(f"/rooms/{where(round_)[ours.participant_id]}").text
    assert "Our impulse" in page
    assert "from “Round 1”, room" in page
    for text in ("Our concern", "Their impulse", "A hidden impulse", "A withdrawn impulse"):
        assert text not in page


def test_going_on_with_another_agenda_leaves_templates_alone(event):
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    round_ = start(copy, "Round 3")
    assert round_.is_open
    assert round_.rooms == []


def contributions(event):
    from sqlalchemy import select

    from app.breakouts.models import Contribution
    from app.extensions import db

    return db.session.scalars(select(Contribution)).all()
