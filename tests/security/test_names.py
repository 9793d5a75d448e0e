"""A name is what others see of it: nobody is unseen, and nobody turns a page's letters around."""

import pytest

from app.submissions import one_line

RIGHT_TO_LEFT, ZERO_WIDTH, WORD_JOINER, JOINER = "\u202e", "\u200b", "\u2060", "\u200d"


@pytest.mark.parametrize(
    "name", [ZERO_WIDTH, RIGHT_TO_LEFT, WORD_JOINER * 3, JOINER, "\x00", "\t\n"]
)
def test_who_cannot_be_seen_has_no_name(event, browser, name):
    assert browser().post(f"/join/{event.code}", data={"name": name}).status_code == 422
    path = f"/api/v1/events/{event.code}/participants"
    assert browser().post(path, json={"name": name}).status_code == 422


def test_a_name_stays_on_its_line_and_in_its_direction(event, join):
    person = join(event, f"Ada{RIGHT_TO_LEFT} \n{ZERO_WIDTH}Lovelace\x07").person
    assert person.name == "Ada Lovelace"


@pytest.mark.parametrize("name", ["Zoë Müller-Łuczak", "O'Neill", "علی‌رضا", "👩‍🚀 Kim"])
def test_real_names_stay_as_they_are(name):
    assert one_line(name) == name
