"""A poll with its lineage as plain values: what the JSON holds, and what the tables are made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.addresses import external_url
from app.breakouts.models import Contribution
from app.events.models import Event
from app.exporting.queries import Branch, Lineage, RoomTexts
from app.forums.models import Thread
from app.livepolls.models import FlashPoll
from app.livepolls.queries import ConcernCard
from app.livepolls.splits import Whole
from app.notes.queries import text_of
from app.proposals.queries import AnswerCard, ProposalCard

Shape = dict[str, Any]


def shape_of(rounds: Sequence[Lineage], poll: FlashPoll) -> Shape:
    """All rounds of a poll, asked for by one of them; everything has its id and its address."""
    event = poll.event
    return {
        "event": {
            "code": event.code,
            "title": event.title,
            "address": external_url("events.live", code=event.code),
        },
        "poll": {
            "id": poll.id,
            "address": external_url("events.step", code=event.code, item_id=poll.item_id),
            "question": poll.question,
            "state": poll.state.value,
            "opened_at": _moment(poll.opened_at),
            "closed_at": _moment(poll.closed_at),
            "aspects_chosen_at": _moment(poll.frozen_at),
            "round": poll.round,
        },
        "rounds": [_round(found.poll) for found in rounds],
        "concerns": [_concern(card, found) for found in rounds for card in found.concerns],
        "aspects": [_aspect(branch, found) for found in rounds for branch in found.branches],
        "has_names": any(found.is_moderators for found in rounds),
    }


def _round(poll: FlashPoll) -> Shape:
    address = external_url("events.step", code=poll.event.code, item_id=poll.item_id)
    return {"poll": poll.id, "round": poll.round, "address": address}


def _moment(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def _concern(card: ConcernCard, found: Lineage) -> Shape:
    concern = card.concern
    shape: Shape = {
        "id": concern.id,
        "round": found.poll.round,
        "address": _on_results(found.poll.event, f"concern-{concern.id}"),
        "text": concern.text,
        "written_at": _moment(concern.created_at),
        "me_too": card.supports,
        "supported_as": [{"text": w.text, "me_too": w.supports} for w in card.supported_as],
        "split_from": [_whole(whole, found) for whole in card.split_from],
        "aspect": concern.aspect_id if found.branches else None,
    }
    if found.is_moderators:
        shape["is_hidden"] = concern.is_hidden
        shape["is_waiting"] = concern.is_waiting
        shape["is_off_topic"] = concern.is_off_topic
        shape["reason"] = concern.hidden_reason or concern.off_topic_reason
    return shape | _author(concern.participant_id, found)


def _whole(whole: Whole, found: Lineage) -> Shape:
    """What a concern was split from, and the two that came of it."""
    text = whole.text if found.is_moderators or not whole.is_veiled else ""
    return {"text": text or None, "me_too": whole.supports, "concerns": list(whole.concerns)}


def _aspect(branch: Branch, found: Lineage) -> Shape:
    aspect = branch.aspect
    address = external_url("proposals.aspect", aspect_id=aspect.id)
    return {
        "id": aspect.id,
        "round": found.poll.round,
        "address": address,
        "title": aspect.title,
        "is_chosen": aspect.chosen,
        "position": aspect.position or None,
        "people": branch.card.voices,
        "concerns": [card.concern.id for card in branch.card.cards],
        "answers": [_answer(c, address, found) for c in branch.section.answers.cards],
        "proposals": [_proposal(c, found) for c in branch.section.cards],
        "rooms": [_room(room, found) for room in branch.rooms],
        "threads": [_thread(thread) for thread in branch.threads],
    }


def _answer(card: AnswerCard, aspect: str, found: Lineage) -> Shape:
    answer = card.answer
    return {
        "id": answer.id,
        "address": f"{aspect}#answer-{answer.id}",
        "text": answer.text,
        "written_at": _moment(answer.created_at),
        "organisation": answer.organisation,
        "commitment": answer.state.value if answer.state else None,
        "why": answer.why,
        "committed_at": _moment(answer.state_at),
    } | _author(answer.participant_id, found)


def _proposal(card: ProposalCard, found: Lineage) -> Shape:
    proposal = card.proposal
    return {
        "id": proposal.id,
        "address": _proposal_address(proposal.id),
        "text": proposal.text,
        "written_at": _moment(proposal.created_at),
        "supporters": card.supports,
        "comments": card.comments,
        "merged": [
            {"id": other.id, "address": _proposal_address(other.id), "text": other.text}
            for other in card.merged
        ],
    } | _author(proposal.participant_id, found)


def _proposal_address(id: int) -> str:
    return external_url("proposals.show", proposal_id=id)


def _room(texts: RoomTexts, found: Lineage) -> Shape:
    room, notes, report = texts.room, texts.notes, texts.report
    shape: Shape = {
        "id": room.id,
        "address": _on_results(room.round.event, f"room-{room.id}"),
        "round": room.round.item.title,
        "number": room.number,
        "name": room.name,
        "contributions": [_contribution(each, found) for each in texts.contributions],
        "notes": text_of(notes) if notes else "",
        "discussed": report.discussed if report else "",
        "request": report.request if report else "",
        "ideas": report.ideas if report else "",
    }
    if found.is_moderators:
        shape["notes_are_hidden"] = notes is not None and notes.is_hidden
    return shape


def _contribution(contribution: Contribution, found: Lineage) -> Shape:
    shape: Shape = {
        "id": contribution.id,
        "address": external_url("breakouts.contribution", contribution_id=contribution.id),
        "kind": contribution.kind.value,
        "text": contribution.text,
        "written_at": _moment(contribution.created_at),
    }
    if found.is_moderators:
        shape["is_hidden"] = contribution.is_hidden
    return shape | _author(contribution.participant_id, found)


def _thread(thread: Thread) -> Shape:
    return {
        "id": thread.id,
        "address": external_url("forums.show_thread", thread_id=thread.id),
        "title": thread.title,
        "posts": thread.post_count,
    }


def _author(id: int | None, found: Lineage) -> Shape:
    """Who wrote it and where they are from, for moderators alone."""
    if not found.is_moderators:
        return {}
    person = found.authors.get(id or 0)
    place = (person.municipality.name if person.municipality else person.state) if person else ""
    return {"author": person.name if person else "", "from": place}


def _on_results(event: Event, place: str) -> str:
    return f"{external_url('results.show', code=event.code)}#{place}"
