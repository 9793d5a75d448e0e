"""Where in the event something stands that was carried over."""

from flask import url_for

from app.carryover.models import CarriedPiece, CarriedThread, PieceKind, SourceKind
from app.extensions import db
from app.livepolls.models import Aspect, Concern
from app.notes.models import Notes
from app.proposals.models import OfficialAnswer, Proposal


def page_of_thread(carried: CarriedThread) -> str:
    """The page of the aspect, or the room's place among the results."""
    is_aspect = carried.kind == SourceKind.ASPECT
    if is_aspect and db.session.get(Aspect, carried.source_id) is not None:
        return url_for("proposals.aspect", aspect_id=carried.source_id)
    return _results(carried, f"{carried.kind.value}-{carried.source_id}")


def page_of(piece: CarriedPiece) -> str:
    """The page where this was said, at its place there."""
    carried, id = piece.carried, piece.source_id
    if piece.kind == PieceKind.CONCERN:
        concern = db.session.get(Concern, id)
        if concern is not None and concern.aspect_id is not None:
            return url_for("proposals.aspect", aspect_id=concern.aspect_id) + f"#concern-{id}"
        return _results(carried, "main")
    if piece.kind == PieceKind.ANSWER:
        return _page_of_answer(carried, id)
    if piece.kind in (PieceKind.PROPOSAL, PieceKind.COMMENT):
        return _page_of_proposal(piece)
    if piece.kind == PieceKind.CONTRIBUTION:
        return _results(carried, f"result-contribution-{id}")
    if piece.kind == PieceKind.NOTES:
        notes = db.session.get(Notes, id)
        return _results(carried, f"notes-{notes.room_id}" if notes else "main")
    return _results(carried, f"request-{id}" if piece.kind == PieceKind.REQUEST else "main")


def _page_of_answer(carried: CarriedThread, id: int) -> str:
    answer = db.session.get(OfficialAnswer, id)
    if answer is None or answer.aspect_id is None:
        return _results(carried, f"answer-{id}")
    return url_for("proposals.aspect", aspect_id=answer.aspect_id) + f"#answer-{id}"


def _page_of_proposal(piece: CarriedPiece) -> str:
    is_comment = piece.kind == PieceKind.COMMENT
    proposal_id = piece.under_id if is_comment else piece.source_id
    if proposal_id is None or db.session.get(Proposal, proposal_id) is None:
        return _results(piece.carried, "main")
    place = f"#post-{piece.source_id}" if is_comment else ""
    return url_for("proposals.show", proposal_id=proposal_id) + place


def _results(carried: CarriedThread, place: str) -> str:
    return url_for("results.show", code=carried.event.code) + f"#{place}"
