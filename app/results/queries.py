"""What came out of an event, gathered from the features for one page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.breakouts.queries import RoomResults, RoundResults, rooms_with_results
from app.events.models import Event
from app.extensions import db
from app.forums.models import Post
from app.forums.queries import posts
from app.livepolls.models import FlashPoll
from app.livepolls.queries import AspectCard, ConcernCard, aspect_cards, hall_cards, loose_cards
from app.proposals.queries import Answers, Section, answers_by_report, sections_of


@dataclass(frozen=True)
class Chapter:
    """An aspect with all that came of it: concerns, answers, proposals, rooms."""

    card: AspectCard
    section: Section
    rooms: Sequence[RoomResults]


@dataclass(frozen=True)
class PollResults:
    """What a flash poll brought."""

    poll: FlashPoll
    chapters: Sequence[Chapter]  # the chosen aspects
    others: Sequence[AspectCard]  # gathered but not chosen
    loose: Sequence[ConcernCard]
    concerns: int


@dataclass(frozen=True)
class Results:
    """All that the results page tells."""

    polls: Sequence[PollResults]
    rounds: Sequence[RoundResults]
    comments: Mapping[int, Sequence[Post]]  # by thread
    requests: Sequence[RoomResults]  # rooms that ask the centre for something
    answers: Mapping[int, Answers]  # to those requests, by report

    @property
    def is_empty(self) -> bool:
        """Whether nothing has come out yet."""
        return not (self.polls or self.rounds)


def results(event: Event) -> Results:
    """What came out of an event: a fixed number of queries for each poll and round."""
    rounds = rooms_with_results(event.id)
    by_aspect: dict[int | None, list[RoomResults]] = defaultdict(list)
    for each in rounds:
        for room in each.rooms:
            by_aspect[room.room.aspect_id].append(room)
    polls = [_poll_results(poll, by_aspect) for poll in _polls(event)]
    requests = [
        room for each in rounds for room in each.rooms if room.report and room.report.request
    ]
    return Results(
        polls,
        rounds,
        _comments(polls),
        requests,
        answers_by_report(room.report.id for room in requests if room.report),
    )


def _polls(event: Event) -> Sequence[FlashPoll]:
    return db.session.scalars(
        select(FlashPoll)
        .where(FlashPoll.event_id == event.id, FlashPoll.opened_at.is_not(None))
        .order_by(FlashPoll.opened_at)
    ).all()


def _poll_results(
    poll: FlashPoll, rooms: Mapping[int | None, Sequence[RoomResults]]
) -> PollResults:
    shown = hall_cards(poll) if poll.shows_concerns else []
    gathered = aspect_cards(poll, shown) if poll.is_frozen else []
    chosen = [card for card in gathered if card.aspect.chosen]
    sections = sections_of([card.aspect for card in chosen])
    chapters = [
        Chapter(card, section, rooms.get(card.aspect.id, ()))
        for card, section in zip(chosen, sections, strict=True)
    ]
    others = [card for card in gathered if not card.aspect.chosen]
    loose = loose_cards(shown) if poll.is_frozen else shown
    return PollResults(poll, chapters, others, loose, len(shown))


def _comments(polls: Sequence[PollResults]) -> Mapping[int, Sequence[Post]]:
    threads = [
        card.proposal.thread_id
        for poll in polls
        for chapter in poll.chapters
        for card in chapter.section.cards
    ]
    by_thread: dict[int, list[Post]] = defaultdict(list)
    for post in posts(
        Post.thread_id.in_(threads), Post.hidden_at.is_(None), Post.withdrawn_at.is_(None)
    ):
        by_thread[post.thread_id].append(post)
    return by_thread
