import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.composing.handles import finder, named_in, possible_names
from app.richtext import render

PEOPLE = {"Ines Vogt": 3, "Ines": 4, "Ole Ahrens#7": 7, "Ole Ahrens#9": 9, "Dr. Ute Süß-Groß": 5}

TAG = re.compile(r"<[^>]*>")


def linked(text):
    return render(text, finders=[finder(PEOPLE)])


def named(text):
    return named_in(linked(text))


def test_the_longest_name_that_fits_is_meant():
    assert named("Hello @Ines Vogt, and @Ines!") == {3: "Ines Vogt", 4: "Ines"}


def test_names_may_have_more_than_letters():
    assert named("As @Dr. Ute Süß-Groß said.") == {5: "Dr. Ute Süß-Groß"}


def test_of_two_people_of_the_same_name_the_number_says_which_and_is_not_shown():
    assert named("@Ole Ahrens#9") == {9: "Ole Ahrens"}
    assert "#9" not in linked("@Ole Ahrens#9")
    assert named("@Ole Ahrens") == {}


def test_a_name_becomes_a_link_to_the_person():
    assert '<a href="/members/3" rel="nofollow noopener noreferrer">@Ines Vogt</a>' in linked(
        "@Ines Vogt"
    )


@pytest.mark.parametrize(
    "text", ["mail@Ines", "`@Ines Vogt`", "    @Ines Vogt", "@InesVogt", "@@", "@", "/@Ines"]
)
def test_other_signs_name_nobody(text):
    assert named(text) == {}


def test_nobody_is_named_by_being_quoted():
    assert named("> @Ines Vogt said so\n\nWell") == {}
    assert "/members/3" in linked("> @Ines Vogt said so")


def test_nobody_calls_a_whole_programme_together():
    people = {f"P{n}": n for n in range(1, 60)}
    html = render(" ".join(f"@P{n}" for n in range(1, 60)), finders=[finder(people)])
    assert len(named_in(html)) == 20


def test_all_that_could_be_a_name_is_asked_for():
    assert {"Ines", "Ines Vogt", "Ines Vogt and"} <= possible_names("@Ines Vogt and others")
    assert possible_names("no@body") == set()


@given(st.text(alphabet="@Ines Vogt#19.,<>&`*[]()\n", max_size=80))
def test_any_text_stays_safe_and_whole(text):
    with_links, without = linked(text), render(text)
    assert "<script" not in with_links
    assert named_in(with_links).keys() <= set(PEOPLE.values())
    if "#" not in text:
        assert TAG.sub("", with_links) == TAG.sub("", without)
