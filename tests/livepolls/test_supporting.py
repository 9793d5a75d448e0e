import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.livepolls.facts import ConcernSupported, OwnSupportsChanged
from app.livepolls.models import ConcernSupport
from app.realtime import View
from tests.livepolls.polls import write


@pytest.fixture
def concern(poll, participant):
    return write(poll, participant, "Childcare")


def count(concern):
    query = select(func.count()).where(ConcernSupport.concern_id == concern.id)
    return db.session.scalar(query)


def test_saying_me_too_is_counted_and_announced(poll, concern, join, announced):
    other = join(poll.event)
    assert other.post(f"/concerns/{concern.id}/support").status_code == 303
    assert count(concern) == 1
    assert announced(poll.event.channel)[-1] == ConcernSupported(poll.id, concern.id)
    own = OwnSupportsChanged(poll.id, other.participant_id)
    assert announced(other.person.channel)[-1] == own


def test_saying_it_twice_is_saying_it_once(poll, concern, join, announced):
    other = join(poll.event)
    other.post(f"/concerns/{concern.id}/support")
    before = announced(poll.event.channel)
    assert other.post(f"/concerns/{concern.id}/support").status_code == 303
    assert count(concern) == 1
    assert announced(poll.event.channel) == before


def test_taking_it_back_works_twice_too(poll, concern, join, announced):
    other = join(poll.event)
    other.post(f"/concerns/{concern.id}/support")
    assert other.delete(f"/concerns/{concern.id}/support").status_code == 303
    before = announced(poll.event.channel)
    assert other.delete(f"/concerns/{concern.id}/support").status_code == 303
    assert count(concern) == 0
    assert announced(poll.event.channel) == before


def test_one_button_says_it_and_takes_it_back(poll, concern, join):
    other = join(poll.event)
    other.post(f"/concerns/{concern.id}/support", {"supported": "1"})
    assert count(concern) == 1
    other.post(f"/concerns/{concern.id}/support", {"supported": "0"})
    assert count(concern) == 0


def test_the_hall_hears_the_number_and_never_who(poll, concern, join, hear):
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    other = join(poll.event, "Sabine Supporter")
    other.post(f"/concerns/{concern.id}/support")
    assert f'id="concern-{concern.id}"' in hall.html
    assert "Sabine" not in hall.html
    assert f'id="card-{concern.id}"' in cockpit.html


def test_only_the_persons_own_pages_mark_it_as_theirs(poll, concern, participant, join, hear):
    other = join(poll.event)
    mine, authors = hear(other), hear(participant)
    other.post(f"/concerns/{concern.id}/support")
    marks = mine.html.split('id="my-marks"')[1]
    assert marks.split("data-supported=")[1].startswith(f'"concern-{concern.id}"')
    assert authors.messages == []


def test_the_bytes_for_the_hall_are_the_same_whoever_did_it(poll, concern, participant, join, hear):
    """Nothing of the request that caused a broadcast may be in it."""
    import re

    first, second = hear(poll.event), None
    join(poll.event, language="de").post(f"/concerns/{concern.id}/support")
    html = first.html
    second = hear(poll.event)
    one = join(poll.event, language="en")
    one.post(f"/concerns/{concern.id}/support")
    one.delete(f"/concerns/{concern.id}/support")

    def neutral(text):
        return re.sub(r"\d+", "0", text)

    assert neutral(html) == neutral(second.messages[-1]["html"])


def test_ones_own_concern_counts_already(poll, concern, participant):
    assert participant.post(f"/concerns/{concern.id}/support").status_code == 409
    assert count(concern) == 0


@pytest.mark.parametrize("role", ["moderator", "host"])
def test_moderators_and_hosts_may_too(concern, role, request):
    assert request.getfixturevalue(role).post(f"/concerns/{concern.id}/support").status_code == 303


def test_observers_strangers_and_outsiders_may_not(poll, concern, observer, outsider, browser):
    from tests.browsers import Visitor

    url = f"/concerns/{concern.id}/support"
    assert observer.post(url).status_code == 403
    assert outsider.post(url).status_code == 401
    assert Visitor(browser(), poll.event_id).post(url).status_code == 401
    assert count(concern) == 0


def test_what_is_hidden_or_withdrawn_cannot_be_supported(
    poll, concern, participant, join, moderator
):
    other = join(poll.event)
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concern.id}")
    assert other.post(f"/concerns/{concern.id}/support").status_code == 404
    moderator.delete(f"/e/{poll.event.code}/hidden/concern/{concern.id}")
    participant.delete(f"/concerns/{concern.id}")
    assert other.post(f"/concerns/{concern.id}/support").status_code == 404


def test_support_goes_on_after_the_poll_is_closed_until_the_aspects_are_chosen(
    poll, concern, join, moderator
):
    other = join(poll.event)
    moderator.post(f"/polls/{poll.id}/closure")
    assert other.post(f"/concerns/{concern.id}/support").status_code == 303
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": concern.id})
    moderator.post(f"/polls/{poll.id}/choice")
    assert poll.is_frozen
    assert other.delete(f"/concerns/{concern.id}/support").status_code == 409
    assert count(concern) == 1
