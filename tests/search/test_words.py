import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.words import composed, folded, plain, stems, words_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "strasse"),
        ("Jugendämter", "jugendaemter"),
        ("ÜBER", "ueber"),
        ("Café", "cafe"),
        ("naïve", "Naive"),
        ("Çelik", "celik"),
    ],
)
def test_capitals_umlauts_and_accents_make_no_difference(one, other):
    assert folded(one) == folded(other)


def test_an_umlaut_of_two_characters_is_the_same_letter():
    assert [w.folded for w in words_in(composed("Ju\u0308rgen"))] == ["juergen"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kommunen", "kommune"),
        ("haeuser", "haus"),
        ("jugendaemter", "jugendamt"),
        ("vereinbarungen", "vereinbarung"),
        ("agreements", "agreement"),
        ("discussing", "discussed"),
    ],
)
def test_forms_of_a_word_share_a_stem_in_both_languages(one, other):
    assert stems(one) & stems(other)


def test_html_becomes_its_words():
    html = "<p>One &amp; <strong>two</strong></p><ul><li>three</li><li>four</li></ul>"
    assert plain(html) == "One & two three four"


@given(st.text())
def test_words_of_any_text_are_letters_and_digits_where_they_say_they_stand(text):
    whole = composed(text)
    for word in words_in(whole):
        assert word.folded.isalnum()
        assert word.folded == folded(whole[word.start : word.end])
        assert stems(word.folded)
