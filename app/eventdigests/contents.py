"""What a digest tells: plain values for all its readers, and what was each one's own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import force_locale

from app.addresses import external_url
from app.ballots.queries import Tally
from app.breakouts.queries import RoomResults
from app.carryover.queries import threads_from
from app.events.models import Event
from app.proposals.queries import Answers
from app.results.queries import Chapter, Results, results

BEST = 3  # proposals under each aspect
LONGEST = 600  # characters of anything


@dataclass(frozen=True)
class ProposalLine:
    """A proposal in short."""

    text: str
    supports: int


@dataclass(frozen=True)
class AspectPart:
    """What came of an aspect."""

    number: int
    title: str
    voices: int
    answers: Sequence[str]
    proposals: Sequence[ProposalLine]


@dataclass(frozen=True)
class RoomPart:
    """What a room handed in."""

    round: str
    room: str
    discussed: str
    request: str
    ideas: str
    answers: Sequence[str]


@dataclass(frozen=True)
class BallotPart:
    """What was voted on, in its last round."""

    question: str
    votes: int
    mean: float | None
    options: Sequence[tuple[str, int]]  # none on a scale


@dataclass(frozen=True)
class Own:
    """Something that a person has brought, and where it went."""

    kind: str  # concern, proposal, comment, contribution
    text: str
    number: int | None = None  # of the aspect
    place: str = ""  # the room


@dataclass(frozen=True)
class Digest:
    """All that the letters about an event say."""

    title: str
    link: str
    aspects: Sequence[AspectPart]
    rooms: Sequence[RoomPart]
    own: Mapping[int, Sequence[Own]] = field(default_factory=dict)  # by participant
    ballots: Sequence[BallotPart] = ()


def digest_of(event: Event) -> Digest:
    """What came out of an event, with what each participant brought: read once for all letters."""
    with force_locale(event.language):
        found = results(event)
        own: dict[int, list[Own]] = defaultdict(list)
        chapters = [chapter for poll in found.polls for chapter in poll.chapters]
        aspects = [_aspect(number, c, found, own) for number, c in enumerate(chapters, 1)]
        _note_others(found, own)
        rooms = [_room(room, found, own) for each in found.rounds for room in each.rooms]
    return Digest(
        event.title,
        external_url("results.show", code=event.code),
        aspects,
        [room for room in rooms if room is not None],
        own,
        [_ballot(tally) for tally in found.ballots],
    )


def _ballot(tally: Tally) -> BallotPart:
    latest = tally.latest
    counts = [] if tally.ballot.has_scale else [(bar.name, bar.count) for bar in latest.bars]
    return BallotPart(tally.ballot.question, latest.votes, latest.mean, counts)


def thread_links(event_id: int, account_id: int | None) -> list[tuple[str, str]]:
    """Where it goes on, as far as this person may read it: titles and links."""
    threads = {
        thread.id: thread.title
        for found in threads_from(event_id, account_id).values()
        for thread in found
    }
    return [
        (title, external_url("forums.show_thread", thread_id=id)) for id, title in threads.items()
    ]


def _aspect(number: int, chapter: Chapter, found: Results, own: dict[int, list[Own]]) -> AspectPart:
    for card in chapter.card.cards:
        _note(own, card.concern.participant_id, "concern", card.concern.text, number)
    best = sorted(chapter.section.cards, key=lambda card: (-card.supports, card.proposal.id))
    for each in best:
        for proposal in (each.proposal, *each.merged):
            _note(own, proposal.participant_id, "proposal", proposal.text, number)
            for post in found.comments.get(proposal.thread_id, ()):
                _note(own, post.participant_id, "comment", post.text, number)
    return AspectPart(
        number,
        chapter.card.aspect.title,
        chapter.card.voices,
        _texts(chapter.section.answers),
        [ProposalLine(_short(each.proposal.text), each.supports) for each in best[:BEST]],
    )


def _note_others(found: Results, own: dict[int, list[Own]]) -> None:
    """Concerns that are in no chosen aspect are kept, and told of, too."""
    for poll in found.polls:
        for card in [*poll.loose, *(card for group in poll.others for card in group.cards)]:
            _note(own, card.concern.participant_id, "concern", card.concern.text, None)


def _room(result: RoomResults, found: Results, own: dict[int, list[Own]]) -> RoomPart | None:
    room, report = result.room, result.report
    place = f"{room.round.item.title}, {room.name}"
    for each in result.contributions:
        _note(own, each.participant_id, "contribution", each.text, None, place)
    if report is None:
        return None
    answers = _texts(found.answers[report.id]) if report.id in found.answers else []
    return RoomPart(
        room.round.item.title,
        room.name,
        _short(report.discussed),
        _short(report.request),
        _short(report.ideas),
        answers,
    )


def _note(
    own: dict[int, list[Own]],
    participant_id: int | None,
    kind: str,
    text: str,
    number: int | None,
    place: str = "",
) -> None:
    if participant_id is not None:
        own[participant_id].append(Own(kind, _short(text), number, place))


def _texts(answers: Answers) -> list[str]:
    return [_short(card.answer.text) for card in answers.cards]


def _short(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= LONGEST else tidy[: LONGEST - 1].rstrip() + "…"
