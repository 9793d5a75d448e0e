"""Which fact redraws which part of the board: what has moved, and what is counted anew."""

from collections.abc import Hashable, Iterable
from typing import Any

from markupsafe import Markup

from app.events.facts import CardHidden
from app.livepolls.board import queries
from app.livepolls.board.facts import BoardChanged, SuggestionsMade
from app.livepolls.facts import ConcernSupported, ConcernWaits, ConcernWritten, FiguresChanged
from app.livepolls.models import PROPOSED_ASPECTS
from app.livepolls.queries import ConcernCard, cards_by_id
from app.livepolls.splits import relatives
from app.realtime import Partial, Redraw, Stream, View, redraws
from app.realtime.partials import Change, Context

COCKPIT = frozenset({View.COCKPIT})


class Heads(Partial):
    """What stands above the concerns of every aspect of a poll: each drawn again by itself."""

    def stream(self, _id: Any, context: Context | None, view: View, version: int) -> Markup:
        """One stream for each head."""
        if context is None:
            return Markup()
        return Markup().join(
            Stream(
                "replace",
                self.target.format(id=head.aspect.id),
                self.markup(head_context(context["poll"], head, rank), view, version),
                method="morph",
            ).markup()
            for rank, head in enumerate(context["heads"], 1)
        )


def head_context(poll: Any, head: Any, rank: int) -> Context:
    """What one head needs."""
    return {"poll": poll, "head": head, "rank": rank}


def _card_looks(context: Context) -> Hashable:
    card, poll = context["card"], context["poll"]
    concern = card.concern
    return (
        (concern.id, concern.text, concern.aspect_id, concern.is_late(poll), poll.is_frozen),
        (concern.is_hidden, concern.hidden_reason, concern.is_off_topic, concern.off_topic_reason),
        (concern.is_waiting, concern.edition),
        (card.supports, card.supported_as, card.split_from, card.author, poll.event.code),
    )


def _head_looks(context: Context) -> Hashable:
    head, poll = context["head"], context["poll"]
    aspect = head.aspect
    return (
        (aspect.id, aspect.title, aspect.chosen, context["rank"] <= PROPOSED_ASPECTS),
        (head.voices, head.answers, head.supports, poll.is_frozen, poll.event.code),
    )


card = Partial(
    "livepolls/board/_card.html",
    "card-{id}",
    cards_by_id,
    COCKPIT,
    into="{board_list}",
    looks=_card_looks,
)
heads = Heads(
    "livepolls/board/_head.html",
    "board-head-{id}",
    queries.heads_of_polls,
    COCKPIT,
    looks=_head_looks,
)
column = Partial(
    "livepolls/board/_column.html",
    "board-aspect-{id}",
    queries.columns_by_id,
    COCKPIT,
    into="aspects-{poll_id}",
)
suggestion = Partial(
    "livepolls/board/_suggestion.html",
    "suggestion-{id}",
    queries.suggestions_by_id,
    COCKPIT,
    into="suggestions-{poll_id}",
)
suggestions = Partial(
    "livepolls/board/_suggestions.html",
    "suggestions-section-{id}",
    queries.suggestions_of_polls,
    COCKPIT,
)
log = Partial("livepolls/board/_log.html", "board-log-{id}", queries.logs_of_polls, COCKPIT)
targets = Partial(
    "livepolls/board/_targets.html", "board-targets-{id}", queries.targets_of_polls, COCKPIT
)


def sorting_card(card_: ConcernCard, version: int) -> Markup:
    """A concern as it stands on the board."""
    return card.markup({"card": card_, "poll": card_.concern.poll}, View.COCKPIT, version)


def board_head(poll: Any, head: Any, rank: int, version: int) -> Markup:
    """What stands above the concerns of an aspect on the board."""
    return heads.markup(head_context(poll, head, rank), View.COCKPIT, version)


def board_log(poll: Any, lines: Any, version: int) -> Markup:
    """Who did what, as it stands on the board."""
    return log.markup({"poll": poll, "log": lines}, View.COCKPIT, version)


@redraws(BoardChanged)
def _changed(fact: BoardChanged) -> Iterable[Change]:
    """New aspects first, then what moves into them, and those last that nothing lies in now."""
    return [
        *(Redraw(column, id) for id in fact.made),
        *(Redraw(card, id) for id in fact.concerns),
        *(Redraw(column, id) for id in fact.gone),
        *(Redraw(suggestion, id) for id in fact.suggestions),
        *(Redraw(partial, fact.poll_id) for partial in (heads, targets, log)),
    ]


@redraws(SuggestionsMade)
def _suggested(fact: SuggestionsMade) -> Iterable[Change]:
    return [Redraw(suggestions, fact.poll_id)]


@redraws(ConcernWritten, ConcernWaits)
def _written(fact: ConcernWritten | ConcernWaits) -> Iterable[Change]:
    return [Redraw(card, fact.concern_id)]


@redraws(ConcernSupported)
def _supported(fact: ConcernSupported) -> Iterable[Change]:
    return [Redraw(card, fact.concern_id), Redraw(heads, fact.poll_id)]


@redraws(FiguresChanged)
def _counted(fact: FiguresChanged) -> Iterable[Change]:
    return [Redraw(partial, fact.poll_id) for partial in (heads, suggestions, log)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    return [Redraw(card, id) for id in relatives(fact.id)] if fact.kind == "concern" else []
