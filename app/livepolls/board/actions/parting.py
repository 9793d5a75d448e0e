"""Who supports what when a concern is split, and when its two parts are one concern again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport
from app.livepolls.splits import ConcernSplit, wholes
from app.livepolls.wordings import ConcernWording, forget_wordings, says_the_same


def share(first: Concern, second: Concern) -> None:
    """Who supported the whole supports both parts, in the words that they have supported.

    The first part says its own already. Who supported just one part before supports that one.
    """
    for wording in _wordings_of(first):
        if says_the_same(wording.text, second.text):
            _let_support(wording, concern_id=second.id, wording_id=None)
            db.session.delete(wording)
        else:
            wording.is_of_whole = True
            _copy(wording, second)
    db.session.flush()


def collect(split: ConcernSplit) -> None:
    """Who supports either part supports the whole again, each in the words that they supported.

    The first part says the whole already.
    """
    first, second = split.first, split.second
    for text, people in _only_of_second(first, second).items():
        wording_id = _wording_for(first, text)
        given = {"concern_id": first.id, "wording_id": wording_id}
        db.session.execute(
            insert(ConcernSupport), [{**given, "participant_id": id} for id in people]
        )
    db.session.execute(delete(ConcernSupport).where(ConcernSupport.concern_id == second.id))
    forget_wordings(second)
    if not wholes([first.id]):
        for wording in _wordings_of(first):
            wording.is_of_whole = False
    db.session.flush()


def _only_of_second(first: Concern, second: Concern) -> Mapping[str, Sequence[int]]:
    """Who supports the second part and not the first, by the words that they support."""
    there, people = aliased(ConcernSupport), defaultdict[str, list[int]](list)
    rows = db.session.execute(
        select(
            func.coalesce(ConcernWording.text, literal(second.text)), ConcernSupport.participant_id
        )
        .outerjoin(ConcernWording, ConcernWording.id == ConcernSupport.wording_id)
        .where(
            ConcernSupport.concern_id == second.id,
            ConcernSupport.participant_id.not_in(
                select(there.participant_id).where(there.concern_id == first.id)
            ),
        )
        .order_by(ConcernSupport.participant_id)
    )
    for text, person_id in rows:
        people[text].append(person_id)
    return people


def _wording_for(first: Concern, text: str) -> int | None:
    """The wording of a concern that says this; none where that is what it says now."""
    if says_the_same(first.text, text):
        return None
    known = [each for each in _wordings_of(first) if says_the_same(each.text, text)]
    if known:
        return known[0].id
    made = ConcernWording(concern_id=first.id, text=text, written_at=first.created_at)
    db.session.add(made)
    db.session.flush()
    return made.id


def _wordings_of(concern: Concern) -> Sequence[ConcernWording]:
    query = select(ConcernWording).where(ConcernWording.concern_id == concern.id)
    return db.session.scalars(query.order_by(ConcernWording.id)).all()


def _let_support(wording: ConcernWording, **values: int | None) -> None:
    db.session.execute(
        update(ConcernSupport)
        .where(ConcernSupport.wording_id == wording.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _copy(wording: ConcernWording, second: Concern) -> None:
    copy = ConcernWording(
        concern_id=second.id,
        text=wording.text,
        written_at=wording.written_at,
        replaced_at=wording.replaced_at,
        is_of_whole=True,
    )
    db.session.add(copy)
    db.session.flush()
    people = select(literal(second.id), ConcernSupport.participant_id, literal(copy.id)).where(
        ConcernSupport.wording_id == wording.id
    )
    columns = ["concern_id", "participant_id", "wording_id"]
    db.session.execute(insert(ConcernSupport).from_select(columns, people))
