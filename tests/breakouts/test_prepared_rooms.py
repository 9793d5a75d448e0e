"""Rounds that are prepared: by hand, or from a list, of which nothing is taken over by half."""

import io
import re

import pytest
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.models import PlacedHow, Placement, PreparedPlace
from app.breakouts.routes import preparing
from app.extensions import db
from tests.breakouts.plans import come_as, plan
from tests.breakouts.rounds import come, make_conference, room_of, sizes, start, where


@pytest.fixture
def round_(event):
    """A round that is placed by hand, with three topics."""
    return plan(event, mode="manual")


def send(moderator, round_, text):
    form = {"list": (io.BytesIO(text.encode()), "places.csv")}
    url = f"/rounds/{round_.id}/places/list"
    return moderator.post(url, form, content_type="multipart/form-data")


def prepared():
    rows = db.session.scalars(select(PreparedPlace))
    return {each.participant_id: each.number for each in rows}


def test_everybody_is_where_they_were_prepared_to_be_and_the_rest_where_fewest_are(
    event, round_, moderator, join
):
    first, second = join(event), join(event)
    others = come(event, 4)
    form = {f"place-{first.participant_id}": "3", f"place-{second.participant_id}": "3"}
    assert moderator.put(f"/rounds/{round_.id}/places", form).status_code == 303
    page = moderator.get(f"/rounds/{round_.id}/preview").text
    assert page.count("<small>prepared</small>") == 2
    start(event, "Round 1")
    third = round_.rooms[2]
    assert {room_of(round_, v.person).id for v in (first, second)} == {third.id}
    assert sizes(round_) == [2, 2, 2]
    ways = {p.participant_id: p.how for p in db.session.scalars(select(Placement))}
    assert ways[first.participant_id] is PlacedHow.PREPARED
    assert {ways[person.id] for person in others} == {PlacedHow.AUTOMATIC}
    assert "Prepared by the moderators." in first.get(f"/rounds/{round_.id}/me/reason").text


def test_a_place_is_changed_and_taken_back(event, round_, moderator, join):
    visitor = join(event)
    field = f"place-{visitor.participant_id}"
    moderator.put(f"/rounds/{round_.id}/places", {field: "3"})
    moderator.put(f"/rounds/{round_.id}/places", {field: "1"})
    assert prepared() == {visitor.participant_id: 1}
    assert "selected" in moderator.get(f"/rounds/{round_.id}/places").text
    moderator.put(f"/rounds/{round_.id}/places", {field: ""})
    assert prepared() == {}


def fields_in(page):
    return re.findall(r'name="place-(\d+)"', page)


def test_of_many_people_a_page_shows_some_finds_others_and_changes_only_those(
    event, round_, moderator, join, monkeypatch
):
    monkeypatch.setattr(preparing, "MOST_SHOWN", 2)
    people = [join(event, name) for name in ("Ada", "Ben", "Cem", "Dora", "Emil")]
    url = f"/rounds/{round_.id}/places"
    ids = [str(person.participant_id) for person in people]
    first = moderator.get(url).text
    assert fields_in(first) == ids[:2]
    assert "1 to 2 of 5 people" in first
    assert fields_in(moderator.get(f"{url}?start=2").text) == ids[2:4]
    assert fields_in(moderator.get(f"{url}?start=4").text) == ids[4:]
    assert fields_in(moderator.get(f"{url}?q=EMI").text) == ids[4:]
    assert fields_in(moderator.get(f"{url}?q=nobody&start=9").text) == []
    moderator.put(url, {f"place-{ids[0]}": "1"})
    answer = moderator.put(f"{url}?q=emil", {f"place-{ids[4]}": "2"})
    assert answer.headers["Location"].endswith(f"{url}?q=emil")
    assert prepared() == {int(ids[0]): 1, int(ids[4]): 2}


@pytest.mark.parametrize("number", ["4", "0", "-1", "x"])
def test_a_room_that_there_is_not_is_refused(event, round_, moderator, join, number):
    visitor = join(event)
    answer = moderator.put(
        f"/rounds/{round_.id}/places", {f"place-{visitor.participant_id}": number}
    )
    assert answer.status_code == 422
    assert prepared() == {}


