"""A conference from the first sign-in to the plenum, with everybody's browser at once."""

import pytest

from tests.browser.conference import Conference
from tests.browser.steps import (
    arriving,
    asking,
    faults,
    gathering,
    minding,
    plenum,
    polling,
    proposing,
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
    polling.the_poll_starts_with_one_click,
    polling.concerns_come_in,
    polling.names_stay_with_the_moderator,
    polling.others_say_me_too,
    polling.concerns_are_edited_and_withdrawn,
    polling.a_text_too_long_is_kept,
    minding.something_is_hidden_within_a_second,
    minding.somebody_is_removed,
    minding.joining_is_locked_and_opened_again,
    polling.the_poll_is_closed,
    gathering.suggestions_lie_beside_the_work,
    gathering.a_suggestion_is_accepted_and_one_dismissed,
    gathering.an_aspect_is_made_of_marked_concerns,
    gathering.a_concern_is_dragged_with_the_pointer,
    gathering.the_keyboard_alone_does_it_too,
    gathering.voices_are_distinct_people,
    gathering.the_aspects_are_frozen,
    gathering.everybody_sees_where_their_concern_went,
    proposing.a_host_answers_officially,
    proposing.the_proposals_begin,
    proposing.solutions_are_proposed_with_a_preview,
    proposing.proposals_are_supported,
    proposing.proposals_are_discussed,
    proposing.names_of_supporters_stay_unknown,
    asking.questions_are_asked_and_supported,
    asking.a_question_is_shown_and_answered,
    asking.everybody_goes_back_to_what_is_on,
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


def test_a_conference_from_the_poll_to_the_plenum(conference: Conference) -> None:
    for step in STORY:
        step(conference)
        conference.hall.check()
