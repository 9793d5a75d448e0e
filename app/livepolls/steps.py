"""The flash poll as a step of the agenda."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.events.cards import CardKind
from app.events.facts import CardHidden, StepLeft, StepStarted
from app.events.models import AgendaItem, Participant
from app.events.steps import NextStep, StepKind
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.facts import OwnConcernsChanged
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.outbox import announce, follows
from app.realtime.audiences import View


def create(item: AgendaItem) -> None:
    """Make the item's poll, or bring its question up to date."""
    poll = queries.poll_of(item)
    if poll is None:
        poll = FlashPoll(event_id=item.event_id, item_id=item.id)
        db.session.add(poll)
    poll.question = item.text or item.title
    poll.hides_until_closed = bool(item.settings.get("hides_until_closed"))
    db.session.flush()


def load(item: AgendaItem, view: View) -> dict[str, Any]:
    """What the poll shows in a view."""
    poll = queries.poll_of(item)
    assert poll is not None
    context: dict[str, Any] = {"poll": poll, "poll_id": poll.id}
    context |= queries.poll_counts([poll.id])[poll.id]
    if view is View.COCKPIT:
        return context | {"board": queries.board(poll)}
    shown = queries.hall_cards(poll) if poll.shows_concerns else []
    return context | {
        "cards": shown,
        "aspects": queries.aspect_cards(poll, shown) if poll.is_frozen else [],
        "loose": queries.loose_cards(shown),
    }


def next_step(item: AgendaItem) -> NextStep | None:
    """Close the poll, then choose the aspects, then go on."""
    poll = queries.poll_of(item)
    if poll is None or poll.is_frozen:
        return None
    if poll.is_open:
        return NextStep(
            _l("Close the poll and gather aspects"), url_for("livepolls.close", poll_id=poll.id)
        )
    if poll.aspects:
        return NextStep(
            _l("Choose the aspects"),
            url_for("livepolls.choose", poll_id=poll.id),
            form=f"choice-{poll.id}",
        )
    if queries.has_suggestions(poll):
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
def tell_author(fact: CardHidden) -> None:
    """Whoever voiced a concern sees that it was hidden, or is shown again."""
    concern = db.session.get_one(Concern, fact.id) if fact.kind == "concern" else None
    if concern is not None and concern.participant_id is not None:
        author = db.session.get_one(Participant, concern.participant_id)
        announce(OwnConcernsChanged(concern.poll_id, author.id), author.channel)


poll_step = StepKind(
    "poll",
    _l("Flash poll"),
    "livepolls/_stage.html",
    "livepolls/_cockpit.html",
    "livepolls/_screen.html",
    load=load,
    create=create,
    next_step=next_step,
    settings_template="livepolls/_settings.html",
    fields=("hides_until_closed",),
)
concern_card = CardKind(
    "concern", Concern, lambda c: (c.poll.event.channel,), screen="livepolls/_concern_screen.html"
)
aspect_card = CardKind(
    "aspect", Aspect, lambda a: (a.poll.event.channel,), screen="livepolls/_aspect_screen.html"
)
