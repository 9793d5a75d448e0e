"""Answers that hold two concerns are told, with the group that their second one belongs to."""

import numpy as np
import pytest

from app.livepolls.grouping import Anchor, Concern, group
from app.livepolls.grouping.parts import MOST, parts, proposed_cut

TOPICS = ("Haltestelle", "Kinderarzt", "Sporthalle")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Busse fahren abends nicht. Wann kommt endlich Glasfaser?",
            ("Busse fahren abends nicht.", "Wann kommt endlich Glasfaser?"),
        ),
        (
            "mehr Personal einstellen und Elternbeiträge senken",
            ("mehr Personal einstellen", "Elternbeiträge senken"),
        ),
        (
            "hire more staff and lower the parents' fees",
            ("hire more staff", "lower the parents' fees"),
        ),
        ("Busse und Bahnen fahren abends nicht", ()),
        ("Warum? Weil abends nichts mehr fährt.", ()),
        ("Datenschutz", ()),
        ("", ()),
    ],
)
def test_an_answer_is_cut_where_a_second_concern_may_begin(text, found):
    assert parts(text) == found


def test_a_long_answer_has_few_parts_and_loses_no_word():
    text = "Dieser Satz sagt etwas anderes. " * 9
    found = parts(text)
    assert len(found) == MOST
    assert " ".join(found) == text.strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Busse fahren nicht; Ärzte fehlen uns", ("Busse fahren nicht", "Ärzte fehlen uns")),
        (
            "hire more staff and lower the parents' fees",
            ("hire more staff", "Lower the parents' fees"),
        ),
        (
            "Busse fahren abends nicht. Wann kommt Glasfaser? Wer baut Spielplätze?",
            ("Busse fahren abends nicht.", "Wann kommt Glasfaser? Wer baut Spielplätze?"),
        ),
        ("Busse und Bahnen", ("Busse und Bahnen", "Busse und Bahnen")),
    ],
)
def test_two_concerns_are_proposed_where_it_is_cut_or_all_of_it_twice(text, found):
    assert proposed_cut(text) == found


class ByFirstWord:
    """A model to which texts mean what their first word is."""

    name = "by first word"
    weights = None

    def vectors(self, question, texts):
        return np.array([self._vector((text.split() or [""])[0]) for text in texts])

    def _vector(self, word):
        return np.random.default_rng(list(word.encode())).normal(size=60)


def said(double="Haltestelle fehlt abends völlig. Kinderarzt fehlt ebenso lange."):
    texts = [f"{topic} fehlt Nummer {number}" for topic in TOPICS for number in range(8)]
    return [Concern(f"c{n}", text) for n, text in enumerate([*texts, double])]


def grouped(concerns, **bonds):
    return group("Was fehlt?", concerns, lang="de", meaning=ByFirstWord(), **bonds)


def group_of(grouping, id):
    return next(found for found in grouping.groups if id in found.concerns)


def test_who_says_two_things_is_told_with_the_other_group():
    grouping = grouped(said())
    found = group_of(grouping, "c24")
    assert "c0" in found.concerns
    assert found.doubles == ("c24",)
    near = dict(zip(found.concerns, found.nearest, strict=True))["c24"]
    assert "c8" in group_of(grouping, near).concerns
    assert all(one.doubles == () for one in grouping.groups if one is not found)


@pytest.mark.parametrize(
    "text",
    [
        "Haltestelle fehlt abends völlig. Haltestelle fehlt ebenso lange.",
        "Haltestelle fehlt abends völlig, Kinderarzt aber nicht",
    ],
)
def test_who_says_one_thing_in_two_parts_is_not(text):
    assert all(one.doubles == () for one in grouped(said(text)).groups)


def test_neither_where_a_moderator_has_taken_it_out_of_that_group():
    grouping = grouped(said(), anchors=[Anchor("Kinderarzt", ("c8", "c9"))], apart=[("c8", "c24")])
    found = group_of(grouping, "c24")
    assert found.doubles == ()
    near = dict(zip(found.concerns, found.nearest, strict=True))["c24"]
    assert "c16" in group_of(grouping, near).concerns


def test_a_handful_of_answers_or_words_alone_tell_nothing():
    few = [said()[number] for number in (0, 1, 2, 8, 9, 10, 24)]
    assert all(one.doubles == () for one in grouped(few).groups)
    alone = group("Was fehlt?", said(), lang="de")
    assert all(one.doubles == () for one in alone.groups)
