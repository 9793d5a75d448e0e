"""A ballot's life: it opens with its step, is timed, closed, opened again, and asked anew."""

import contextvars
from datetime import timedelta

import pytest

from app.ballots.models import Ballot, BallotState
from app.ballots.queries import ballot_of, tallies
from app.ballots.timekeeping import close_due
from app.database import now, transaction
from app.events import actions as event_actions
from app.events.repeating import MOST_ROUNDS
from app.extensions import db
from app.realtime import Audience, Publisher, View
from tests.ballots.asking import ask, cast, options, plan
from tests.ears import KeepingSocket
from tests.factories import look_again


def leave(event):
    with transaction():
        event_actions.start_step(event, event.items[0])
    look_again()


def url(ballot, what=""):
    return f"/ballots/{ballot.id}{what}"


def test_coming_to_its_step_opens_it_and_going_on_closes_it(event):
    item = plan(event, "choice")
    assert ballot_of(item).state is BallotState.DRAFT
    with transaction():
        event_actions.start_step(event, item)
    assert ballot_of(item).is_open
    leave(event)
    assert ballot_of(item).is_closed


def test_coming_back_leaves_it_as_it_is(event, choice, participant, hear):
    cast(choice, participant, dots={"Pears": 1})
    leave(event)
    hall = hear(event)
    with transaction():
        event_actions.start_step(event, choice.item)
    assert choice.is_closed
    assert 'class="chart' in hall.html


def test_who_has_voted_is_told_again_what_it_was(event, choice, participant, app):
    cast(choice, participant, dots={"Pears": 1})
    leave(event)
    socket = KeepingSocket()
    publisher = Publisher(app, socket)
    channel = participant.person.channel
    for audience in (
        Audience(f"event:{event.code}", event.channel, View.HALL, "en"),
        Audience(channel, channel, View.PERSON, "en"),
    ):
        publisher.join(audience)
    with transaction():
        event_actions.start_step(event, choice.item)
    contextvars.Context().run(publisher.tick)
    told = {m["channel"]: m["html"] for name, m, _ in socket.sent if name == "change"}
    assert "Your vote:" in told[channel]
    assert "Your vote:" not in told[f"event:{event.code}"]


def test_the_big_button_closes_it_and_then_goes_on(choice, moderator):
    page = moderator.get(f"/e/{choice.event.code}/cockpit").text
    assert "Next: Close the vote and show the result" in page
    moderator.delete(url(choice, "/opening"))
    page = moderator.get(f"/e/{choice.event.code}/cockpit").text
    assert "Close the vote and show" not in page


def test_closing_can_be_undone_and_the_votes_are_still_there(choice, participant, moderator):
    cast(choice, participant, dots={"Pears": 1})
    for _ in range(2):
        assert moderator.delete(url(choice, "/opening")).status_code == 303
    for _ in range(2):
        assert moderator.post(url(choice, "/opening")).status_code == 303
    assert (choice.is_open, choice.round) == (True, 1)
    cast(choice, participant, dots={"Plums": 1})
    (tally,) = tallies(Ballot.id == choice.id)
    assert tally.votes == 1


def test_a_second_round_keeps_the_first_beside_it(scale, people, participant, moderator):
    cast(scale, people[0], value=1)
    cast(scale, people[1], value=2)
    moderator.delete(url(scale, "/opening"))
    assert moderator.post(url(scale, "/rounds")).status_code == 303
    assert (scale.is_open, scale.round) == (True, 2)
    page = people[0].get(f"/e/{scale.event.code}").text
    assert "Your vote:" not in page
    assert "checked" not in page
    cast(scale, people[0], value=5)
    (tally,) = tallies(Ballot.id == scale.id)
    assert [(each.votes, each.mean) for each in tally.rounds] == [(2, 1.5), (1, 5.0)]
    moderator.delete(url(scale, "/opening"))
    page = participant.get(f"/e/{scale.event.code}").text
    for words in ("Round 1: 2 votes", "Round 2: 1 vote", "<strong>1.5</strong>", "5.0"):
        assert words in page


