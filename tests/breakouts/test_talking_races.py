"""Two who do something with one contribution at the same moment, on PostgreSQL."""

import pytest
from sqlalchemy import select

from app.breakouts import actions
from app.breakouts.models import Contribution, ContributionThread, ContributionVersion
from app.database import locked, transaction
from app.errors import Conflict
from app.events.models import Event, Participant
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Thread
from app.richtext import written
from tests.breakouts.rounds import come, make_conference, room_of, start
from tests.together import failures, together

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("database", ["postgresql"]),
]
TRIES = range(5)


@pytest.fixture
def event(app) -> Event:
    return make_conference()


@pytest.fixture
def author(event):
    (person,) = come(event)
    return person.id


@pytest.fixture
def contribution(event, author):
    person = db.session.get_one(Participant, author)
    room = room_of(start(event, "Round 1"), person)
    with transaction():
        made, _new = actions.write_contribution(room, person, "concern", "As first said.", "k")
        return made.id


def saying(contribution_id, person_id, words, version):
    def say():
        with transaction():
            contribution = locked(Contribution, contribution_id)
            person = db.session.get_one(Participant, person_id)
            actions.edit_contribution(contribution, person, words, version)

    return say


def opening(contribution_id):
    def begin():
        with transaction():
            return actions.begin_talk(locked(Contribution, contribution_id)).id

    return begin


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_who_save_at_once_one_is_told_and_both_texts_are_there(
    app, author, contribution, _try
):
    results = together(
        app, *(saying(contribution, author, words, 0) for words in ("One.", "Other."))
    )
    (told,) = failures(results)
    assert isinstance(told, Conflict)
    said = db.session.get_one(Contribution, contribution)
    assert (told.details["text"], told.details["version"]) == (said.text, 1)
    assert [each.text for each in db.session.scalars(select(ContributionVersion))] == [
        "As first said."
    ]


@pytest.mark.parametrize("_try", TRIES)
def test_two_who_open_it_at_once_find_one_thread(app, contribution, _try):
    first, second = together(app, *(opening(contribution) for _person in range(2)))
    assert first == second
    assert len(db.session.scalars(select(ContributionThread)).all()) == 1


@pytest.mark.parametrize("_try", TRIES)
def test_nobody_replies_to_what_is_gone_at_that_moment(app, event, author, contribution, _try):
    (other,) = come(event)
    other_id = other.id
    thread_id = opening(contribution)()

    def reply():
        with transaction():
            thread = locked(Thread, thread_id)
            person = db.session.get_one(Participant, other_id)
            forums.write_post(thread, person, written("With us, too.", 100), "r")

    def withdraw():
        with transaction():
            own = locked(Contribution, contribution)
            actions.withdraw_contribution(own, db.session.get_one(Participant, author))

    assert failures(together(app, reply, withdraw)) == []
    left = db.session.get_one(Contribution, contribution)
    assert (left.withdrawn_at is None) == (left.participant_id is None)
