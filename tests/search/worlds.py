"""A small world to be searched: an event with one of everything, and ways to look around."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.accounts.models import Account, Standing
from app.breakouts import actions as breakouts
from app.breakouts.models import Contribution, Report, Room, Round, RoundState
from app.database import now, transaction
from app.events import actions as events
from app.events.models import Event, Participant
from app.extensions import db
from app.files.facts import FileKept
from app.files.kinds import FileKind
from app.files.models import File
from app.forums import actions as forums
from app.forums.models import Post, Thread
from app.livepolls import actions as polls
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.queries import poll_of
from app.notes import actions as notes
from app.notes.keeping import keep
from app.notes.models import Notes
from app.notes.updates import read
from app.outbox import announce
from app.permissions import SpaceRole
from app.proposals import actions as proposals
from app.proposals.models import OfficialAnswer, Proposal
from app.questions import actions as questions
from app.questions.models import Question
from app.richtext import RichText
from app.search.filters import Filters
from app.search.queries import Cursor, Page, search
from app.search.sources import Reader
from app.spaces.models import Space, SpaceKind
from app.spaces.permissions import readable_ids
from tests.factories import (
    make_account,
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)
from tests.notes.writing import Paper

BREAKOUT: dict[str, Any] = {"kind": "breakout", "title": "Round one", "minutes": 15}


def words(text: str) -> RichText:
    """A text as it is written."""
    return RichText(text, f"<p>{text}</p>")


def reader(account: Account | None = None, *people: Participant) -> Reader:
    """Somebody with an account, or a guest of events."""
    spaces = db.session.scalars(readable_ids(account.id)).all() if account else ()
    joined = select(Participant.event_id).where(Participant.removed_at.is_(None))
    mine = Participant.id.in_([person.id for person in people])
    if account:
        mine |= Participant.account_id == account.id
    here = db.session.scalars(joined.where(mine)).all()
    return Reader(account.id if account else None, tuple(spaces), tuple(here))


def look(
    who: Reader, typed: str, filters: Filters | None = None, cursor: Cursor | None = None
) -> Page:
    """A page of results, as in a request."""
    with current_app.test_request_context("/"):
        return search(who, typed, filters or Filters(), cursor)


def found(who: Reader, typed: str, **filters: Any) -> list[str]:
    """What somebody finds: the kinds and ids, in their order, on the first page."""
    page = look(who, typed, Filters(**filters))
    return [f"{source.kind} {hit.source_id}" for source, hit in page.found]


def keep_file(
    post: Post, name: str, text: str | None = None, kind: FileKind = FileKind.PDF
) -> File:
    """A file that stands with a post, and whose text was read already."""
    with transaction():
        file = File(
            account_id=post.account_id,
            space_id=post.thread.forum.space_id,
            post_id=post.id,
            key=name,
            name=name,
            kind=kind,
            size=1,
            stored=name,
            text=text,
        )
        db.session.add(file)
        db.session.flush()
        announce(FileKept(file.id))
    return file


@dataclass
class Hall:
    """An event with one of everything that can be found in events."""

    event: Event
    poll: FlashPoll
    round: Round
    room: Room
    concern: Concern
    aspect: Aspect
    proposal: Proposal
    comment: Post
    answer: OfficialAnswer
    contribution: Contribution
    reply: Post
    report: Report
    notes: Notes
    question: Question

    @property
    def things(self) -> dict[str, Any]:
        """What can be found, by its kind."""
        return {
            kind: getattr(self, kind)
            for kind in (
                "concern",
                "aspect",
                "proposal",
                "comment",
                "answer",
                "contribution",
                "reply",
                "report",
                "notes",
                "question",
            )
        }


def make_hall(moderator: Participant, guest: Participant, word: str) -> Hall:
    """Fill an event: its poll is closed and its aspects are chosen, its round is over."""
    event = moderator.event
    with transaction():
        item = events.add_item(event, **BREAKOUT)
    poll = poll_of(next(item for item in event.items if item.kind == "poll"))
    assert poll is not None
    with transaction():
        polls.open_poll(poll)
        concern, _ = polls.write_concern(poll, guest, f"concern {word}", "c")
        polls.close_poll(poll)
    with transaction():
        aspect = polls.create_aspect(poll, f"aspect {word}", [concern.id])
        polls.choose_aspects(poll, [aspect.id])
    with transaction():
        proposal, _ = proposals.write_proposal(aspect, guest, words(f"proposal {word}"), "p")
        answer, _ = proposals.answer_aspect(aspect, moderator, words(f"answer {word}"), "a")
        question, _ = questions.ask(event, guest, f"question {word}", "q")
    with transaction():
        comment, _ = forums.write_post(proposal.thread, guest, words(f"comment {word}"), "k")
    round_ = db.session.scalars(select(Round).where(Round.item_id == item.id)).one()
    room = db.session.scalars(select(Room).where(Room.round_id == round_.id)).first()
    if room is None:
        with transaction() as session:
            room = Room(round_id=round_.id, number=1, title="Room one", municipality_ids=[])
            session.add(room)
    with transaction():
        round_.state, round_.opened_at, round_.ends_at = RoundState.OPEN, now(), now()
        contribution, _ = breakouts.write_contribution(
            room, guest, "impulse", f"contribution {word}", "b"
        )
        reply, _ = forums.write_post(
            breakouts.begin_talk(contribution), guest, words(f"reply {word}"), "r"
        )
        breakouts.write_report(room, guest, {"discussed": f"report {word}"}, 0)
    noted = _note(room, guest, f"notes {word}")
    with transaction():
        round_.state, round_.closed_at = RoundState.OVER, now()
    report = db.session.scalars(select(Report).where(Report.room_id == room.id)).one()
    return Hall(
        event,
        poll,
        round_,
        room,
        concern,
        aspect,
        proposal,
        comment,
        answer,
        contribution,
        reply,
        report,
        noted,
        question,
    )


def _note(room: Room, guest: Participant, text: str) -> Notes:
    """Somebody writes in the notes of a room, and the clock has come by."""
    update = Paper().type(text)
    with transaction():
        begun = notes.begin(room)
        notes.write(begun, guest, begun.epoch, update, read(update))
    keep(begun.id)
    return begun


OUTSIDE = ("sibling", "above", "below", "former", "unread", "admin")
INSIDE = ("reader", "member", "coordinator")


@dataclass
class Group:
    """A closed group, people in and out of it, and what stands in it."""

    space: Space
    people: dict[str, Account]
    thread: Thread
    post: Post
    file: File


def make_group(word: str) -> Group:
    """Programme > cluster > a closed group whose every word is secret; and groups around it."""
    programme = make_space("Programme", kind=SpaceKind.PROGRAMME, is_private=False)
    cluster = make_space("Cluster", programme, SpaceKind.CLUSTER)
    space = make_space(word, cluster, SpaceKind.STEERING, allows_readers=True)
    sibling = make_space("Sibling", cluster, SpaceKind.IMPLEMENTATION)
    below = make_space("Below", space)
    strict = make_space("Strict", cluster, allows_readers=False)
    people = {
        "coordinator": make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator"),
        "member": make_member(space, SpaceRole.MEMBER, "Mia Member"),
        "reader": make_member(space, SpaceRole.READER, "Rita Reader"),
        "sibling": make_member(sibling, SpaceRole.COORDINATOR, "Sina Sibling"),
        "above": make_member(cluster, SpaceRole.COORDINATOR, "Anna Above"),
        "below": make_member(below, SpaceRole.COORDINATOR, "Bert Below"),
        "unread": make_member(strict, SpaceRole.READER, "Uta Unread"),
        "former": make_account(name="Fred Former", password_hash="none"),
        "admin": make_account(name="Ada Admin", password_hash="none", standing=Standing.ADMIN),
    }
    thread = make_thread(make_forum(space), people["member"], f"About the {word}")
    post = make_post(thread, people["member"], f"The {word} is old")
    file = keep_file(post, f"{word}.pdf", f"Plan of the {word}")
    return Group(space, people, thread, post, file)
