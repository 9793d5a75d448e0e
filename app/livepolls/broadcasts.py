"""Which fact of a flash poll redraws which part of which page."""

from collections.abc import Hashable, Iterable

from markupsafe import Markup

from app.events import remote
from app.events.facts import CardHidden, StepChanged
from app.events.marks import marks
from app.events.models import Participant
from app.extensions import db
from app.livepolls import queries
from app.livepolls.board.facts import BoardChanged
from app.livepolls.board.queries import figures_by_id
from app.livepolls.facts import (
    ConcernSupported,
    ConcernWritten,
    FiguresChanged,
    OwnConcernsChanged,
    OwnSupportsChanged,
    PollTimed,
    PollTurned,
    SupportsShared,
)
from app.livepolls.models import Concern
from app.livepolls.queries import ConcernCard
from app.livepolls.splits import relatives
from app.livepolls.supported import (
    supported_by_person,
    supporters_at_any_time,
    supporters_in,
    supporters_of,
)
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context


def _in_hall(context: Context, _view: View) -> bool | None:
    """A hidden poll's concerns are silent, and one that nobody has seen; a hidden one goes away."""
    concern = context["card"].concern
    if concern.is_unseen:
        return None
    return not concern.is_hidden if context["poll"].shows(concern) else None


HALL = frozenset({View.HALL})
PERSON = frozenset({View.PERSON})


def _hall_looks(context: Context) -> tuple[Hashable, ...]:
    card, poll = context["card"], context["poll"]
    concern = card.concern
    off_topic = concern.off_topic_reason if concern.is_off_topic and poll.is_frozen else None
    said = (concern.id, concern.text, card.signed, card.supports, card.supported_as)
    return (*said, card.split_from, poll.is_frozen, poll.takes_supports, off_topic, poll.event.code)


concern = Partial(
    "livepolls/_concern.html",
    "concern-{id}",
    queries.cards_by_id,
    HALL,
    into="{hall_list}",
    first=True,
    shown=_in_hall,
    looks=_hall_looks,
)


def concern_card(card: ConcernCard, version: int) -> Markup:
    """A concern as it stands in a page of the hall."""
    return concern.markup({"card": card, "poll": card.concern.poll}, View.HALL, version)


figures = Partial(
    "livepolls/_aspect_figures.html",
    "aspect-figures-{id}",
    figures_by_id,
    frozenset({View.HALL, View.SCREEN}),
)
counts = Partial(
    "livepolls/_counts.html",
    "poll-counts-{id}",
    queries.poll_counts,
    frozenset({View.COCKPIT, View.SCREEN, View.HALL}),
)
clock = Partial(
    "livepolls/_clock.html",
    "poll-clock-{id}",
    queries.polls_by_id,
    frozenset({View.COCKPIT, View.SCREEN, View.HALL, View.REMOTE}),
)
state = Partial("livepolls/_state.html", "poll-state-{id}", queries.polls_by_id, HALL)
composing = Partial("livepolls/_composing.html", "poll-composer-{id}", queries.polls_by_id, HALL)
mine = Partial("livepolls/_mine.html", "mine", queries.own_cards_by_person, PERSON)
supports = Partial(
    "livepolls/_supports.html",
    "my-supports",
    supported_by_person,
    PERSON,
    looks=lambda context: None if context["supported"] else (),
)


@redraws(ConcernWritten)
def _written(fact: ConcernWritten) -> Iterable[Change]:
    return [
        Redraw(concern, fact.concern_id),
        Redraw(counts, fact.poll_id),
        remote.changed("concern", fact.concern_id),
    ]


@redraws(ConcernSupported)
def _supported(fact: ConcernSupported) -> Iterable[Change]:
    return [Redraw(concern, fact.concern_id)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    """One that nobody has seen goes from nowhere, also if it was withdrawn meanwhile.

    What another was split from with it is told, or not, with it.
    """
    hidden = db.session.get(Concern, fact.id) if fact.kind == "concern" else None
    if hidden is None or hidden.is_unseen:
        return []
    shown = [Redraw(concern, id) for id in relatives(fact.id)]
    return [*shown, *_for_supporters(supporters_of([fact.id]))]


@redraws(FiguresChanged)
def _counted(fact: FiguresChanged) -> Iterable[Change]:
    return [] if fact.aspect_id is None else [Redraw(figures, fact.aspect_id)]


@redraws(BoardChanged)
def _sorted(fact: BoardChanged) -> Iterable[Change]:
    """Once the aspects are chosen, the hall sees where late concerns are put."""
    if not fact.hall_too:
        return []
    return [
        *(Redraw(concern, id) for id in fact.concerns),
        *(Redraw(figures, id) for id in fact.touched),
        *_for_supporters(supporters_of(fact.concerns)),
    ]


@redraws(OwnConcernsChanged)
def _own_changed(fact: OwnConcernsChanged) -> Iterable[Change]:
    return [Redraw(mine, fact.participant_id), Redraw(marks, fact.participant_id)]


@redraws(OwnSupportsChanged)
def _own_supports_changed(fact: OwnSupportsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]


@redraws(SupportsShared)
def _shared(fact: SupportsShared) -> Iterable[Change]:
    """One fact for all of them: a whole hall may be behind a concern."""
    people = supporters_at_any_time(fact.concern_ids)
    return [Redraw(marks, id, to=Participant.channel_of(id)) for id in people]


@redraws(PollTurned)
def _turned(fact: PollTurned) -> Iterable[Change]:
    return [Redraw(state, fact.poll_id), Redraw(composing, fact.poll_id)]


@redraws(PollTimed)
def _timed(fact: PollTimed) -> Iterable[Change]:
    return [Redraw(clock, fact.poll_id)]


@redraws(StepChanged)
def _step_changed(fact: StepChanged) -> Iterable[Change]:
    """Who has voiced something can change it no more, or sees where it went; as supporters do."""
    authors = queries.authors_in(fact.item_id)
    return [
        *(Redraw(mine, id, to=Participant.channel_of(id)) for id in authors),
        *_for_supporters(supporters_in(fact.item_id)),
    ]


def _for_supporters(ids: Iterable[int]) -> list[Change]:
    return [Redraw(supports, id, to=Participant.channel_of(id)) for id in ids]
