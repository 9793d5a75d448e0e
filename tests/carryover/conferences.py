"""A conference that was had: two aspects, an answer, a proposal with a comment, a room's words."""

from dataclasses import dataclass

from app.breakouts.actions import end_round
from app.breakouts.models import Room, Round
from app.breakouts.queries import round_of
from app.database import locked, transaction
from app.events import actions as events
from app.events.models import Event
from app.extensions import db
from app.livepolls import actions as polls
from app.livepolls.models import Aspect, Concern
from app.livepolls.queries import poll_of
from app.proposals.models import Proposal
from tests.browsers import Visitor
from tests.factories import item_of_kind

AGENDA = [
    {"kind": "poll", "title": "Flash poll", "text": "What do you want advice on?"},
    {"kind": "breakout", "title": "Round 1", "minutes": 15, "settings": {"mode": "automatic"}},
    {"kind": "plenum", "title": "Plenum"},
]


@dataclass
class Conference:
    """An event with what came out of it."""

    event: Event
    aspects: list[Aspect]
    concerns: list[Concern]
    proposal: Proposal
    room: Room  # where the guest was


def make_event(space_id: int | None) -> Event:
    """A conference of a space."""
    with transaction():
        event = events.create_event("Opening conference", language="en", items=AGENDA)
        event.space_id = space_id
        return event


def hold(event: Event, guest: Visitor, other: Visitor, host: Visitor) -> Conference:
    """Let it take place, up to the plenum."""
    with transaction():
        events.start_step(event, item_of_kind(event, "poll"))
        poll = poll_of(item_of_kind(event, "poll"))
        assert poll is not None
        texts = ("How do we reach parents?", "How are we anchored?", "Visits at home?")
        people = (guest, other, other)
        concerns = [
            polls.write_concern(poll, person.person, text, "")[0]
            for person, text in zip(people, texts, strict=True)
        ]
        polls.create_aspect(poll, "Reaching parents", [concerns[0].id, concerns[2].id])
        polls.create_aspect(poll, "Political anchoring", [concerns[1].id])
        polls.close_poll(poll)
        db.session.flush()
        polls.choose_aspects(poll, [])
        aspects = sorted(poll.aspects, key=lambda aspect: aspect.position)
    parents = next(aspect for aspect in aspects if aspect.title == "Reaching parents")
    propose(parents, guest, "Let us *visit* them.")
    proposal = db.session.query(Proposal).filter_by(aspect_id=parents.id).one()
    say(proposal, other, "We do that already.")
    answer = host.post(f"/aspects/{parents.id}/answers", {"text": "We **fund** it.", "key": "a1"})
    assert answer.status_code == 303, answer.text
    room = in_rooms(event, guest)
    return Conference(event, aspects, concerns, proposal, room)


def propose(aspect: Aspect, author: Visitor, text: str) -> None:
    """Let somebody propose something."""
    answer = author.post(f"/aspects/{aspect.id}/proposals", {"text": text, "key": text})
    assert answer.status_code == 303, answer.text


def say(proposal: Proposal, author: Visitor, text: str) -> None:
    """Let somebody comment on a proposal."""
    answer = author.post(f"/threads/{proposal.thread_id}/posts", {"text": text, "key": text})
    assert answer.status_code == 303, answer.text


def in_rooms(event: Event, guest: Visitor) -> Room:
    """A round of rooms: the guest contributes, and writes the report."""
    item = item_of_kind(event, "breakout")
    with transaction():
        events.start_step(event, item)
    round_ = round_of(item)
    assert round_ is not None
    page = guest.get(f"/rounds/{round_.id}/room", follow_redirects=True)
    room_id = int(page.request.path.split("/")[2])
    form = {"kind": "impulse", "text": "Come along for a day.", "key": "i1"}
    assert guest.post(f"/rooms/{room_id}/contributions", form).status_code == 303
    report = {"discussed": "Visits", "request": "Please write a guide.", "ideas": "", "version": 0}
    assert guest.post(f"/rooms/{room_id}/report", report).status_code == 303
    with transaction():
        end_round(locked(Round, round_.id))
    return db.session.get_one(Room, room_id)
