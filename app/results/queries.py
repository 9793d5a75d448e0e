"""What came out of an event, gathered from the features for one page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.ballots.queries import Tally, shown_in
from app.breakouts.queries import RoomResults, RoundResults, rooms_with_results
from app.events.models import Event
from app.extensions import db
from app.forums.models import Post
from app.forums.queries import posts
from app.livepolls.comparing import Comparison, comparison
from app.livepolls.models import FlashPoll
from app.livepolls.queries import AspectCard, ConcernCard, aspect_cards, hall_cards, loose_cards
from app.proposals.queries import Answers, Section, answers_by_report, sections_of
from app.questions.queries import QuestionCard, asked


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
    comparison: Comparison | None  # with the rounds before, in the last one


@dataclass(frozen=True)
class Results:
    """All that the results page tells."""

    polls: Sequence[PollResults]
    rounds: Sequence[RoundResults]
    comments: Mapping[int, Sequence[Post]]  # by thread
    requests: Sequence[RoomResults]  # rooms that ask the centre for something
    answers: Mapping[int, Answers]  # to those requests, by report
    questions: Sequence[QuestionCard]  # to the speakers, most supported first
    ballots: Sequence[Tally]  # whose result is shown

    @property
    def is_empty(self) -> bool:
        """Whether nothing has come out yet."""
        return not (self.polls or self.rounds or self.questions or self.ballots)


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
        _comments([*_threads_of(polls), *_threads_in(rounds)]),
        requests,
        answers_by_report(room.report.id for room in requests if room.report),
        asked(event),
        shown_in(event.id),
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
    compared = comparison(poll) if poll.next_id is None else None
    return PollResults(poll, chapters, others, loose, len(shown), compared)


def _threads_of(polls: Sequence[PollResults]) -> list[int]:
    return [
        proposal.thread_id
        for poll in polls
        for chapter in poll.chapters
        for card in chapter.section.cards
        for proposal in (card.proposal, *card.merged)
    ]


def _threads_in(rounds: Sequence[RoundResults]) -> list[int]:
    """The replies to the contributions of these rounds."""
    talks = [
        result.talk_of(text) for r in rounds for result in r.rooms for text in result.contributions
    ]
    return [talk.thread_id for talk in talks if talk.thread_id is not None]


def _comments(threads: Sequence[int]) -> Mapping[int, Sequence[Post]]:
    by_thread: dict[int, list[Post]] = defaultdict(list)
    for post in posts(Post.thread_id.in_(threads), Post.shown()):
        by_thread[post.thread_id].append(post)
    return by_thread
