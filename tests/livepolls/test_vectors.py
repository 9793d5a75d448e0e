"""What concerns mean is made as they come in, kept with them, and goes with them."""

import numpy as np
import pytest
from sqlalchemy import select

from app.database import now, transaction
from app.extensions import db
from app.livepolls import suggesting, vectors
from app.livepolls.actions import edit_concern, split_concern
from app.livepolls.board.models import Suggestion
from app.livepolls.grouping import Grouping, group
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.vectors import TURN, Embedding, EmbeddingTurn, embed, known_vectors
from app.offload import GoneApart
from tests.factories import look_again
from tests.livepolls.polls import write

NOTHING = Grouping("nothing", (), 6)


@pytest.fixture
def asked(monkeypatch):
    """What a model is asked to embed; it says how long a text is."""
    texts = []

    def embedded(_question, said):
        texts.extend(said)
        return [np.full(4, len(text), np.float16).tobytes() for text in said]

    monkeypatch.setattr(vectors, "embedded", embedded)
    monkeypatch.setattr(vectors, "meaning_at_work", lambda: A_MODEL)
    return texts


class Named:
    def __init__(self, name):
        self.name = name


A_MODEL = Named("a model")


def kept():
    look_again()
    return {row.concern_id: row.vector for row in db.session.scalars(select(Embedding))}


def edit(concern, person, text):
    with transaction():
        edit_concern(db.session.get_one(Concern, concern.id), person, text)


def test_a_concern_is_embedded_when_it_comes_in(poll, people, asked, jobs_at_once):
    concern = write(poll, people[0], "Childcare")
    assert asked == ["Childcare"]
    assert set(kept()) == {concern.id}
    assert set(known_vectors(db.session.get_one(FlashPoll, poll.id), A_MODEL)) == {"Childcare"}


def test_it_is_embedded_once(poll, people, asked, jobs_at_once):
    write(poll, people[0], "Childcare")
    embed(poll.id)
    assert asked == ["Childcare"]


def someone_else_embeds(poll, until):
    with transaction() as session:
        session.merge(EmbeddingTurn(poll_id=poll.id, until=until))


def test_one_process_embeds_for_all(poll, people, asked, jobs_at_once):
    someone_else_embeds(poll, now() + TURN)
    write(poll, people[0], "Childcare")
    assert asked == []
    someone_else_embeds(poll, now() - TURN)  # and was killed
    embed(poll.id)
    assert asked == ["Childcare"]
    assert db.session.scalars(select(EmbeddingTurn)).all() == []


def test_what_comes_as_the_turn_is_given_back_is_not_left(poll, people, asked, monkeypatch):
    write(poll, people[0], "Childcare")
    embed_next = vectors._embed_next

    def embed_and_be_late(found):
        number = embed_next(found)
        if asked == ["Childcare"]:
            write(poll, people[1], "Meetings")  # whose own task was turned away
        return number

    monkeypatch.setattr(vectors, "_embed_next", embed_and_be_late)
    embed(poll.id)
    assert asked == ["Childcare", "Meetings"]


def test_who_fails_gives_the_turn_back(poll, people, asked, monkeypatch):
    write(poll, people[0], "Childcare")

    def fail(*_):
        raise GoneApart

    with monkeypatch.context() as broken:
        broken.setattr(vectors, "embedded", fail)
        with pytest.raises(GoneApart):
            embed(poll.id)
    embed(poll.id)
    assert asked == ["Childcare"]


def test_both_parts_of_one_that_was_split_are_embedded_anew(poll, people, asked, jobs_at_once):
    concern = write(poll, people[0], "Childcare and meetings")
    with transaction():
        held = db.session.get_one(Concern, concern.id)
        second = split_concern(held, "Childcare", "Meetings")
    assert asked == ["Childcare and meetings", "Childcare", "Meetings"]
    assert set(kept()) == {concern.id, second.id}


def test_and_anew_when_it_says_something_else(poll, people, asked, jobs_at_once):
    concern = write(poll, people[0], "Childcare")
    before = kept()[concern.id]
    edit(concern, people[0].person, "Childcare in the evening")
    assert asked == ["Childcare", "Childcare in the evening"]
    assert kept()[concern.id] != before


def test_a_vector_of_another_wording_question_or_model_is_not_taken(
    poll, people, asked, jobs_at_once
):
    write(poll, people[0], "Childcare")
    found = db.session.get_one(FlashPoll, poll.id)
    assert known_vectors(found, Named("another")) == {}
    assert known_vectors(found, None) == {}
    assert known_vectors(found, A_MODEL) != {}
    with transaction():
        db.session.get_one(FlashPoll, poll.id).question = "Something else?"
    look_again()
    assert known_vectors(db.session.get_one(FlashPoll, poll.id), A_MODEL) == {}