def test_a_list_names_people_by_number_address_or_name_and_rooms_by_title_or_number(
    event, round_, moderator, join, account
):
    named = join(event, "Nora Name")
    numbered = join(event, "Same")
    join(event, "Same")
    member = come_as(event, account("mail@example.org"), "Mel")
    text = (
        "Nummer;Name;E-Mail;Raum\n"
        ";nora name;;political anchoring\n"
        f"{numbered.participant_id};Same;;3\n"
        ";;MAIL@example.org;Reaching parents early\n"
    )
    answer = send(moderator, round_, text)
    assert answer.status_code == 303
    assert prepared() == {named.participant_id: 2, numbered.participant_id: 3, member.id: 1}
    assert "3 people have a place now." in moderator.get(answer.location).text


def test_what_is_wrong_is_said_by_line_and_nothing_is_taken_over(event, round_, moderator, join):
    join(event, "Right")
    join(event, "Twin")
    join(event, "Twin")
    text = "name,room\nRight,1\nNobody Knows,1\nTwin,2\nRight,7\n,1\nMona Moderator,1\nright,2\n"
    answer = send(moderator, round_, text)
    assert answer.status_code == 422
    page = answer.text
    for words in (
        "Line 3:</strong> Nobody called “Nobody Knows” is in this event.",
        "Line 4:</strong> Several people are called “Twin”: give their number.",
        "Line 5:</strong> There is no room “7”.",
        "Line 6:</strong> Nobody is named.",
        "Line 7:</strong> “Mona Moderator” leads the event, and stays out of the rooms.",
        "Line 8:</strong> Right stands in the list twice.",
    ):
        assert words in page
    assert prepared() == {}


@pytest.mark.parametrize("text", ["", "name\nRight\n", "room\n", "\x00\x01", 'a"b\n"c'])
def test_what_is_no_such_list_is_refused(event, round_, moderator, text):
    answer = send(moderator, round_, text)
    assert answer.status_code == 422
    assert "put right first" in answer.text


def test_where_no_room_is_planned_the_list_brings_them(app, appoint, join):
    from app.permissions import Role

    event = make_conference(topics=())
    moderator = appoint(event, Role.MODERATOR)
    round_ = plan(event, mode="manual")
    one, two = join(event, "One"), join(event, "Two")
    assert send(moderator, round_, "name,room\nOne,Transfer\nTwo,Material\n").status_code == 303
    start(event, "Round 1")
    assert [room.title for room in round_.rooms] == ["Transfer", "Material"]
    assert room_of(round_, one.person).title == "Transfer"
    assert room_of(round_, two.person).title == "Material"


def test_a_second_list_changes_only_whom_it_names(event, round_, moderator, join):
    one, two = join(event, "One"), join(event, "Two")
    send(moderator, round_, "name,room\nOne,1\nTwo,1\n")
    send(moderator, round_, "name,room\nTwo,2\n")
    assert prepared() == {one.participant_id: 1, two.participant_id: 2}


def test_people_are_prepared_only_where_rounds_are_prepared_and_before_they_begin(
    event, round_, moderator, join
):
    visitor = join(event)
    form = {f"place-{visitor.participant_id}": "1"}
    plan(event, mode="automatic")
    assert moderator.put(f"/rounds/{round_.id}/places", form).status_code == 409
    plan(event, mode="manual")
    start(event, "Round 1")
    assert moderator.put(f"/rounds/{round_.id}/places", form).status_code == 409
    assert prepared() == {}


def test_who_is_prepared_and_absent_is_in_no_room(event, round_, moderator, join):
    visitor = join(event)
    (absent,) = come(event)
    moderator.put(f"/rounds/{round_.id}/places", {f"place-{absent.id}": "2"})
    from app.database import now, transaction

    with transaction():
        absent.present_until = now()
    start(event, "Round 1")
    assert absent.id not in where(round_)
    assert visitor.participant_id in where(round_)
    assert queries.prepared_in(round_) == {absent.id: 2}


def test_who_is_prepared_and_comes_late_goes_to_their_room_all_the_same(
    event, round_, moderator, join
):
    people = [join(event) for _ in range(5)]
    (late,) = come(event)
    places = {f"place-{visitor.participant_id}": "2" for visitor in people}
    moderator.put(f"/rounds/{round_.id}/places", {**places, f"place-{late.id}": "2"})
    from app.database import now, transaction
    from app.events import actions

    with transaction():
        late.present_until = now()
    start(event, "Round 1")
    with transaction():
        actions.arrive(late.id)
    assert sizes(round_) == [0, 6, 0]
    assert db.session.get_one(Placement, (round_.id, late.id)).how is PlacedHow.PREPARED
