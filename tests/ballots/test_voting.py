import pytest

from app.ballots.facts import OwnVoteChanged, VoteCast
from app.ballots.models import BallotState, VoteMark
from app.database import transaction
from app.events import actions
from app.extensions import db
from app.realtime import View
from tests.ballots.asking import ask, cast, options, plan, votes
from tests.factories import look_again


def marks(ballot):
    look_again()
    names = {id: text for text, id in options(ballot).items()}
    rows = db.session.query(VoteMark).order_by(VoteMark.option_id)
    return {names[mark.option_id]: mark.dots for mark in rows}


def send(visitor, ballot, form, **more):
    return visitor.post(f"/ballots/{ballot.id}/vote", form, **more)


def test_a_choice_is_counted_and_announced_without_a_word_on_whose_or_which(
    choice, participant, announced
):
    answer = send(participant, choice, {"option": options(choice)["Pears"]})
    assert (answer.status_code, answer.location) == (303, f"/e/{choice.event.code}")
    assert marks(choice) == {"Pears": 1}
    assert announced(choice.event.channel)[-1] == VoteCast(choice.id)
    own = OwnVoteChanged(participant.participant_id)
    assert announced(participant.person.channel)[-1] == own


def test_whoever_votes_again_has_changed_their_vote(choice, participant):
    for text in ("Pears", "Plums", "Plums"):
        send(participant, choice, {"option": options(choice)[text]})
    assert marks(choice) == {"Plums": 1}
    assert len(votes(choice)) == 1


def test_a_key_that_another_vote_has_is_drawn_anew(scale, participant, host, monkeypatch):
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr("app.ballots.models.secrets.randbelow", lambda _most: next(drawn) - 1)
    cast(scale, participant, value=1)
    cast(scale, host, value=2)
    assert {vote.value: vote.key for vote in votes(scale)} == {1: 7, 2: 8}


def test_a_changed_vote_keeps_its_key(scale, participant):
    cast(scale, participant, value=1)
    (before,) = [vote.key for vote in votes(scale)]
    cast(scale, participant, value=2)
    look_again()
    assert [(vote.key, vote.value) for vote in votes(scale)] == [(before, 2)]


def test_several_can_be_chosen_where_that_is_allowed(event, participant):
    ballot = ask(event, "choice", most="2")
    ids = options(ballot)
    assert send(participant, ballot, {"option": list(ids.values())}).status_code == 422
    assert send(participant, ballot, {"option": [ids["Apples"], ids["Plums"]]}).status_code == 303
    assert marks(ballot) == {"Apples": 1, "Plums": 1}


def test_a_number_on_a_scale(scale, participant):
    assert send(participant, scale, {"value": "4"}).status_code == 303
    assert [vote.value for vote in votes(scale)] == [4]


def test_dots_are_spread_and_stacked(dots, participant):
    ids = options(dots)
    form = {f"dots-{ids['Apples']}": "2", f"dots-{ids['Pears']}": "1", f"dots-{ids['Plums']}": "0"}
    assert send(participant, dots, form).status_code == 303
    assert marks(dots) == {"Apples": 2, "Pears": 1}


def test_without_stacking_each_option_takes_one_dot(event, participant):
    ballot = ask(event, "dots", stacking="", most="2")
    ids = options(ballot)
    assert send(participant, ballot, {f"dots-{ids['Apples']}": "2"}).status_code == 422
    assert send(participant, ballot, {"option": [ids["Apples"], ids["Pears"]]}).status_code == 303
    assert marks(ballot) == {"Apples": 1, "Pears": 1}


def test_feedback_has_a_number_and_a_reason(feedback, participant):
    form = {"value": "9", "reason": "  We met at last.  "}
    assert send(participant, feedback, form).status_code == 303
    assert [(vote.value, vote.reason) for vote in votes(feedback)] == [(9, "We met at last.")]


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("choice", {}),
        ("choice", {"option": "999999"}),
        ("choice", {"option": "soon"}),
        ("choice", {"value": "1"}),
        ("scale", {}),
        ("scale", {"value": "0"}),
        ("scale", {"value": "6"}),
        ("scale", {"value": "-1"}),
        ("scale", {"value": "3", "reason": "Nobody asked"}),
        ("scale", {"option": "1"}),
        ("dots", {}),
        ("dots", {"dots-999999": "1"}),
        ("dots", {"dots-x": "1"}),
        ("feedback", {"reason": "No number"}),
        ("feedback", {"value": "3", "reason": "x" * 301}),
    ],
)
def test_what_the_ballot_does_not_ask_is_refused(event, participant, kind, form):
    ballot = ask(event, kind)
    assert send(participant, ballot, form).status_code == 422
    assert votes(ballot) == []


