"""The measures of two clusterings agree with values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.livepolls.grouping.scoring import (
    Score,
    adjusted_rand_index,
    bcubed,
    mean_score,
    pair_f1,
    score,
    top_k_recall,
)

labelings = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)
)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_the_truth_scores_one_under_other_names(truth):
    assert score(truth, [f"group {label}" for label in truth]) == Score(1, 1, 1, 1)


@given(labelings)
def test_all_but_top_k_are_symmetric(labels):
    truth, proposal = labels
    assert pair_f1(truth, proposal) == pair_f1(proposal, truth)
    assert bcubed(truth, proposal) == pytest.approx(bcubed(proposal, truth))
    assert adjusted_rand_index(truth, proposal) == pytest.approx(
        adjusted_rand_index(proposal, truth)
    )


@given(labelings)
def test_shares_lie_between_nothing_and_all(labels):
    reached = score(*labels)
    assert 0 <= reached.pair_f1 <= 1
    assert 0 < reached.bcubed <= 1 + 1e-9
    assert -1 <= reached.ari <= 1
    assert 0 <= reached.top_k <= 1


def test_pairs_are_counted_once_on_each_side():
    # True pairs: aa, bb; proposed pairs: the three of "xxx"; one in common.
    assert pair_f1("aabb", "xxxy") == pytest.approx(2 * 1 / (2 + 3))


def test_bcubed_averages_over_items():
    # Precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4.
    precision, recall = 2 / 3, 3 / 4
    expected = 2 * precision * recall / (precision + recall)
    assert bcubed("aabb", "xxxy") == pytest.approx(expected)


def test_the_rand_index_is_zero_for_one_group_of_all():
    assert adjusted_rand_index("aabbcc", "xxxxxx") == 0


def test_the_rand_index_falls_below_zero_if_worse_than_chance():
    assert adjusted_rand_index("aabb", "xyxy") == pytest.approx(-0.5)


def test_an_aspect_is_recovered_by_half_of_it_in_a_group_it_rules():
    assert top_k_recall("aaaabb", "xxyzww") == 1
    assert top_k_recall("aaaabb", "xyzvww") == 0.5
    assert top_k_recall("aabbcc", "xxxxyy") == pytest.approx(1 / 3)


def test_only_the_k_largest_groups_are_proposed():
    assert top_k_recall("aaabbb", "xxxyyy", k=1) == 1
    assert top_k_recall("aaabbcccc", "xxxyyzzuu", k=1) == 0


def test_aspects_that_tie_for_the_last_place_count_alike():
    assert top_k_recall("aaabbcc", "xxxyzww", k=2) == 1


def test_aspects_of_one_concern_are_not_sought():
    assert top_k_recall("abc", "xyz") == 1
    assert top_k_recall("aab", "xxx") == 1


def test_nothing_to_group_is_grouped_well():
    assert score("", "") == Score(1, 1, 1, 1)


def test_the_mean_is_taken_measure_by_measure():
    assert mean_score([Score(0, 1, 0, 1), Score(1, 1, 0.5, 0)]) == Score(0.5, 1, 0.25, 0.5)


def test_labels_of_different_length_are_refused():
    with pytest.raises(ValueError, match="3 true labels, but 2"):
        score("aab", "xx")
