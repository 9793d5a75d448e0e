"""What is planned for people is personal: it moves with them, and ends when they are forgotten."""

from sqlalchemy import select

from app.breakouts import actions, queries
from app.breakouts.models import Bond, Pair, PreparedPlace, Round
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events import merging, retention
from app.extensions import db
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, start


def bind(round_, first, second, bond=Bond.APART):
    with transaction():
        held = locked(Round, round_.id)
        actions.bind(held, first, second, bond, everywhere=False)


def prepare(round_, places):
    with transaction():
        actions.prepare(locked(Round, round_.id), places)


def merge(guest, member):
    with transaction():
        merging.merge(guest, member)


def test_what_was_planned_for_a_guest_holds_for_the_member_they_are(event):
    round_ = plan(event, mode="manual")
    guest, member, other = come(event, 3)
    bind(round_, guest, other)
    prepare(round_, {guest.id: 2})
    merge(guest, member)
    assert [pair.ids for pair in queries.pairs_of(round_)] == [(member.id, other.id)]
    assert queries.prepared_in(round_) == {member.id: 2}


def test_what_was_planned_for_both_stays_as_it_is_for_the_member(event):
    round_ = plan(event, mode="manual")
    guest, member = come(event, 2)
    bind(round_, guest, member)
    prepare(round_, {guest.id: 2, member.id: 1})
    merge(guest, member)
    assert queries.pairs_of(round_) == []
    assert queries.prepared_in(round_) == {member.id: 1}


def test_wishes_of_both_do_not_mix(event):
    guest, member = come(event, 2)
    plan(event, mode="wishes")
    round_ = start(event, "Round 1")
    with transaction():
        held = locked(Round, round_.id)
        actions.name_wishes(held, guest, round_.rooms)
        actions.name_wishes(held, member, round_.rooms[:1])
    merge(guest, member)
    assert queries.wishes_in(round_) == {member.id: [round_.rooms[0].id]}


def test_when_guests_are_forgotten_nothing_is_planned_for_them_any_more(event):
    round_ = plan(event, mode="manual")
    first, second = come(event, 2)
    bind(round_, first, second, Bond.TOGETHER)
    prepare(round_, {first.id: 1})
    with transaction():
        event.retention_months = 0
        event.created_at = event.created_at.replace(year=2020)
    retention.forget_guests()
    assert db.session.scalars(select(Pair)).all() == []
    assert db.session.scalars(select(PreparedPlace)).all() == []


def test_who_asks_to_be_forgotten_is_in_no_pair(event, participant):
    round_ = plan(event, mode="automatic")
    (other,) = come(event)
    bind(round_, participant.person, other)
    participant.delete(f"/e/{event.code}/me")
    assert db.session.scalars(select(Pair)).all() == []


def test_pairs_do_not_go_along_into_another_event(event):
    round_ = plan(event, mode="automatic")
    bind(round_, *come(event, 2))
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    assert all(queries.pairs_of(each) == [] for each in queries.rounds_in(copy.id))
