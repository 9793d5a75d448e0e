"""People are moved together, swapped, and moved to even rooms out: all of them, or nobody."""

import pytest
from sqlalchemy import update

from app.breakouts import queries
from app.breakouts.models import PlacedHow, Placement
from app.breakouts.planning.balancing import better_balance
from app.database import transaction
from app.events.models import Participant
from app.extensions import db
from app.realtime import View
from tests.breakouts.rounds import come, room_of, sizes, start, where


@pytest.fixture
def round_(event):
    come(event, 9)
    return start(event, "Round 1")


def inside(round_, room):
    return sorted(id for id, room_id in where(round_).items() if room_id == room.id)


def goes_away(*ids):
    with transaction() as session:
        session.execute(
            update(Participant).where(Participant.id.in_(ids)).values(present_until=None)
        )


def test_several_are_moved_at_once(moderator, round_):
    old, new, third = round_.rooms
    people, others = inside(round_, old), inside(round_, third)
    answer = moderator.post(f"/rooms/{new.id}/moves", {"person": people[:2]}, live=True)
    assert "2 people are in room 2 now." in answer.text
    assert set(people[:2]) < set(inside(round_, new))
    assert inside(round_, third) == others


def test_if_one_cannot_be_moved_nobody_is(moderator, host, round_):
    old, new = round_.rooms[:2]
    people = inside(round_, old)
    form = {"person": [*people, host.participant_id]}
    assert moderator.post(f"/rooms/{new.id}/moves", form).status_code == 409
    assert inside(round_, old) == people


@pytest.mark.parametrize("person", [[], ["x"], ["1", ""]])
def test_who_is_to_be_moved_has_to_be_said(moderator, round_, person):
    url = f"/rooms/{round_.rooms[0].id}/moves"
    assert moderator.post(url, {"person": person}).status_code == 422


def test_two_change_places_and_the_third_room_hears_nothing(event, moderator, round_, hear):
    first, second, third = round_.rooms
    (a, *_), (b, *_) = inside(round_, first), inside(round_, second)
    ear = hear(event, View.ROOM, source=third.channel)
    assert moderator.post(f"/rounds/{round_.id}/swaps", {"person": [a, b]}).status_code == 303
    assert (where(round_)[a], where(round_)[b]) == (second.id, first.id)
    assert sizes(round_) == [3, 3, 3]
    assert ear.messages == []


def test_who_shares_a_room_cannot_be_swapped_nor_three(moderator, round_):
    before = where(round_)
    a, b, c = inside(round_, round_.rooms[0])
    url = f"/rounds/{round_.id}/swaps"
    assert moderator.post(url, {"person": [a, b]}).status_code == 409
    assert moderator.post(url, {"person": [a, b, c]}).status_code == 422
    assert moderator.post(url, {"person": [a]}).status_code == 422
    assert where(round_) == before


def test_a_moderator_of_another_event_moves_nobody(other_event, appoint, round_):
    from app.permissions import Role

    stranger = appoint(other_event, Role.MODERATOR)
    before = where(round_)
    a, b = inside(round_, round_.rooms[0])[0], inside(round_, round_.rooms[1])[0]
    calls = [
        stranger.post(f"/rooms/{round_.rooms[1].id}/moves", {"person": a}),
        stranger.post(f"/rounds/{round_.id}/swaps", {"person": [a, b]}),
        stranger.get(f"/rounds/{round_.id}/balance"),
    ]
    assert {answer.status_code for answer in calls} <= {401, 404}
    assert where(round_) == before