def test_too_many_dots_are_refused_and_the_earlier_vote_stays(dots, participant):
    cast(dots, participant, dots={"Apples": 1})
    for form in ({"Apples": 4}, {"Apples": 2, "Pears": 2}):
        ids = options(dots)
        sent = {f"dots-{ids[text]}": str(n) for text, n in form.items()}
        assert send(participant, dots, sent).status_code == 422
    assert marks(dots) == {"Apples": 1}


def test_an_option_of_another_ballot_is_none_of_this_one(event, participant):
    other = options(ask(event, "choice"))["Apples"]
    ballot = ask(event, "choice")
    assert send(participant, ballot, {"option": other}).status_code == 422


def test_after_the_end_nothing_is_taken(choice, participant, moderator):
    pears = options(choice)["Pears"]
    moderator.delete(f"/ballots/{choice.id}/opening")
    assert send(participant, choice, {"option": pears}).status_code == 409
    assert choice.state is BallotState.CLOSED
    assert votes(choice) == []


def test_a_page_that_shows_the_round_before_does_not_answer_this_one(scale, participant, moderator):
    moderator.delete(f"/ballots/{scale.id}/opening")
    moderator.post(f"/ballots/{scale.id}/rounds")
    assert send(participant, scale, {"value": "3", "round": "1"}).status_code == 409
    assert send(participant, scale, {"value": "3", "round": "2"}).status_code == 303


@pytest.mark.parametrize("role", ["participant", "moderator", "host"])
def test_who_writes_in_an_event_may_vote(choice, role, request):
    visitor = request.getfixturevalue(role)
    assert send(visitor, choice, {"option": options(choice)["Pears"]}).status_code == 303


def test_others_may_not(choice, observer, outsider):
    form = {"option": options(choice)["Pears"]}
    assert send(observer, choice, form).status_code == 403
    assert send(outsider, choice, form).status_code == 401
    assert votes(choice) == []


def test_nobody_else_hears_what_somebody_chose(choice, participant, moderator, hear):
    """While the result is hidden the hall gets a number, and the cockpit sums."""
    hall, screen = hear(choice.event), hear(choice.event, View.SCREEN)
    cockpit, mine = hear(choice.event, View.COCKPIT), hear(participant)
    other = hear(moderator)
    send(participant, choice, {"option": options(choice)["Pears"]})
    for ear in (hall, screen):
        assert "1 vote" in ear.html
        assert "Pears" not in ear.html
        assert "Paula" not in ear.html
    assert "Pears" in cockpit.html
    assert "Paula" not in cockpit.html
    assert "Pears" in mine.html
    assert other.messages == []


def test_the_answer_shows_ones_own_vote_at_once(choice, participant):
    answer = send(participant, choice, {"option": options(choice)["Pears"]}, live=True)
    assert answer.status_code == 200
    assert 'target="my-vote"' in answer.text
    assert "Pears" in answer.text


def test_pages_fill_in_what_one_has_voted_and_only_that(choice, participant, join):
    cast(choice, participant, dots={"Pears": 1})
    page = participant.get(f"/e/{choice.event.code}").text
    pears = options(choice)["Pears"]
    field = page.split(f'id="option-{pears}-1"')[1].split(">")[0]
    assert "checked" in field
    assert "Your vote:" in page
    others = join(choice.event).get(f"/e/{choice.event.code}").text
    assert "checked" not in others
    assert "Your vote:" not in others


def test_what_the_hall_is_sent_holds_nobodys_vote_and_no_token(
    event, participant, moderator, hear, forgery_checked
):
    item, hall = plan(event, "dots"), hear(event)
    with transaction():
        actions.start_step(event, item)
    assert "data-paper=" in hall.html
    assert "csrf_token" not in hall.html
    assert 'value="0"' in hall.html


def test_dots_filled_in_by_the_page_are_those_that_were_sent(dots, participant):
    cast(dots, participant, dots={"Apples": 2, "Plums": 1})
    page = participant.get(f"/e/{dots.event.code}").text
    for text, n in {"Apples": 2, "Pears": 0, "Plums": 1}.items():
        field = page.split(f'name="dots-{options(dots)[text]}"')[1].split(">")[0]
        assert f'value="{n}"' in field
