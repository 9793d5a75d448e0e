import pytest
from sqlalchemy import func, select

from app.database import transaction
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.livepolls import actions
from app.livepolls.models import Concern, FlashPoll
from app.submissions import submit_once
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll
from tests.together import together


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


def submit(poll, visitor, text, key):
    person_id = visitor if isinstance(visitor, int) else visitor.participant_id
    poll_id = poll if isinstance(poll, int) else poll.id
    with transaction():
        thing, is_new = submit_once(
            Concern,
            db.session.get_one(Participant, person_id),
            key,
            text,
            lambda sure_key: Concern(
                poll_id=poll_id,
                participant_id=person_id,
                key=sure_key,
                text=text,
                submitted_text=text,
            ),
        )
        return thing.id, is_new


def stored():
    return db.session.scalar(select(func.count(Concern.id)))


def test_the_same_key_twice_makes_one_thing(poll, participant):
    first, was_new = submit(poll, participant, "Childcare", "k1")
    again, is_new = submit(poll, participant, "Childcare", "k1")
    assert (was_new, is_new) == (True, False)
    assert first == again
    assert stored() == 1


def test_the_same_key_with_another_text_is_a_conflict(poll, participant):
    submit(poll, participant, "Childcare", "k1")
    with pytest.raises(Conflict):
        submit(poll, participant, "Something else", "k1")
    assert stored() == 1


def test_a_late_retry_is_known_even_after_the_text_was_edited(poll, participant):
    first, _ = submit(poll, participant, "Childcare", "k1")
    with transaction():
        concern = db.session.get_one(Concern, first)
        actions.edit_concern(concern, participant.person, "Childcare in the evening")
    assert submit(poll, participant, "Childcare", "k1") == (first, False)


def test_the_key_is_each_persons_own(poll, participant, join):
    submit(poll, participant, "Childcare", "k1")
    _, is_new = submit(poll, join(poll.event), "Childcare", "k1")
    assert is_new
    assert stored() == 2


def test_without_a_key_each_is_new(poll, participant):
    assert submit(poll, participant, "Childcare", "")[1]
    assert submit(poll, participant, "Childcare", "")[1]
    assert stored() == 2


def test_the_same_key_at_the_same_time_makes_one_thing(app, poll, participant):
    person_id, poll_id = participant.participant_id, poll.id
    results = together(app, *[lambda: submit(poll_id, person_id, "Childcare", "k1")] * 6)
    assert len({id for id, _ in results}) == 1
    assert sorted(is_new for _, is_new in results) == [False] * 5 + [True]
    assert stored() == 1


def test_one_key_with_two_texts_at_the_same_time_keeps_one_and_refuses_the_other(
    app, poll, participant
):
    person_id, poll_id = participant.participant_id, poll.id
    results = together(
        app,
        lambda: submit(poll_id, person_id, "Childcare", "k1"),
        lambda: submit(poll_id, person_id, "Something else", "k1"),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert stored() == 1
    assert db.session.get_one(FlashPoll, poll_id).is_open
