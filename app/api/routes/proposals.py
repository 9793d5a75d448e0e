"""Solution proposals, and comments on them."""

from typing import Any

from app.api.answers.proposals import (
    discussion_answer,
    proposal_answer,
    section_answer,
)
from app.api.answers.writings import post_answer
from app.api.bodies import body, identifier, text
from app.api.calls import call
from app.api.submissions import key_field
from app.api.tokens import person_in
from app.database import found, locked, transaction
from app.forums import actions as discussing
from app.forums.models import LONGEST_COMMENT, Thread
from app.limits import TAPPING, WRITING
from app.livepolls.models import Aspect, FlashPoll
from app.permissions import require
from app.proposals import actions
from app.proposals.models import LONGEST_PROPOSAL, Proposal
from app.richtext import written

PROPOSAL = body(
    text("text", LONGEST_PROPOSAL, "Ein Besuch der Lotsin **schon in der Geburtsklinik**."),
    key_field(),
)
COMMENT = body(
    text("text", LONGEST_COMMENT, "Bei uns klappt das seit zwei Jahren."),
    key_field(),
    identifier("reply_to", 17, required=False),
)


@call("GET", "/aspects/<int:aspect_id>", {200: "Section"})
def show_aspect(aspect_id: int) -> Any:
    """An aspect with its official answers and its proposals."""
    aspect = found(Aspect, aspect_id)
    person = person_in(aspect.poll.event)
    require(person, "proposals.see_aspect", aspect)
    return section_answer(aspect, person)


@call(
    "POST",
    "/aspects/<int:aspect_id>/proposals",
    {201: "Proposal", 200: "Proposal"},
    body=PROPOSAL,
    limit=WRITING,
)
def propose(aspect_id: int, body: dict[str, Any]) -> Any:
    """Propose a solution, in Markdown."""
    words = written(body["text"], LONGEST_PROPOSAL)
    with transaction():
        locked(FlashPoll, found(Aspect, aspect_id).poll_id, shared=True)
        aspect = found(Aspect, aspect_id)
        person = person_in(aspect.poll.event)
        require(person, "proposals.write", aspect)
        proposal, is_new = actions.write_proposal(aspect, person, words, body["key"])
    return proposal_answer(proposal, person), 201 if is_new else 200


@call("PUT", "/proposals/<int:proposal_id>/support", {204: None}, limit=TAPPING)
def support(proposal_id: int) -> Any:
    """Support a proposal."""
    return _support(proposal_id, True)


@call("DELETE", "/proposals/<int:proposal_id>/support", {204: None}, limit=TAPPING)
def take_back_support(proposal_id: int) -> Any:
    """Support a proposal no longer."""
    return _support(proposal_id, False)


def _support(proposal_id: int, wanted: bool) -> Any:
    with transaction():
        proposal = locked(Proposal, proposal_id, shared=True)
        person = person_in(proposal.thread.event)
        require(person, "proposals.support", proposal)
        actions.support(proposal, person, wanted)
    return "", 204


@call("GET", "/proposals/<int:proposal_id>/comments", {200: "Discussion"})
def show_comments(proposal_id: int) -> Any:
    """A proposal with what is said about it."""
    proposal = found(Proposal, proposal_id)
    person = person_in(proposal.thread.event)
    require(person, "proposals.see", proposal)
    return discussion_answer(proposal, person)


@call(
    "POST",
    "/proposals/<int:proposal_id>/comments",
    {201: "Comment", 200: "Comment"},
    body=COMMENT,
    limit=WRITING,
)
def comment(proposal_id: int, body: dict[str, Any]) -> Any:
    """Comment on a proposal, or reply to a comment, in Markdown."""
    words = written(body["text"], LONGEST_COMMENT)
    with transaction():
        proposal = found(Proposal, proposal_id)
        thread = locked(Thread, proposal.thread_id, shared=True)
        person = person_in(thread.event)
        require(person, "forums.write", thread)
        post, is_new = discussing.write_post(thread, person, words, body["key"], body["reply_to"])
    return post_answer(post, person, proposal=proposal_id), 201 if is_new else 200
