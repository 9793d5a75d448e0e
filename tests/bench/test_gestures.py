"""The simulated moderator counts what a moderator would do."""

from app.livepolls.benchmark import Poll
from app.livepolls.grouping import Group
from bench.gestures import by_hand, with_suggestions

ASPECTS = ("a",) * 5 + ("b",) * 5 + ("c",)
POLL = Poll("p", "?", "en", 6, tuple(f"text {n}" for n in range(11)), ASPECTS)


def fixed(*groups):
    """Suggestions that are always these, without what has been sorted."""

    def suggest(board):
        left = [[n for n in group if n not in board.place] for group in groups]
        return [Group("", len(g), tuple(map(str, g)), 0.5) for g in left if g]

    return suggest


def test_by_hand_each_aspect_is_begun_and_each_of_its_concerns_moved():
    assert by_hand(POLL) == 2 + 10


def test_right_suggestions_are_accepted_all_at_once():
    assert with_suggestions(POLL, fixed(range(5), range(5, 10), [10])) == 1


def test_what_does_not_belong_is_moved():
    assert with_suggestions(POLL, fixed([0, 1, 2, 3, 4, 5, 10], range(6, 10))) == 1 + 2


def test_two_halves_of_an_aspect_are_merged():
    assert with_suggestions(POLL, fixed(range(3), [3, 4], range(5, 10))) == 1 + 1


def test_suggestions_that_help_nobody_are_left_alone():
    assert with_suggestions(POLL, fixed(*([n] for n in range(11)))) <= by_hand(POLL) + 1
    assert with_suggestions(POLL, fixed()) == by_hand(POLL)
