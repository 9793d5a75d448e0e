"""What concerns mean, as vectors: made beside the requests as they come in, and kept with them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, ForeignKey, and_, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, dialect_insert, now, transaction
from app.extensions import db
from app.jobs import later, task
from app.livepolls.facts import ConcernWritten
from app.livepolls.grouping import FORM, Meaning, embedded, kept
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.operators_model import ModelAway, OperatorsModel, meaning_at_work
from app.offload import run_apart
from app.outbox import follows

AT_ONCE = 40  # texts: a second or two beside the event loop
TURN = timedelta(minutes=2)  # which a process that was killed keeps

_at_work: set[int] = set()
"""Polls whose concerns are being embedded for this process."""


class Embedding(Base):
    """What a model made of a concern and its parts, which goes with it; `digest` says what of.

    Each model has its own: while one process waits for an operator's, others may have it.
    """

    __tablename__ = "embedding"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    vector: Mapped[bytes]


class EmbeddingTurn(Base):
    """Which poll's concerns some process embeds: the others would make the same once more."""

    __tablename__ = "embedding_turn"

    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), primary_key=True
    )
    until: Mapped[datetime]


@follows(ConcernWritten)
def _embed_later(fact: ConcernWritten) -> None:
    """Embed what somebody has said or changed, so that grouping need not wait for it."""
    if meaning_at_work() is not None:
        later(embed, fact.poll_id)


@task
def embed(poll_id: int) -> None:
    """Embed what a poll's concerns say, as long as more comes; what is lost, grouping makes.

    One task at a time does so for all processes: the others have nothing to wait for. They leave
    what they were asked for to it, so it looks once more after it has given its turn back.
    """
    if poll_id in _at_work:
        return
    _at_work.add(poll_id)
    try:
        while _is_behind(poll_id) and _embed_all(poll_id):
            pass
    finally:
        _at_work.remove(poll_id)


def _is_behind(poll_id: int) -> bool:
    """Whether something has no vector yet."""
    model = meaning_at_work()
    poll = db.session.get(FlashPoll, poll_id)
    return model is not None and poll is not None and bool(_missing(poll, model))


def _embed_all(poll_id: int) -> bool:
    """Embed what has no vector yet; whether it was our turn."""
    with _turn(poll_id) as is_ours:
        while is_ours and _embed_next(db.session.get_one(FlashPoll, poll_id)) > AT_ONCE:
            pass
    return is_ours


@contextmanager
def _turn(poll_id: int) -> Iterator[bool]:
    """Be who embeds this poll's concerns; not while somebody else is."""
    until = now() + TURN
    turn = EmbeddingTurn.poll_id == poll_id
    insert = dialect_insert(EmbeddingTurn).values(poll_id=poll_id, until=until)
    taken = insert.on_conflict_do_update(
        index_elements=["poll_id"],
        set_={"until": insert.excluded.until},
        where=EmbeddingTurn.until < now(),
    )
    with transaction() as session:
        is_ours = session.scalar(taken.returning(EmbeddingTurn.poll_id)) is not None
    try:
        yield is_ours
    finally:
        if is_ours:  # also after all that time, unless somebody has taken it over
            with transaction() as session:
                session.execute(delete(EmbeddingTurn).where(turn, EmbeddingTurn.until == until))


def embed_some(poll: FlashPoll) -> bool:
    """Embed some of what has no vector yet, and tell whether nothing is left."""
    return _embed_next(poll) <= AT_ONCE


def _embed_next(poll: FlashPoll) -> int:
    """Embed the first of what has no vector yet; how many there were."""
    model = meaning_at_work()
    if model is None:
        return 0
    missing = _missing(poll, model)
    question, texts = poll.question, dict(list(missing.items())[:AT_ONCE])
    db.session.rollback()  # nothing is held while it computes
    if texts:
        try:
            vectors = made_by(model, question, list(texts.values()))
        except ModelAway:
            return AT_ONCE + 1  # another one has to make them all
        digests = [_digest(question, text) for text in texts.values()]
        with transaction():
            _keep(model, zip(texts, digests, vectors, strict=True))
    return len(missing)


def made_by(model: Meaning, question: str, texts: Sequence[str]) -> list[bytes]:
    """What to keep of each text: asked elsewhere, or computed in a process of its own."""
    if isinstance(model, OperatorsModel):
        return kept(model, question, texts)
    return run_apart(embedded, question, texts)


def _missing(poll: FlashPoll, model: Meaning) -> dict[int, str]:
    """The texts of concerns without a vector of what they say now, by their ids.

    What moderators have not published, or have taken off, is nobody else's: also no model's.
    """
    rows = db.session.execute(
        select(Concern.id, Concern.text, Embedding.digest)
        .outerjoin(Embedding, _is_of(model))
        .where(Concern.poll_id == poll.id, Concern.shown())
        .order_by(Concern.id)
    )
    question = poll.question
    return {id: text for id, text, digest in rows if digest != _digest(question, text)}


def forget_vectors(concern_id: int) -> None:
    """What was made of words that were taken back goes with them."""
    db.session.execute(delete(Embedding).where(Embedding.concern_id == concern_id))


def known_vectors(poll: FlashPoll, model: Meaning | None) -> dict[str, bytes]:
    """What a model has made of a poll's concerns by their texts, as far as it is there."""
    if model is None:
        return {}
    rows = db.session.execute(
        select(Concern.text, Embedding.digest, Embedding.vector)
        .join(Embedding, _is_of(model))
        .where(Concern.poll_id == poll.id)
    )
    question = poll.question
    return {text: vector for text, digest, vector in rows if digest == _digest(question, text)}


def _is_of(model: Meaning) -> ColumnElement[bool]:
    return and_(Embedding.concern_id == Concern.id, Embedding.model == _name(model))


def _keep(model: Meaning, made: Iterable[tuple[int, str, bytes]]) -> None:
    """Keep what was made of concerns that are still there."""
    new = {id: (digest, vector) for id, digest, vector in made}
    there = select(Concern.id).where(Concern.id.in_(new), Concern.shown()).order_by(Concern.id)
    still = db.session.scalars(there.with_for_update(key_share=True)).all()
    if still:
        insert = dialect_insert(Embedding).values(
            [
                {"concern_id": id, "model": _name(model), "digest": digest, "vector": vector}
                for id, (digest, vector) in new.items()
                if id in still
            ]
        )
        newer = {name: insert.excluded[name] for name in ("digest", "vector")}
        keys = ["concern_id", "model"]
        db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=newer))


def _name(model: Meaning) -> str:
    """A model, and the form in which what it makes is kept."""
    return f"{model.name}, {FORM}"


def _digest(question: str, text: str) -> str:
    """What vectors are made of: the question and the text."""
    return sha256("\0".join((question, text)).encode()).hexdigest()
