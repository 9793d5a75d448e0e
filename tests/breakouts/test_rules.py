"""What the agenda says about a round: read kindly, and never believed blindly."""

import pytest

from app.breakouts.rules import MOST_TOPICS, Rules, number


def test_nothing_said_means_the_chosen_aspects_and_municipalities_mixed():
    assert Rules.of({}) == Rules(mix=("municipality",))


def test_topics_are_lines_each_once_and_no_longer_than_a_title():
    said = {"topics": " Parents \n\nAgreements\nParents\n" + "x" * 500}
    assert Rules.of(said).topics == ("Parents", "Agreements", "x" * 120)


def test_there_are_no_more_topics_than_anybody_could_choose_from():
    said = {"topics": "\n".join(str(n) for n in range(500))}
    assert len(Rules.of(said).topics) == MOST_TOPICS


@pytest.mark.parametrize(
    ("first", "also", "mix"),
    [
        ("", "", ("municipality",)),
        ("state", "function", ("state", "function")),
        ("state", "state", ("state",)),
        ("nothing", "", ()),
        ("nothing", "function", ("function",)),
        ("shoe size", "", ()),
    ],
)
def test_people_are_mixed_by_what_is_known_of_them(first, also, mix):
    assert Rules.of({"mix": first, "mix_also": also}).mix == mix


def test_rules_that_say_the_same_are_the_same():
    rules = {Rules.of({"room_seats": said}) for said in ("1:40", "1:30 1:40", "2:40")}
    assert [each.seats for each in sorted(rules, key=lambda each: min(each.seats))] == [
        {1: 40},
        {2: 40},
    ]


def test_neighbours_are_names_between_commas_however_they_are_written():
    said = {"neighbours": "Hessen, Thüringen\n ,\nBAYERN,hessen"}
    assert Rules.of(said).neighbours == (
        frozenset({"hessen", "thüringen"}),
        frozenset(),
        frozenset({"bayern", "hessen"}),
    )


@pytest.mark.parametrize("said", ["0", "-1", "1.5", "ten", None, "10000", " ", "9" * 99])
def test_what_is_no_number_is_passed_over(said):
    assert number(said) is None


def test_a_number_is_one():
    assert (number(" 12 "), number(7), number("9999")) == (12, 7, 9999)
