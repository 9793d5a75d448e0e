"""Contributions, what others say to them, and what lies ready from earlier rounds."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.events import moment
from app.api.answers.writings import post_answer
from app.breakouts.models import Contribution
from app.breakouts.queries import Carried, CarriedIn, Talk, talks_of, thread_of
from app.events.models import Participant
from app.forums.queries import discussion

Answer = dict[str, Any]


def contribution_answer(contribution: Contribution, person: Participant) -> Answer:
    """An experience, a concern or an impulse, with the numbers of what others say to it."""
    return contribution_answers([contribution], person)[0]


def contribution_answers(texts: Sequence[Contribution], person: Participant) -> list[Answer]:
    """Several of them: two queries more."""
    talks = talks_of([each.id for each in texts])
    return [_contribution(each, talks[each.id], person) for each in texts]


def _contribution(contribution: Contribution, talk: Talk, person: Participant) -> Answer:
    author = contribution.author
    return {
        "id": contribution.id,
        "room": contribution.room_id,
        "kind": contribution.kind.value,
        "text": contribution.text,
        "author": author.name or None if author else None,
        "is_mine": contribution.participant_id == person.id,
        "version": contribution.version,
        "reactions": {kind.value: count for kind, count in talk.reactions.items()},
        "replies": talk.replies,
        "created_at": moment(contribution.created_at),
        "edited_at": moment(contribution.edited_at),
    }


def replies_answer(contribution: Contribution, person: Participant) -> Answer:
    """A contribution with what others reply to it."""
    thread = thread_of(contribution)
    posts = discussion(thread).posts if thread else []
    return {
        "contribution": contribution_answer(contribution, person),
        "replies": [post_answer(post, person, contribution=contribution.id) for post in posts],
    }


def carried_answer(carried: CarriedIn, person: Participant) -> Answer:
    """What lies ready in a room, by the rooms where it comes from."""
    return {"rooms": [_carried(each, person) for each in carried.rooms]}


def _carried(carried: Carried, person: Participant) -> Answer:
    room, report = carried.room, carried.report
    return {
        "room": room.id,
        "round": room.round.item.title,
        "number": room.number,
        "title": room.name,
        "discussed": report.discussed if report else "",
        "request": report.request if report else "",
        "ideas": report.ideas if report else "",
        "contributions": contribution_answers(carried.contributions, person),
    }
