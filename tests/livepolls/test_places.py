"""How surely each concern stands where it stands, and where it would stand otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from app.livepolls.grouping import WORDS, Anchor, Concern, group
from app.livepolls.grouping.places import Margin

EVENING = ("Kinderbetreuung am Abend", "Abends fehlt Kinderbetreuung", "Betreuung am Abend")
BUDGET = ("Budget für Netzwerktreffen", "Unser Budget der Netzwerktreffen", "Budget zu klein")


def grouped(*texts, **bonds):
    concerns = [Concern(f"c{number}", text) for number, text in enumerate(texts)]
    return group("Was fehlt?", concerns, lang="de", **bonds).groups


def members(groups):
    """Certainty and nearest concern of each concern, by its id."""
    return {
        id: (certainty, near)
        for one in groups
        for id, certainty, near in zip(one.concerns, one.certainties, one.nearest, strict=True)
    }


def test_who_is_between_two_groups_is_less_certain_than_the_others():
    groups = grouped(*EVENING, *BUDGET, "Budget am Abend")
    found = members(groups)
    between, near = found["c6"]
    own = next(one for one in groups if "c6" in one.concerns)
    assert all(found[id][0] > between for id in own.concerns if id != "c6")
    assert near not in own.concerns


def test_what_somebody_has_bound_is_certain():
    found = members(grouped(*EVENING, *BUDGET, anchors=[Anchor("Abende", ("c0", "c5"))]))
    assert found["c0"][0] == found["c5"][0] == 1.0
    assert found["c1"][0] < 1.0
    assert members(grouped("Bus", "Arzt", together=[("c0", "c1")]))["c0"][0] == 1.0


def test_who_was_taken_out_of_a_group_is_not_near_to_it():
    between = "Budget am Abend"
    before = members(grouped(*EVENING, *BUDGET, between))
    near = before["c6"][1]
    found = members(grouped(*EVENING, *BUDGET, between, apart=[("c6", near)]))
    assert found["c6"][1] is None


def test_where_there_is_one_group_nobody_is_near_to_another():
    assert {near for _certainty, near in members(grouped(*EVENING)).values()} == {None}


@given(st.lists(st.sampled_from([*EVENING, *BUDGET, "Bus", "?"]), min_size=1, max_size=12))
def test_each_concern_has_a_share_and_is_near_to_another_group_or_none(texts):
    for one in grouped(*texts):
        assert len(one.certainties) == len(one.nearest) == len(one.concerns)
        assert all(0 <= certainty <= 1 for certainty in one.certainties)
        assert set(one.nearest).isdisjoint(one.concerns)


def test_certainty_rises_with_the_margin_and_is_even_where_half_are_right():
    assert WORDS.margin.certainty(WORDS.margin.even) == 0.5
    assert Margin(0.3, 1.3).certainty(2) > Margin(0.3, 1.3).certainty(1) > 0.5
