"""Who was in which room, and how long: noted as people come and go, told to those who lead."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from app.breakouts import actions, queries
from app.breakouts.models import Part, Stay
from app.breakouts.timekeeping import forget_attendance
from app.database import locked, now, transaction
from app.events import actions as event_actions
from app.events import merging
from app.events.facts import ParticipantLeft
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import announce
from tests.breakouts.rounds import come, room_of, start


def stays(person):
    db.session.rollback()
    wanted = select(Stay).where(Stay.participant_id == person.id).order_by(Stay.id)
    return db.session.scalars(wanted).all()


def leaves(event, person):
    with transaction() as session:
        session.get_one(Participant, person.id).present_until = None
        session.flush()
        announce(ParticipantLeft(event.id, person.id), event.channel)


def table(moderator, event):
    answer = moderator.get(f"/e/{event.code}/attendance?format=csv")
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_whoever_is_there_is_noted_and_the_end_too(event, moderator):
    (person,) = come(event)
    round_ = start(event, "Round 1")
    (stay,) = stays(person)
    assert (stay.room_id, stay.until) == (room_of(round_, person).id, None)
    moderator.delete(f"/rounds/{round_.id}/opening")
    (stay,) = stays(person)
    assert stay.since <= stay.until <= now()


def test_who_is_away_when_the_rooms_open_was_not_there(event):
    here, away = come(event, 2)
    round_ = start(event, "Round 1")
    assert round_.is_open
    (late,) = come(event)
    leaves(event, here)
    assert len(stays(late)) == 1
    assert stays(here)[0].until is not None
    leaves(event, away)
    start(event, "Plenum")
    start(event, "Round 3")
    assert len(stays(away)) == 1  # of the first round
    assert len(stays(late)) == 2


def test_a_while_away_is_left_out(event):
    (person,) = come(event)
    start(event, "Round 1")
    leaves(event, person)
    leaves(event, person)
    for _time in range(2):
        with transaction():
            event_actions.arrive(person.id)
    first, second = stays(person)
    assert first.until is not None
    assert second.until is None


def test_a_move_ends_one_stay_and_begins_another(event, moderator):
    (person,) = come(event)
    round_ = start(event, "Round 1")
    old = room_of(round_, person)
    new = next(room for room in round_.rooms if room.id != old.id)
    moderator.post(f"/rooms/{new.id}/moves", {"person": person.id})
    first, second = stays(person)
    assert (first.room_id, first.until is None) == (old.id, False)
    assert (second.room_id, second.until) == (new.id, None)


def test_while_people_choose_they_are_nowhere(event, moderator):
    (person,) = come(event)
    round_ = start(event, "Round 2")
    assert stays(person) == []
    moderator.delete(f"/rounds/{round_.id}/choice")
    assert len(stays(person)) == 1


def test_the_database_takes_nobody_to_be_in_two_rooms_at_once(event):
    (person,) = come(event)
    round_ = start(event, "Round 1")
    twice = Stay(round_id=round_.id, room_id=round_.rooms[0].id, participant_id=person.id)
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(twice)


def test_moderators_read_it_and_take_it_along(event, moderator, later):
    (person,) = come(event)
    with transaction():
        db.session.get_one(Participant, person.id).name = "=Ada()"
    round_ = start(event, "Round 1")
    later(minutes=7)
    moderator.delete(f"/rounds/{round_.id}/opening")
    with transaction() as session:
        begun = now() - timedelta(minutes=7)
        session.execute(update(Stay).values(since=begun, until=now()))
    (row,) = table(moderator, event)
    assert row["Round"] == "Round 1"
    assert row["Title"] == room_of(round_, person).title
    assert (row["Name"], row["Minutes"]) == ("'=Ada()", "7")
    page = moderator.get(f"/e/{event.code}/attendance").text
    assert "=Ada()" in page
    assert "Round 1" in page
    assert moderator.get(f"/e/{event.code}/attendance?format=xml").status_code == 422


def test_the_results_count_who_was_there_and_where_that_is_unknown_who_had_a_place(
    event, moderator
):
    people = come(event, 6)
    round_ = start(event, "Round 1")
    room = room_of(round_, people[0])
    (mate,) = (p for p in people[1:] if room_of(round_, p).id == room.id)
    with transaction() as session:  # who was placed, and has never been there
        session.execute(delete(Stay).where(Stay.participant_id == mate.id))
    moderator.delete(f"/rounds/{round_.id}/opening")

    def counts():
        (results,) = queries.rooms_with_results(event.id)
        return {each.room.id: each.count for each in results.rooms}

    assert counts() == {each.id: 1 if each.id == room.id else 2 for each in round_.rooms}
    page = moderator.get(f"/e/{event.code}/results").text
    assert page.count("1 person") == 1
    with transaction():
        actions.forget_stays(event.id)
    assert set(counts().values()) == {2}


def test_who_was_in_two_rooms_counts_in_both_and_who_was_removed_in_none(event, moderator):
    stays_there, goes, removed = come(event, 3)
    round_ = start(event, "Round 1")
    new = room_of(round_, stays_there)
    old, third = room_of(round_, goes), room_of(round_, removed)
    moderator.post(f"/rooms/{new.id}/moves", {"person": goes.id})
    with transaction():
        event_actions.remove_person(locked(Participant, removed.id))
    moderator.delete(f"/rounds/{round_.id}/opening")
    (results,) = queries.rooms_with_results(event.id)
    counts = {each.room.id: each.count for each in results.rooms}
    assert counts == {new.id: 2, old.id: 1, third.id: 0}


def test_a_few_statements_read_it_however_many_rooms_there_are(event, statements):
    come(event, 6)
    start(event, "Round 1")
    start(event, "Plenum")
    start(event, "Round 3")
    number = event.id
    db.session.rollback()
    db.session.expunge_all()
    here = db.session.get_one(Event, number)
    del statements[:]
    visits = queries.visits_of(here)
    assert [(v.room.round.item.title, v.person.name) for v in visits] == [
        *[("Round 1", "Guest")] * 6,
        *[("Round 3", "Guest")] * 6,
    ]
    assert len(statements) == 1


def test_before_anything_has_begun_the_page_says_so(event, moderator):
    assert "Nobody was in a room yet." in moderator.get(f"/e/{event.code}/attendance").text
    assert table(moderator, event) == []


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_nobody_else_reads_it(event, who, request):
    visitor = request.getfixturevalue(who)
    start(event, "Round 1")
    for query in ("", "?format=csv"):
        answer = visitor.get(f"/e/{event.code}/attendance{query}")
        assert answer.status_code in (401, 403, 404)


def test_it_goes_with_the_personal_data_of_the_event(event, other_event):
    (person,) = come(event)
    start(event, "Round 1")
    forget_attendance()
    assert len(stays(person)) == 1
    with transaction() as session:
        long_ago = now() - timedelta(days=400)
        session.execute(update(Event).where(Event.id == event.id).values(created_at=long_ago))
    forget_attendance()
    assert stays(person) == []


@pytest.mark.parametrize("are_both_there", [True, False])
def test_what_a_guest_attended_is_the_members_who_claims_it(event, are_both_there):
    guest, member, _other = come(event, 3)
    if not are_both_there:
        leaves(event, member)
    round_ = start(event, "Round 1")
    with transaction():
        actions.appoint(room_of(round_, guest), Part.NOTES, guest, by=guest)
    own = [stay.room_id for stay in stays(member)]
    with transaction():
        merging.merge(guest, member)
    room = room_of(round_, member)
    assert [stay.room_id for stay in stays(member)] == (own or [room.id])
    assert stays(guest) == []
    duty = queries.duty_of(room, Part.NOTES)
    assert (duty is None) is are_both_there
    assert are_both_there or duty.participant_id == member.id


def test_one_takes_ones_own_along_and_deletes_it(event, participant):
    come(event)
    round_ = start(event, "Round 1")
    number = participant.participant_id
    (own,) = participant.get(f"/e/{event.code}/me.json").json["attendance"]
    room = room_of(round_, participant.person)
    assert (own["round"], own["room"], own["until"]) == ("Round 1", room.name, None)
    participant.delete(f"/e/{event.code}/me")
    left = select(func.count()).select_from(Stay)
    assert db.session.scalar(left.where(Stay.participant_id == number)) == 0
    assert db.session.scalar(left) == 1
