"""A conference from the first sign-in to the plenum, with everybody's browser at once."""

import pytest

from tests.browser.conference import Conference
from tests.browser.steps import arriving, polling

pytestmark = pytest.mark.browser

STORY = [
    arriving.the_moderator_opens_the_cockpit,
    arriving.the_screen_shows_how_to_join,
    arriving.the_host_accepts_the_invitation,
    arriving.outsiders_see_nothing,
    arriving.participants_join,
    arriving.joining_says_who_sees_the_name,
    arriving.all_are_counted,
    arriving.participants_do_not_see_the_cockpit,
    arriving.the_screen_tells_nothing_private,
    polling.the_poll_starts_with_one_click,
    polling.concerns_come_in,
    polling.names_stay_with_the_moderator,
    polling.others_say_me_too,
    polling.concerns_are_edited_and_withdrawn,
    polling.a_text_too_long_is_kept,
    polling.the_poll_is_closed,
]


def test_a_conference_from_the_poll_to_the_plenum(conference: Conference) -> None:
    for step in STORY:
        print(step.__name__)
        step(conference)
        conference.hall.check()
