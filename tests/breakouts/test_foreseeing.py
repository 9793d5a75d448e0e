"""Who goes where is computed before the transaction that opens the rooms, and is true in it."""

import pytest
from sqlalchemy import select

from app.breakouts import actions, queries
from app.breakouts.models import Bond, PlacedHow, Placement, Round, RoundState
from app.breakouts.planning import drafting, foreseeing, previews
from app.breakouts.timekeeping import keep_time
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from app.permissions import Role
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, item, sizes, start, where
from tests.factories import look_again
from tests.together import failures, together


@pytest.fixture
def computed(monkeypatch):
    """Whether a transaction was held, each time that something was computed."""
    held = []

    def watch(name):
        function = getattr(drafting, name)

        def compute(*args, **kwargs):
            held.append(bool(db.session.info.get("writing")))
            return function(*args, **kwargs)

        monkeypatch.setattr(drafting, name, compute)

    for name in ("plan_spreading", "fulfil"):
        watch(name)
    return held


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen once the rooms are computed: `meanwhile(deed)`."""

    def happens(deed):
        draft, done = foreseeing.draft, []

        def drafted(*args):
            result = draft(*args)
            if not done:
                done.append(True)
                with transaction():
                    deed()
            return result

        monkeypatch.setattr(foreseeing, "draft", drafted)

    return happens


def planned(event, title="Round 1"):
    return queries.round_of(item(event, title))


def open_by_step(moderator, event, title="Round 1"):
    path = f"/e/{event.code}/step"
    assert moderator.post(path, {"item": item(event, title).id}).status_code == 303
    look_again()
    return planned(event, title)


def how(round_, person_id):
    return db.session.get_one(Placement, (round_.id, person_id)).how


def test_coming_to_a_round_computes_once_while_nobody_waits(event, moderator, computed):
    come(event, 7)
    round_ = open_by_step(moderator, event)
    assert sizes(round_) == [3, 2, 2]
    assert computed == [False]


def test_so_does_opening_the_rooms_by_hand(event, moderator, computed):
    come(event, 7)
    with transaction():
        event_actions.start_step(event, item(event, "Plenum"))
        event.current_item = item(event, "Round 1")
    round_ = planned(event)
    assert moderator.post(f"/rounds/{round_.id}/opening").status_code == 303
    look_again()
    assert sizes(round_) == [3, 2, 2]
    assert computed == [False]


def test_a_program_waits_for_it_no_more_than_a_page(event, moderator, computed, bearer):
    come(event, 5)
    path = f"/api/v1/events/{event.code}/step"
    answer = moderator.put(path, json={"step": item(event, "Round 1").id}, headers=bearer)
    assert answer.status_code == 200
    assert computed == [False]


@pytest.fixture
def bearer(moderator):
    """The header of a program that leads."""
    from app.identity import TokenKind, issue

    with transaction():
        token = issue(TokenKind.API, participant_id=moderator.participant_id)
    return {"Authorization": f"Bearer {token}"}


def test_what_was_previewed_is_what_opens(event, moderator):
    come(event, 9)
    shown = previews.shown(planned(event))
    foreseen = [{person.id for person in room.people} for room in shown.rooms]
    round_ = open_by_step(moderator, event)
    inside = where(round_)
    opened = [{who for who, at in inside.items() if at == room.id} for room in round_.rooms]
    assert opened == foreseen


def test_who_comes_meanwhile_is_placed_where_fewest_are(event, moderator, computed, meanwhile):
    come(event, 5)
    came = []
    meanwhile(lambda: came.append(event_actions.join(event, name="Late").id))
    round_ = open_by_step(moderator, event)
    assert computed == [False]
    assert sizes(round_) == [2, 2, 2]
    assert how(round_, came[0]) is PlacedHow.LATE


def test_where_many_come_meanwhile_it_is_computed_anew(event, moderator, computed, meanwhile):
    come(event, 5)

    def many():
        for _one in range(foreseeing.A_FEW + 2):
            event_actions.join(event, name="Late")

    meanwhile(many)
    round_ = open_by_step(moderator, event)
    assert computed == [False, True]
    assert sizes(round_) == [9, 9, 9]


def test_who_goes_meanwhile_keeps_the_place_they_just_had(event, moderator, computed, meanwhile):
    people = come(event, 6)

    def go():
        db.session.get_one(Participant, people[0].id).present_until = None

    meanwhile(go)
    round_ = open_by_step(moderator, event)
    assert computed == [False]
    assert sizes(round_) == [2, 2, 2]


@pytest.mark.parametrize("change", ["role", "removed"])
def test_who_no_longer_belongs_there_is_in_no_room(event, moderator, computed, meanwhile, change):
    people = come(event, 7)

    def leave():
        person = db.session.get_one(Participant, people[0].id)
        if change == "role":
            event_actions.change_person(person, role=Role.OBSERVER)
        else:
            event_actions.remove_person(person)

    meanwhile(leave)
    round_ = open_by_step(moderator, event)
    assert computed == [False, True]
    assert people[0].id not in where(round_)
    assert sizes(round_) == [2, 2, 2]


def test_what_moderators_plan_meanwhile_holds(event, moderator, computed, meanwhile):
    one, two = come(event, 6)[:2]
    names = one.id, two.id

    def bind():
        first, second = (db.session.get_one(Participant, id) for id in names)
        actions.bind(planned(event), first, second, Bond.TOGETHER, everywhere=False)

    meanwhile(bind)
    inside = where(open_by_step(moderator, event))
    assert computed == [False, True]
    assert inside[names[0]] == inside[names[1]]


def test_wishes_are_fulfilled_before_anybody_waits(event, join, moderator, computed, later):
    visitor = join(event)
    plan(event, "Round 1", mode="wishes", choosing_minutes="2")
    round_ = start(event, "Round 1")
    rooms = [round_.rooms[1].id]
    visitor.put(f"/rounds/{round_.id}/wishes", {"room": rooms})
    later(minutes=3)
    keep_time()
    look_again()
    assert round_.state is RoundState.OPEN
    assert where(round_)[visitor.participant_id] == rooms[0]
    assert computed == [False]


def test_ending_the_choice_by_hand_computes_before_anybody_waits(event, join, moderator, computed):
    visitor = join(event)
    plan(event, "Round 1", mode="wishes", choosing_minutes="2")
    round_ = start(event, "Round 1")
    visitor.put(f"/rounds/{round_.id}/wishes", {"room": [round_.rooms[2].id]})
    assert moderator.delete(f"/rounds/{round_.id}/choice").status_code == 303
    look_again()
    assert where(round_)[visitor.participant_id] == round_.rooms[2].id
    assert computed == [False]


def test_nobody_else_lets_anything_be_computed(event, participant, host, outsider, computed):
    come(event, 4)
    round_ = planned(event)
    for visitor in (participant, host, outsider):
        step = {"item": item(event, "Round 1").id}
        assert visitor.post(f"/e/{event.code}/step", step).status_code in (401, 403, 404)
        assert visitor.post(f"/rounds/{round_.id}/opening").status_code in (401, 403, 404)
        assert visitor.delete(f"/rounds/{round_.id}/choice").status_code in (401, 403, 404)
    assert computed == []


def test_what_was_foreseen_for_one_round_plays_no_part_in_another(event):
    come(event, 4)
    one, two = planned(event), planned(event, "Round 3")
    with foreseeing.foreseen(one.id):
        people = come(event, 1)
        assert people[0] not in foreseeing.expected(one, queries.placeable(event.id))
        assert people[0] in foreseeing.expected(two, queries.placeable(event.id))
    assert people[0] in foreseeing.expected(one, queries.placeable(event.id))


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"])
@pytest.mark.parametrize("_try", range(3))
def test_everybody_is_placed_whoever_comes_while_it_is_computed(app, event, _try):
    come(event, 9)
    event_id, round_id = event.id, planned(event).id
    step = item(event, "Round 1").id

    def opening():
        with foreseeing.foreseen(round_id), transaction():
            held = db.session.get_one(Event, event_id)
            event_actions.start_step(held, next(i for i in held.items if i.id == step))

    def joining():
        with transaction():
            event_actions.join(db.session.get_one(Event, event_id), name="Guest")

    assert failures(together(app, *[joining] * 3, opening, *[joining] * 3)) == []
    round_ = db.session.get_one(Round, round_id)
    assert len(where(round_)) == 15
    assert sizes(round_) == [5, 5, 5]
    people = db.session.scalars(select(Participant.id).where(Participant.event_id == event_id))
    assert set(people) == set(where(round_))


def test_opening_it_twice_at_once_computes_in_vain_and_opens_once(event, computed):
    come(event, 4)
    round_ = planned(event)
    with foreseeing.foreseen(round_.id):
        with foreseeing.foreseen(round_.id), transaction():
            event_actions.start_step(event, item(event, "Round 1"))
        with transaction():
            held = locked(Round, round_.id)
            assert held.is_open
    assert sizes(round_) == [2, 1, 1]
    assert computed == [False, False]