def test_an_open_ballot_is_not_asked_anew_and_no_ballot_for_ever(scale, moderator):
    assert moderator.post(url(scale, "/rounds")).status_code == 409
    for _ in range(MOST_ROUNDS - 1):
        moderator.delete(url(scale, "/opening"))
        assert moderator.post(url(scale, "/rounds")).status_code == 303
    moderator.delete(url(scale, "/opening"))
    assert moderator.post(url(scale, "/rounds")).status_code == 409
    assert scale.round == MOST_ROUNDS


def test_elsewhere_in_the_agenda_it_is_neither_opened_nor_asked_anew(event, choice, moderator):
    leave(event)
    assert moderator.post(url(choice, "/opening")).status_code == 409
    assert moderator.post(url(choice, "/rounds")).status_code == 409
    assert choice.is_closed


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_lead_it(choice, role, request):
    visitor = request.getfixturevalue(role)
    for what in ("/opening", "/rounds", "/countdown?seconds=60", "/live-result", ""):
        answer = visitor.post(url(choice, what), {"question": "Mine?"})
        assert answer.status_code == 403, what
    for what in ("/opening", "/countdown", "/live-result"):
        assert visitor.delete(url(choice, what)).status_code == 403, what
    assert choice.is_open
    assert choice.question == "Which do you like?"


def test_strangers_find_nothing(choice, outsider):
    for what in ("/opening", "/rounds", "/countdown?seconds=60", "/live-result"):
        assert outsider.post(url(choice, what)).status_code == 401
    assert outsider.post("/ballots/4711/opening").status_code == 404


def seconds_left(ballot):
    look_again()
    return (ballot.closes_at - now()).total_seconds()


def test_a_countdown_is_begun_given_more_time_and_stopped(choice, moderator, hear):
    hall, screen = hear(choice.event), hear(choice.event, View.SCREEN)
    assert moderator.post(url(choice, "/countdown?seconds=60")).status_code == 303
    assert 55 < seconds_left(choice) <= 60
    for ear in (hall, screen):
        assert f'id="ballot-clock-{choice.id}"' in ear.html
        assert 'deadline="1' in ear.html
    assert 'target="stage"' not in hall.html  # what somebody is filling in stays untouched
    moderator.post(url(choice, "/countdown"), {"seconds": "60"})
    assert 115 < seconds_left(choice) <= 120
    assert moderator.delete(url(choice, "/countdown")).status_code == 303
    look_again()
    assert choice.closes_at is None


@pytest.mark.parametrize("seconds", ["", "0", "soon", "-5", "3601", "9" * 20])
def test_nonsense_begins_no_countdown(choice, moderator, seconds):
    assert moderator.post(url(choice, f"/countdown?seconds={seconds}")).status_code == 422
    assert choice.closes_at is None


def test_a_closed_ballot_gets_no_time(choice, moderator):
    moderator.delete(url(choice, "/opening"))
    assert moderator.post(url(choice, "/countdown?seconds=60")).status_code == 409


def test_the_agenda_can_set_the_countdown(event):
    ballot = ask(event, "choice", countdown="2")
    assert 115 < seconds_left(ballot) <= 120


def run_out(ballot):
    with transaction():
        db.session.get_one(Ballot, ballot.id).closes_at = now() - timedelta(seconds=1)


def test_when_time_is_up_it_closes_by_itself_and_shows_the_result(choice, participant, hear):
    cast(choice, participant, dots={"Pears": 1})
    run_out(choice)
    hall = hear(choice.event)
    close_due()
    close_due()
    look_again()
    assert (choice.is_closed, choice.closes_at) == (True, None)
    assert 'class="chart' in hall.html
    assert len(hall.messages) == 1


def test_between_the_deadline_and_the_clocks_tick_nothing_is_taken(choice, participant):
    run_out(choice)
    form = {"option": options(choice)["Pears"]}
    assert participant.post(url(choice, "/vote"), form).status_code == 409


def test_what_is_not_due_stays_open(choice, moderator):
    moderator.post(url(choice, "/countdown?seconds=60"))
    close_due()
    look_again()
    assert choice.is_open
