"""Who is to be with somebody or apart: where people choose, and where they are prepared."""

import pytest

from app.breakouts import actions
from app.breakouts.models import Bond, Round
from app.database import locked, transaction
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import sizes, start, where

TOPICS = "One\nTwo"


@pytest.fixture
def guests(event, join):
    """Six people."""
    return [join(event, f"Guest-{number}-") for number in range(6)]


def bind(round_, first, second, bond):
    with transaction():
        held = locked(Round, round_.id)
        actions.bind(held, first.person, second.person, bond, everywhere=True)


def rooms_of(round_, people):
    inside = where(round_)
    return [inside[visitor.participant_id] for visitor in people]


@pytest.mark.parametrize("mode", ["self_select", "wishes"])
def test_who_does_not_choose_is_placed_as_the_pairs_say(event, guests, mode):
    round_ = plan(event, "Round 1", mode=mode, topics=TOPICS)
    apart, together = guests[:2], guests[2:4]
    bind(round_, *apart, Bond.APART)
    bind(round_, *together, Bond.TOGETHER)
    round_ = start(event, "Round 1")
    end_choosing(round_)
    one, two = rooms_of(round_, apart)
    assert one != two
    three, four = rooms_of(round_, together)
    assert three == four
    assert sizes(round_) == [3, 3]


def test_who_has_chosen_is_joined_or_avoided_by_who_has_not(event, guests):
    round_ = plan(event, "Round 1", mode="self_select", topics=TOPICS)
    bind(round_, guests[0], guests[1], Bond.APART)
    bind(round_, guests[0], guests[2], Bond.TOGETHER)
    round_ = start(event, "Round 1")
    guests[0].post(f"/rounds/{round_.id}/me", {"room": round_.rooms[0].id})
    end_choosing(round_)
    chosen, foe, friend = rooms_of(round_, guests[:3])
    assert chosen == friend == round_.rooms[0].id
    assert foe == round_.rooms[1].id
    assert sizes(round_) == [3, 3]


def test_whom_nobody_has_prepared_is_placed_as_the_pairs_say(event, guests, moderator):
    round_ = plan(event, "Round 1", mode="manual", topics=TOPICS)
    bind(round_, guests[0], guests[1], Bond.APART)
    bind(round_, guests[2], guests[3], Bond.TOGETHER)
    form = {f"place-{guests[0].participant_id}": "2", f"place-{guests[2].participant_id}": "2"}
    moderator.put(f"/rounds/{round_.id}/places", form)
    round_ = start(event, "Round 1")
    one, two, three, four = rooms_of(round_, guests[:4])
    assert one == three == four == round_.rooms[1].id
    assert two == round_.rooms[0].id
    assert sizes(round_) == [3, 3]
