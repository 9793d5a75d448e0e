"""The flash poll as a step of the agenda."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.database import locked
from app.events.cards import MOST_OFFERED, CardKind
from app.events.facts import CardHidden, StepLeft, StepStarted
from app.events.models import AgendaItem, Event
from app.events.steps import AtOnce, NextStep, StepKind
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.board.queries import board, has_suggestions
from app.livepolls.clouds.queries import words_of
from app.livepolls.comparing import comparison
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.plans import FIELDS
from app.livepolls.rounds import again
from app.livepolls.splits import relatives
from app.livepolls.telling import tell_author, tell_figures, tell_taken_back
from app.outbox import follows
from app.realtime.audiences import View


def create(item: AgendaItem) -> None:
    """Make the item's poll, or bring it up to date."""
    actions.plan_poll(item)


def load(item: AgendaItem, view: View) -> dict[str, Any]:
    """What the poll shows in a view."""
    poll = queries.poll_of(item)
    assert poll is not None
    context: dict[str, Any] = {"poll": poll, "poll_id": poll.id}
    context |= queries.poll_counts([poll.id])[poll.id]
    context["comparison"] = comparison(poll)
    if view is View.COCKPIT:
        return context | {"board": board(poll)}
    if view is View.SCREEN and not poll.is_frozen:
        return context | {"words": words_of(poll)}
    shown = queries.hall_cards(poll) if poll.shows_concerns else []
    return context | {
        "cards": shown,
        "aspects": queries.aspect_cards(poll, shown) if poll.is_frozen else [],
        "loose": queries.loose_cards(shown),
    }


def next_step(item: AgendaItem) -> NextStep | None:
    """Close the poll, then choose the aspects, then go on."""
    poll = queries.poll_of(item)
    if poll is None:
        return None
    if poll.is_open:
        late = _l("Close the poll again")
        return NextStep(
            late if poll.is_frozen else _l("Close the poll and gather aspects"),
            url_for("livepolls.close", poll_id=poll.id),
            key="o",
        )
    if poll.is_frozen:
        return None
    if poll.aspects:
        return NextStep(
            _l("Choose the aspects"),
            url_for("livepolls.choose", poll_id=poll.id),
            form=f"choice-{poll.id}",
        )
    if has_suggestions(poll):
        return NextStep(
            _l("Accept the suggested groups"), url_for("livepolls.accept_all", poll_id=poll.id)
        )
    return None


@follows(StepStarted)
def start(fact: StepStarted) -> None:
    """Coming to a new poll opens it; coming back to one leaves it as it is."""
    item = db.session.get_one(AgendaItem, fact.item_id)
    poll = queries.poll_of(item) if item.kind == "poll" else None
    if poll is not None and poll.opened_at is None:
        actions.open_poll(poll)


@follows(StepLeft)
def leave(fact: StepLeft) -> None:
    """Going on closes the poll."""
    item = db.session.get_one(AgendaItem, fact.item_id)
    poll = queries.poll_of(item) if item.kind == "poll" else None
    if poll is not None:
        actions.close_poll(poll)


@follows(CardHidden)
def tell_figures_and_author(fact: CardHidden) -> None:
    """A hidden concern counts no longer; whoever voiced it sees that, or that it is shown again."""
    concern = db.session.get_one(Concern, fact.id) if fact.kind == "concern" else None
    if concern is not None:
        tell_figures(concern)
        tell_author(concern)
        if concern.is_hidden:
            _take_back_wholes(concern)


def _take_back_wholes(concern: Concern) -> None:
    """What it was split from is quoted with no other part of it."""
    for id in relatives(concern.id):
        if id != concern.id:
            tell_taken_back(db.session.get_one(Concern, id))


def _at_once(_event: Event) -> AtOnce:
    """What one click asks; the words can be changed while it runs."""
    return AtOnce(_("What concerns you most right now?"))


def _hold(concern: Concern) -> None:
    """Hold its poll, and read it as it is then: its author may have said it differently."""
    locked(FlashPoll, concern.poll_id)
    db.session.refresh(concern)


poll_step = StepKind(
    "poll",
    _l("Flash poll"),
    "livepolls/_stage.html",
    "livepolls/_cockpit.html",
    "livepolls/_screen.html",
    is_alike=True,
    load=load,
    create=create,
    next_step=next_step,
    settings_template="livepolls/_settings.html",
    fields=FIELDS,
    at_once=_at_once,
    again=again,
)
concern_card = CardKind(
    "concern",
    Concern,
    lambda c: (c.poll.event.channel,),
    hold=_hold,
    waits=lambda concern: concern.is_waiting,
    screen="livepolls/_concern_screen.html",
    label=_l("Concern"),
    plural=_l("Newest concerns"),
    place=50,
    latest=lambda event: queries.newest_concerns(event.id, MOST_OFFERED),
    is_offered=lambda concern: concern.poll.shows(concern),
)
aspect_card = CardKind(
    "aspect",
    Aspect,
    lambda a: (a.poll.event.channel,),
    screen="livepolls/_aspect_screen.html",
    label=_l("Aspect"),
    plural=_l("Aspects"),
    place=20,
    words=lambda aspect: str(aspect.title),
    latest=lambda event: queries.chosen_aspects(event.id),
)