def test_a_withdrawn_concern_is_not_embedded(poll, people, asked, jobs_at_once):
    concern = write(poll, people[0], "Childcare")
    with transaction():
        db.session.get_one(Concern, concern.id).withdrawn_at = concern.created_at
        db.session.scalars(select(Embedding)).one().digest = "old"
    embed(poll.id)
    assert asked == ["Childcare"]


def test_what_moderators_have_not_published_or_have_taken_off_is_no_models_to_read(
    poll, people, asked, jobs_at_once, moderator
):
    hidden = write(poll, people[0], "Childcare")
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": hidden.id})
    with transaction():
        db.session.get_one(FlashPoll, poll.id).is_moderated_before = True
    waiting = write(poll, people[1], "Meetings")
    people[0].post(f"/concerns/{hidden.id}", {"text": "Money"})
    embed(poll.id)
    assert asked == ["Childcare"]
    moderator.post(f"/polls/{poll.id}/published", {"concern": waiting.id})
    assert asked == ["Childcare", "Meetings"]
    moderator.post(f"/polls/{poll.id}/published", {"concern": hidden.id})
    embed(poll.id)  # as grouping does where something has no vector yet
    assert asked == ["Childcare", "Meetings", "Money"]


def test_what_is_withdrawn_while_it_is_embedded_leaves_nothing(
    poll, people, asked, jobs_at_once, monkeypatch
):
    concern = write(poll, people[0], "Childcare")
    real = vectors.run_apart

    def meanwhile(*args):
        people[0].delete(f"/concerns/{concern.id}")
        return real(*args)

    edit(concern, people[0].person, "Meetings")
    with transaction():
        vectors.forget_vectors(concern.id)
    monkeypatch.setattr(vectors, "run_apart", meanwhile)
    embed(poll.id)
    assert kept() == {}


def test_one_task_embeds_also_what_comes_meanwhile(poll, people, asked, jobs_at_once, monkeypatch):
    real = vectors.run_apart

    def meanwhile(*args):
        monkeypatch.setattr(vectors, "run_apart", real)
        write(poll, people[1], "Data protection")  # its own task finds another one at work
        assert asked == []
        return real(*args)

    monkeypatch.setattr(vectors, "run_apart", meanwhile)
    write(poll, people[0], "Childcare")
    assert asked == ["Childcare", "Data protection"]
    assert len(kept()) == 2


def test_what_is_gone_meanwhile_is_no_trouble(poll, people, asked, jobs_at_once, monkeypatch):
    concern = write(poll, people[0], "Childcare")
    real = vectors.run_apart

    def meanwhile(*args):
        with transaction():
            db.session.delete(db.session.get_one(Concern, concern.id))
        return real(*args)

    with transaction():
        db.session.scalars(select(Embedding)).one().digest = "old"
    monkeypatch.setattr(vectors, "run_apart", meanwhile)
    embed(poll.id)
    assert kept() == {}


def test_without_a_model_nothing_is_to_do(poll, people, jobs_at_once, monkeypatch):
    monkeypatch.setattr(vectors, "meaning_at_work", lambda: None)
    monkeypatch.setattr(vectors, "later", lambda *_args: pytest.fail("nothing to do"))
    write(poll, people[0], "Childcare")
    assert kept() == {}


def test_suggestions_are_made_of_the_vectors_that_are_kept(
    poll, people, asked, jobs_at_once, monkeypatch
):
    write(poll, people[0], "Childcare")
    seen = []

    def grouped(_do, question, said, known, _model, **bonds):
        seen.append(set(known))
        return group(question, said, **bonds)

    monkeypatch.setattr(suggesting, "meaning_at_work", lambda: A_MODEL)
    monkeypatch.setattr(suggesting, "run_apart", grouped)
    suggesting.suggest(poll.id)
    assert seen == [{"Childcare"}]


def test_what_has_none_yet_is_embedded_a_part_at_a_time_before_it_is_grouped(
    poll, people, asked, monkeypatch
):
    for number in range(5):
        write(poll, people[number], f"Childcare {number}")
    monkeypatch.setattr(vectors, "AT_ONCE", 3)
    grouped = []
    monkeypatch.setattr(suggesting, "_grouped", lambda *_, **__: grouped.append(1) or NOTHING)
    suggesting.suggest(poll.id)
    assert (len(asked), grouped) == (3, [])
    suggesting.suggest(poll.id)
    assert (len(asked), grouped) == (5, [1])


def test_where_the_model_takes_its_process_down_words_decide(poll, people, monkeypatch):
    for number in range(3):
        write(poll, people[number], "Childcare in the evening")
    monkeypatch.setattr(vectors, "meaning_at_work", lambda: A_MODEL)

    def dies(*_args, **_bonds):
        raise GoneApart("embedded")

    def grouped(do, *args, **bonds):
        return do(*args, **bonds) if do is group else dies()

    monkeypatch.setattr(vectors, "run_apart", dies)
    monkeypatch.setattr(suggesting, "run_apart", grouped)
    suggesting.suggest(poll.id)
    (found,) = db.session.scalars(select(Suggestion)).all()
    assert len(found.concern_ids) == 3
