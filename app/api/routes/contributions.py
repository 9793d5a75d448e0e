"""Contributions of rooms: said differently, taken back, and what others say to them."""

from typing import Any

from app.api.answers.contributions import contribution_answer, replies_answer
from app.api.answers.writings import post_answer
from app.api.bodies import body, identifier, number, text
from app.api.calls import call
from app.api.submissions import key_field
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import LONGEST_CONTRIBUTION, Contribution
from app.breakouts.permissions import verb_to_edit
from app.database import found, locked, transaction
from app.events.models import Participant
from app.forums import actions as discussing
from app.forums.models import LONGEST_COMMENT
from app.limits import TAPPING, WRITING
from app.permissions import require
from app.reactions.models import Reaction
from app.richtext import written

MOST_VERSIONS = 2**31 - 1
WORDING = body(
    text("text", LONGEST_CONTRIBUTION, "Bei uns lädt die Hebamme schon vor der Geburt ein."),
    number("version", 0, MOST_VERSIONS, 0),
)
REPLY = body(
    text("text", LONGEST_COMMENT, "Bei uns auch, seit zwei Jahren."),
    key_field(),
    identifier("reply_to", 17, required=False),
)


def _held(contribution_id: int) -> tuple[Contribution, Participant]:
    """The contribution, held with its round (shared), and the bearer."""
    actions.hold_room(found(Contribution, contribution_id).room_id, shared=True)
    contribution = locked(Contribution, contribution_id)
    return contribution, person_in(contribution.room.round.event)


@call(
    "PUT",
    "/contributions/<int:contribution_id>",
    {200: "Contribution"},
    body=WORDING,
    limit=WRITING,
)
def edit(contribution_id: int, body: dict[str, Any]) -> Any:
    """Say it differently, as author or moderator; 409 with what it says now if that is newer."""
    with transaction():
        contribution, person = _held(contribution_id)
        require(person, verb_to_edit(person, contribution), contribution)
        actions.edit_contribution(contribution, person, body["text"], body["version"] or 0)
    return contribution_answer(contribution, person)


@call("DELETE", "/contributions/<int:contribution_id>", {204: None}, limit=WRITING)
def withdraw(contribution_id: int) -> Any:
    """Take one's contribution back; what others have replied to stays, without one's name."""
    with transaction():
        contribution, person = _held(contribution_id)
        require(person, "breakouts.edit", contribution)
        actions.withdraw_contribution(contribution, person)
    return "", 204


@call(
    "PUT",
    "/contributions/<int:contribution_id>/reactions/<kind>",
    {200: "Contribution"},
    limit=TAPPING,
)
def react(contribution_id: int, kind: str) -> Any:
    """React to another's contribution: agree, thanks or helpful."""
    return _react(contribution_id, kind, True)


@call(
    "DELETE",
    "/contributions/<int:contribution_id>/reactions/<kind>",
    {200: "Contribution"},
    limit=TAPPING,
)
def take_back_reaction(contribution_id: int, kind: str) -> Any:
    """Take a reaction back."""
    return _react(contribution_id, kind, False)


def _react(contribution_id: int, kind: str, wanted: bool) -> Any:
    with transaction():
        contribution = locked(Contribution, contribution_id, shared=True)
        person = person_in(contribution.room.round.event)
        require(person, "breakouts.react", contribution)
        actions.react(contribution, person, Reaction.called(kind), wanted)
    return contribution_answer(contribution, person)


@call("GET", "/contributions/<int:contribution_id>/replies", {200: "Replies"})
def list_replies(contribution_id: int) -> Any:
    """A contribution with what others reply to it; for its room, and for all after the round."""
    contribution = found(Contribution, contribution_id)
    person = person_in(contribution.room.round.event)
    require(person, "breakouts.read_text", contribution)
    return replies_answer(contribution, person)


@call(
    "POST",
    "/contributions/<int:contribution_id>/replies",
    {201: "Reply", 200: "Reply"},
    body=REPLY,
    limit=WRITING,
)
def reply(contribution_id: int, body: dict[str, Any]) -> Any:
    """Reply to a contribution, or to a reply, in Markdown."""
    words = written(body["text"], LONGEST_COMMENT)
    with transaction():
        contribution, person = _held(contribution_id)
        require(person, "breakouts.read_text", contribution)
        thread = actions.begin_talk(contribution)
        require(person, "forums.write", thread)
        post, is_new = discussing.write_post(thread, person, words, body["key"], body["reply_to"])
    return post_answer(post, person, contribution=contribution_id), 201 if is_new else 200
