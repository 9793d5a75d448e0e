"""What Safari 15 lacks is made up for."""

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Participant
from tests.browser.conference import Conference
from tests.browser.person import SETTLED

pytestmark = pytest.mark.browser

WITHOUT_REQUEST_SUBMIT = "delete HTMLFormElement.prototype.requestSubmit"
QUESTION = "Wann kommt der nächste Förderaufruf?"


def test_a_text_that_waits_is_sent_by_itself_without_request_submit(conference: Conference) -> None:
    anna = Participant(conference.hall, "Anna Auer")
    anna.context.add_init_script(WITHOUT_REQUEST_SUBMIT)
    anna.join(conference.code)
    anna.open(f"/e/{conference.code}/questions")
    with conference.hall.outage():
        anna.context.set_offline(True)
        anna.send("#question-form", QUESTION)
        anna.sees("sent-state.is-waiting")
        anna.context.set_offline(False)
        anna.sees("#questions-open li", QUESTION, within=SETTLED)
    anna.does_not_see("#connection-notice", within=SETTLED)
    expect(anna.find("#questions-open li", QUESTION)).to_have_count(1)
    expect(anna.find("#question-form textarea")).to_have_value("")
