"""Twelve people and two moderators at once: from concerns to aspects, proposals and votes.

One of the twelve and one of the two have no pointer; most read German, some English.
"""

import pytest

from tests.browser.conference import Conference, everybody_is_there
from tests.browser.steps import (
    asking,
    contesting,
    gathering,
    leading,
    minding,
    polling,
    proposing,
    voting,
)

pytestmark = pytest.mark.browser

STORY = [
    everybody_is_there,
    leading.the_phone_puts_a_card_on_the_screen,
    leading.the_phone_leads_the_hall_on,
    leading.what_comes_meanwhile_waits_on_the_phone,
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
    contesting.each_sees_where_the_other_works,
    contesting.one_finds_what_is_meant_as_one_types,
    contesting.who_comes_second_is_asked,
    contesting.a_title_is_not_overwritten,
    contesting.what_one_has_done_is_undone_and_done_again,
    contesting.keys_undo_and_redo,
    contesting.an_undo_meets_what_came_later,
    contesting.off_topic_with_a_reason,
    gathering.voices_are_distinct_people,
    gathering.the_aspects_are_frozen,
    gathering.everybody_sees_where_their_concern_went,
    contesting.a_late_concern_waits_and_is_matched,
    proposing.a_host_answers_officially,
    proposing.the_proposals_begin,
    proposing.solutions_are_proposed_with_a_preview,
    proposing.proposals_are_supported,
    proposing.proposals_are_discussed,
    proposing.names_of_supporters_stay_unknown,
    asking.questions_are_asked_and_supported,
    asking.a_question_is_shown_and_answered,
    asking.everybody_goes_back_to_what_is_on,
    voting.a_choice_is_worded_and_made,
    voting.a_second_round_is_compared_with_the_first,
    voting.dots_are_given_by_thumb_and_by_keyboard_and_never_too_many,
    voting.a_scale_runs_out_by_itself,
    voting.feedback_has_reasons,
    leading.the_phone_leads_back_and_on_again,
]


def test_a_hall_s_concerns_become_aspects_proposals_and_votes(conference: Conference) -> None:
    for step in STORY:
        step(conference)
        conference.hall.check()
