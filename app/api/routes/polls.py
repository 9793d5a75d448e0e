"""Flash polls: concerns, support, closure, aspects."""

from typing import Any

from app.api.answers.polls import concern_answers, poll_answer
from app.api.aspects import arrange
from app.api.bodies import body, flag, identifiers, objects, text
from app.api.calls import call
from app.api.submissions import key_field, require_same_place
from app.api.tokens import person_in
from app.database import found, locked, transaction
from app.events.models import Participant
from app.limits import LEADING, TAPPING, WRITING
from app.livepolls import actions
from app.livepolls.board.models import Gesture
from app.livepolls.board.recording import gesture
from app.livepolls.models import LONGEST_CONCERN, Concern, FlashPoll
from app.livepolls.queries import cards, held_concern
from app.permissions import require

CONCERN = body(
    text("text", LONGEST_CONCERN, "Wie erreichen wir belastete Eltern früh?"),
    key_field(),
    flag("named", False),
)
WORDING = body(text("text", LONGEST_CONCERN, "Wie erreichen wir belastete Familien früh?"))
ASPECT = body(
    text("title", 120, "Eltern früh und passend erreichen"),
    identifiers("concerns", [4, 7, 9]),
    flag("is_chosen", True),
)
ASPECTS = body(objects("aspects", ASPECT), flag("is_frozen", True))


@call("GET", "/polls/<int:poll_id>", {200: "Poll"})
def show(poll_id: int) -> Any:
    """A poll: its question, its concerns as far as one may see them, and its aspects."""
    poll = found(FlashPoll, poll_id)
    person = person_in(poll.event)
    require(person, "livepolls.see", poll)
    return poll_answer(poll, person)


@call(
    "POST",
    "/polls/<int:poll_id>/concerns",
    {201: "Concern", 200: "Concern"},
    body=CONCERN,
    limit=WRITING,
)
def write_concern(poll_id: int, body: dict[str, Any]) -> Any:
    """Voice a concern; in a poll that “is_named”, with one's name if it is to be “named”."""
    with transaction():
        poll = locked(FlashPoll, poll_id, shared=True, along=FlashPoll.event)
        person = person_in(poll.event)
        require(person, "livepolls.write", poll)
        concern, is_new = actions.write_concern(
            poll, person, body["text"], body["key"], named=body["named"] is True
        )
        require_same_place(concern.poll_id, poll.id)
    answer = concern_answers(cards(Concern.id == concern.id), person)[0]
    return answer, 201 if is_new else 200


@call("PUT", "/concerns/<int:concern_id>", {200: "Concern"}, body=WORDING, limit=WRITING)
def edit_concern(concern_id: int, body: dict[str, Any]) -> Any:
    """Say a concern of one's own differently; who supports it supports what it said until then."""
    with transaction():
        concern, person = _own_concern(concern_id)
        actions.edit_concern(concern, person, body["text"])
    return concern_answers(cards(Concern.id == concern_id), person)[0]


@call("DELETE", "/concerns/<int:concern_id>", {204: None}, limit=WRITING)
def withdraw_concern(concern_id: int) -> Any:
    """Take a concern of one's own back; where others support it, it stays theirs."""
    with transaction():
        concern, person = _own_concern(concern_id)
        actions.withdraw_concern(concern, person)
    return "", 204


def _own_concern(concern_id: int) -> tuple[Concern, Participant]:
    """The concern, if it is the bearer's; its poll is held (shared), so that nothing closes it."""
    concern = found(Concern, concern_id)
    locked(FlashPoll, concern.poll_id, shared=True, along=FlashPoll.event)
    person = person_in(concern.poll.event)
    require(person, "livepolls.edit", concern)
    return concern, person


@call("PUT", "/concerns/<int:concern_id>/support", {204: None}, limit=TAPPING)
def support(concern_id: int) -> Any:
    """Say “me too”."""
    return _support(concern_id, True)


@call("DELETE", "/concerns/<int:concern_id>/support", {204: None}, limit=TAPPING)
def take_back_support(concern_id: int) -> Any:
    """Take “me too” back."""
    return _support(concern_id, False)


def _support(concern_id: int, wanted: bool) -> Any:
    with transaction():
        concern = held_concern(concern_id)
        person = person_in(concern.poll.event)
        require(person, "livepolls.support", concern)
        actions.support(concern, person, wanted)
    return "", 204


def _moderated(poll_id: int) -> FlashPoll:
    """The poll, held, if the bearer leads its event."""
    known = found(FlashPoll, poll_id)
    require(person_in(known.event), "livepolls.moderate", known)
    return locked(FlashPoll, poll_id)


@call("POST", "/polls/<int:poll_id>/closure", {200: "Poll"}, limit=LEADING)
def close(poll_id: int) -> Any:
    """Take no more concerns; for moderators."""
    with transaction():
        poll = _moderated(poll_id)
        actions.close_poll(poll)
    return poll_answer(poll, person_in(poll.event))


@call("DELETE", "/polls/<int:poll_id>/closure", {200: "Poll"}, limit=LEADING)
def reopen(poll_id: int) -> Any:
    """Take concerns, for the first time or again; for moderators."""
    with transaction():
        poll = _moderated(poll_id)
        actions.open_poll(poll)
    return poll_answer(poll, person_in(poll.event))


@call("PUT", "/polls/<int:poll_id>/aspects", {200: "Poll"}, body=ASPECTS, limit=LEADING)
def arrange_aspects(poll_id: int, body: dict[str, Any]) -> Any:
    """Gather concerns into exactly these aspects, and freeze them; for moderators."""
    with transaction():
        poll = _moderated(poll_id)
        with gesture(poll, Gesture.ARRANGE, person_in(poll.event)):
            arrange(poll, body["aspects"], freeze=body["is_frozen"] is not False)
    return poll_answer(poll, person_in(poll.event))
