"""An open poll's countdown: the server's deadline, more time, and the end that comes by itself."""

from datetime import timedelta

import pytest

from app.database import now, transaction
from app.extensions import db
from app.livepolls.models import FlashPoll
from app.livepolls.timekeeping import close_due_polls
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, support, write


def seconds_left(poll):
    look_again()
    return (poll.closes_at - now()).total_seconds()


def run_out(poll):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).closes_at = now() - timedelta(seconds=1)


def countdown(visitor, poll, seconds=60):
    return visitor.post(f"/polls/{poll.id}/countdown?seconds={seconds}")


def test_it_is_begun_given_more_time_and_stopped(poll, moderator, hear):
    ears = [hear(poll.event, view) for view in (View.HALL, View.SCREEN, View.COCKPIT)]
    assert countdown(moderator, poll).status_code == 303
    assert 55 < seconds_left(poll) <= 60
    for ear in ears:
        assert 'deadline="1' in ear.html
    assert 'target="stage"' not in ears[0].html  # what somebody is writing stays untouched
    moderator.post(f"/polls/{poll.id}/countdown", {"seconds": "60"})
    assert 115 < seconds_left(poll) <= 120
    assert moderator.delete(f"/polls/{poll.id}/countdown").status_code == 303
    look_again()
    assert poll.closes_at is None
    assert 'deadline=""' in ears[0].messages[-1]["html"]


def test_the_remote_shows_it_and_gives_more_time(poll, moderator, hear):
    countdown(moderator, poll)
    page = moderator.get(f"/e/{poll.event.code}/remote").text
    assert f'id="poll-clock-{poll.id}"' in page
    assert f"/polls/{poll.id}/countdown?seconds=60" in page


@pytest.mark.parametrize("seconds", ["", "0", "soon", "-5", "3601", "9" * 20])
def test_nonsense_begins_none(poll, moderator, seconds):
    assert countdown(moderator, poll, seconds).status_code == 422
    look_again()
    assert poll.closes_at is None


def test_a_closed_poll_gets_no_time(poll, moderator):
    moderator.post(f"/polls/{poll.id}/closure")
    assert countdown(moderator, poll).status_code == 409


def test_the_agenda_sets_it_for_the_first_opening_only(event, moderator):
    poll = open_poll(event, item_of_kind(event, "poll"), countdown="2")
    assert 115 < seconds_left(poll) <= 120
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.delete(f"/polls/{poll.id}/closure")
    look_again()
    assert (poll.is_open, poll.closes_at) == (True, None)


def test_when_time_is_up_it_closes_by_itself_and_once(poll, participant, hear):
    write(poll, participant, "Childcare")
    run_out(poll)
    hall = hear(poll.event)
    close_due_polls()
    close_due_polls()
    look_again()
    assert (poll.is_open, poll.closes_at, poll.suggestions_wanted) == (False, None, True)
    assert "The flash poll is closed." in hall.html
    assert "<textarea" not in hall.html
    assert len(hall.messages) == 1


def test_what_is_not_due_stays_open(poll, moderator):
    countdown(moderator, poll)
    close_due_polls()
    look_again()
    assert poll.is_open


def test_between_the_deadline_and_the_clocks_tick_nothing_is_taken_but_what_was_sent_before(
    poll, participant, moderator
):
    concern = write(poll, participant, "Childcare", "k1")
    run_out(poll)
    url = f"/polls/{poll.id}/concerns"
    assert participant.post(url, {"text": "Late", "key": "k2"}).status_code == 409
    assert participant.post(url, {"text": "Childcare", "key": "k1"}).status_code == 303
    assert participant.post(f"/concerns/{concern.id}", {"text": "Other"}).status_code == 409
    assert countdown(moderator, poll).status_code == 409
    support(concern, moderator)  # me too counts until the aspects are chosen


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_have_the_clock(poll, role, request):
    visitor = request.getfixturevalue(role)
    assert countdown(visitor, poll).status_code == 403
    assert visitor.delete(f"/polls/{poll.id}/countdown").status_code == 403
    look_again()
    assert poll.closes_at is None


def test_strangers_have_not(poll, outsider):
    assert countdown(outsider, poll).status_code == 401
    assert outsider.post("/polls/4711/countdown?seconds=60").status_code == 404