def test_who_has_not_come_is_seen_and_the_rooms_are_evened_out(event, moderator, round_):
    first, second, third = round_.rooms
    gone = inside(round_, first)[:2] + inside(round_, second)[:1]
    goes_away(*gone)
    cockpit = moderator.get(f"/e/{event.code}/cockpit").text
    assert "3 people with a room are away." in cockpit
    assert "between 1 and 3 people" in cockpit
    page = moderator.get(f"/rounds/{round_.id}/balance").text
    assert "1 person would move" in page
    (move,) = better_balance(round_)
    assert (move.source, move.target) == (third.id, first.id)
    before = where(round_)
    value = f"{move.person}-{move.source}-{move.target}"
    assert value in page
    moderator.post(f"/rounds/{round_.id}/balance", {"move": value})
    after = where(round_)
    assert {id for id in after if after[id] != before[id]} == {move.person}
    assert "Nobody has to move." in moderator.get(f"/rounds/{round_.id}/balance").text


def test_how_even_the_rooms_are_is_counted_without_reading_anybody(event, round_, statements):
    first, second, _third = round_.rooms
    goes_away(*inside(round_, first)[:2], *inside(round_, second)[:1])
    found = queries.balances([round_.id])[round_.id]
    assert (found["away"], found["is_uneven"], found["sizes"]) == (3, True, [1, 2, 3])
    del statements[:]
    queries.balances([round_.id])
    assert not [each for each in statements if "participant.name" in each]


def test_if_somebody_has_moved_meanwhile_nobody_is_and_the_new_proposal_is_shown(
    event, moderator, round_
):
    first, second, third = round_.rooms
    goes_away(*inside(round_, first)[1:])
    a, b = inside(round_, second)[0], inside(round_, third)[0]
    moderator.post(f"/rooms/{first.id}/moves", {"person": b})
    before = where(round_)
    form = {"move": [f"{a}-{second.id}-{first.id}", f"{b}-{third.id}-{first.id}"]}
    answer = moderator.post(f"/rounds/{round_.id}/balance", form)
    assert answer.status_code == 409
    assert "This is the new proposal" in answer.text
    assert where(round_) == before


@pytest.mark.parametrize("value", ["", "1", "1-2", "1-2-x", "1-2-3-4"])
def test_nonsense_moves_nobody(moderator, round_, value):
    answer = moderator.post(f"/rounds/{round_.id}/balance", {"move": value})
    assert answer.status_code == 422


def test_who_was_put_there_on_purpose_or_leads_a_room_is_not_proposed(event, moderator, round_):
    first, second, _third = round_.rooms
    goes_away(*inside(round_, first))
    moved, leads, *_rest = inside(round_, second)
    with transaction() as session:
        theirs = Placement.participant_id == moved
        session.execute(update(Placement).where(theirs).values(how=PlacedHow.MOVED))
    form = {"to-facilitator": leads}
    moderator.post(f"/rooms/{second.id}/duties/facilitator", form)
    proposed = {move.person for move in better_balance(round_)}
    assert proposed
    assert not proposed & {moved, leads}


def test_where_people_have_chosen_nothing_is_evened_out(event, moderator):
    people = come(event, 6)
    round_ = start(event, "Round 2")
    moderator.delete(f"/rounds/{round_.id}/choice")
    goes_away(*(p.id for p in people if room_of(round_, p).id == round_.rooms[0].id))
    assert better_balance(round_) == []
    assert "Even them out" not in moderator.get(f"/e/{event.code}/cockpit").text


def test_the_cockpit_sees_who_goes_away_and_comes_back(event, moderator, round_, hear):
    from app.events import actions as event_actions
    from app.events.facts import ParticipantLeft
    from app.outbox import announce

    cockpit = hear(event, View.COCKPIT)
    id = inside(round_, round_.rooms[0])[0]
    with transaction() as session:
        session.get_one(Participant, id).present_until = None
        session.flush()
        announce(ParticipantLeft(event.id, id), event.channel)
    assert "1 away" in cockpit.html
    assert f'id="round-balance-{round_.id}"' in cockpit.html
    with transaction():
        event_actions.arrive(id)
    assert "1 away" not in cockpit.messages[-1]["html"]
    db.session.rollback()
