"""A conference from the first sign-in over its rounds to the plenum, with everybody's browser.

What leads from the poll to the proposals is played in test_flash_poll, and lies ready here.
"""

import pytest

from tests.browser.conference import Conference
from tests.browser.steps import (
    arriving,
    faults,
    laying,
    plenum,
    rounds,
)

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
    laying.the_topics_are_chosen_and_solutions_proposed,
    rounds.everybody_is_led_into_a_room,
    rounds.rooms_show_who_is_here_and_what_is_said,
    rounds.nobody_enters_another_room,
    faults.a_reload_keeps_person_and_text,
    faults.a_second_device_is_the_same_person,
    faults.a_dropped_connection_loses_nothing,
    faults.a_killed_server_comes_back,
    rounds.a_late_comer_is_placed,
    rounds.the_moderator_moves_somebody_and_gives_time,
    rounds.a_room_hands_in_what_it_asks_for,
    rounds.at_the_end_all_are_back_and_nothing_typed_is_lost,
    rounds.everybody_chooses_another_room,
    rounds.the_undecided_are_placed,
    rounds.the_clock_ends_the_round,
    rounds.municipalities_meet,
    rounds.the_third_round_ends,
    plenum.the_plenum_reads_the_results,
    plenum.results_are_linked,
    plenum.a_request_is_answered,
    plenum.a_poll_hides_until_it_is_closed,
    plenum.the_moderator_goes_back_to_the_plenum,
    plenum.the_agenda_is_kept_as_a_template,
    plenum.the_screen_is_closed,
]


def test_a_conference_from_the_door_to_the_plenum(conference: Conference) -> None:
    for step in STORY:
        step(conference)
        conference.hall.check()
