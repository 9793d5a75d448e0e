"""What happens at the same moment, each with a device of its own."""

import random

import pytest

from app.ballots import actions
from app.ballots.models import Ballot, Vote, VoteMark
from app.ballots.papers import Paper
from app.database import locked, transaction
from app.events.models import Participant
from app.extensions import db
from tests.ballots.asking import options, votes
from tests.factories import look_again
from tests.together import failures, together

only_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@only_postgresql
def test_one_person_on_many_devices_has_one_vote(app, dots, participant):
    ids, ballot_id, person_id = list(options(dots).values()), dots.id, participant.participant_id

    def vote(dots_):
        with transaction() as session:
            ballot = locked(Ballot, ballot_id, shared=True)
            person = session.get_one(Participant, person_id)
            actions.cast_vote(ballot, person, Paper(dots_))

    papers = [{ids[n % 3]: 3} for n in range(4)] + [dict.fromkeys(ids, 1) for _ in range(4)]
    results = together(app, *[lambda p=p: vote(p) for p in papers])
    assert failures(results) == []
    assert len(votes(dots)) == 1
    marks = db.session.query(VoteMark).all()
    assert {mark.option_id: mark.dots for mark in marks} in papers


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_no_vote_is_accepted_after_the_end(app, scale, join, moderator, attempt):
    people, url = [join(scale.event) for _ in range(8)], f"/ballots/{scale.id}"
    random.Random(attempt).shuffle(people)
    voting = [lambda p=p: p.post(f"{url}/vote", {"value": "3"}).status_code for p in people]
    close = lambda: moderator.delete(f"{url}/opening").status_code  # noqa: E731
    answers = together(app, *voting[:4], close, *voting[4:])
    assert answers.pop(4) == 303
    assert set(answers) <= {303, 409}
    look_again()
    assert db.session.query(Vote).count() == answers.count(303)
    assert not scale.is_open


@only_postgresql
def test_either_the_words_change_or_somebody_votes_on_them(app, choice, join, moderator):
    people, ids = [join(choice.event) for _ in range(4)], options(choice)
    form, url = {"option": ids["Pears"]}, f"/ballots/{choice.id}"
    sent = {"question": "Other words?", "setting-choice-options": "A\nB"}
    voting = [lambda p=p: p.post(f"{url}/vote", form).status_code for p in people]
    change = lambda: moderator.post(url, sent).status_code  # noqa: E731
    answers = together(app, *voting[:2], change, *voting[2:])
    changed = answers.pop(2)
    look_again()
    if changed == 303:
        assert set(answers) == {422}
        assert (choice.question, votes(choice)) == ("Other words?", [])
    else:
        assert changed == 409
        assert choice.question == "Which do you like?"
        assert len(votes(choice)) == answers.count(303) > 0


@only_postgresql
def test_a_second_click_asks_a_second_question_at_a_place_of_its_own(app, event, moderator):
    click = lambda kind: moderator.post(f"/e/{event.code}/at-once/{kind}").status_code  # noqa: E731
    answers = together(app, *[lambda k=k: click(k) for k in ("choice", "scale", "dots")])
    assert answers == [303, 303, 303]
    look_again()
    assert len({item.position for item in event.items}) == len(event.items) == 5
    open_ = [b for b in db.session.query(Ballot) if b.is_open]
    assert [ballot.item_id for ballot in open_] == [event.current_item_id]
