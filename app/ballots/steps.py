"""Ballots as steps of the agenda, and what one click asks."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.ballots import actions, queries
from app.ballots.models import Ballot, BallotKind, Source, Vote
from app.database import locked
from app.events.cards import CardKind
from app.events.facts import CardHidden, StepLeft, StepStarted
from app.events.models import AgendaItem, Event
from app.events.steps import AtOnce, NextStep, StepKind
from app.extensions import db
from app.livepolls.queries import chosen_aspects
from app.outbox import follows
from app.proposals.facts import ProposalWritten
from app.proposals.models import Proposal
from app.realtime.audiences import View

KINDS = frozenset(kind.value for kind in BallotKind)
CHOICE_FIELDS = ("source", "options", "most", "live", "countdown")
DOTS_FIELDS = ("source", "options", "most", "stacking", "live", "countdown")
SCALE_FIELDS = ("lowest", "highest", "lowest_label", "highest_label", "live", "countdown")
FEEDBACK_FIELDS = ("lowest_label", "highest_label", "live", "countdown")


def create(item: AgendaItem) -> None:
    """Make the item's ballot, or bring it up to date."""
    actions.plan_ballot(item)


def load(item: AgendaItem, _view: View) -> dict[str, Any]:
    """What the ballot shows in any view."""
    ballot = queries.ballot_of(item)
    assert ballot is not None
    return queries.contexts([ballot.id])[ballot.id] | {"can_open": actions.can_open(ballot)}


def next_step(item: AgendaItem) -> NextStep | None:
    """Open the vote where it did not open by itself, close it, then go on."""
    ballot = queries.ballot_of(item)
    if ballot is None or ballot.is_closed:
        return None
    if ballot.is_open:
        url = url_for("ballots.close", ballot_id=ballot.id, _method="DELETE")
        return NextStep(_l("Close the vote and show the result"), url, key="o")
    if actions.can_open(ballot):
        url = url_for("ballots.open_", ballot_id=ballot.id)
        return NextStep(_l("Open the vote"), url, key="o")
    return None


def _ballot_at(item_id: int) -> Ballot | None:
    """The ballot of an agenda item, held, if it is one of ours."""
    item = db.session.get_one(AgendaItem, item_id)
    ballot = queries.ballot_of(item) if item.kind in KINDS else None
    return locked(Ballot, ballot.id) if ballot else None


@follows(StepStarted)
def start(fact: StepStarted) -> None:
    """Coming to a new ballot opens it, if there is something to choose from."""
    ballot = _ballot_at(fact.item_id)
    if ballot is None or ballot.opened_at is not None:
        return
    if ballot.source != Source.GIVEN:
        actions.plan_ballot(ballot.item)
    if actions.can_open(ballot):
        actions.open_ballot(ballot)


@follows(StepLeft)
def leave(fact: StepLeft) -> None:
    """Going on closes the ballot."""
    ballot = _ballot_at(fact.item_id)
    if ballot is not None:
        actions.close_ballot(ballot)


@follows(CardHidden)
def hide_option(fact: CardHidden) -> None:
    """What a moderator has taken off all pages is no option to be read either."""
    if fact.kind == "proposal":
        actions.follow_proposal(db.session.get_one(Proposal, fact.id))


@follows(ProposalWritten)
def withdraw_option(fact: ProposalWritten) -> None:
    """Nor is what its author has taken back."""
    actions.follow_proposal(db.session.get_one(Proposal, fact.proposal_id))


def _choice(_event: Event) -> AtOnce:
    options = [_("Yes"), _("No"), _("I don't know yet")]
    return AtOnce(_("Do you agree?"), {"options": options, "most": 1})


def _scale(_event: Event) -> AtOnce:
    ends = {"lowest": 1, "highest": 5}
    labels = {"lowest_label": _("not at all"), "highest_label": _("fully")}
    return AtOnce(_("How far do you agree?"), {**ends, **labels})


def _dots(event: Event) -> AtOnce:
    """Over the event's topics, once there are any."""
    has_topics = len(chosen_aspects(event.id)) > 1
    options = [_("Option %(letter)s", letter=letter) for letter in "ABC"]
    source = Source.ASPECTS if has_topics else Source.GIVEN
    settings = {"source": source.value, "options": [] if has_topics else options}
    return AtOnce(_("What matters most to you?"), {**settings, "most": 3, "stacking": "yes"})


def _feedback(_event: Event) -> AtOnce:
    return AtOnce(_("Would you recommend this event to others?"), {})


def _kind(kind: BallotKind, label: Any, fields: tuple[str, ...], at_once: Any) -> StepKind:
    return StepKind(
        kind.value,
        label,
        "ballots/_stage.html",
        "ballots/_cockpit.html",
        "ballots/_screen.html",
        load=load,
        create=create,
        next_step=next_step,
        settings_template="ballots/_settings.html",
        fields=fields,
        at_once=at_once,
    )


step_kinds = (
    _kind(BallotKind.CHOICE, _l("Choice"), CHOICE_FIELDS, _choice),
    _kind(BallotKind.SCALE, _l("Scale"), SCALE_FIELDS, _scale),
    _kind(BallotKind.DOTS, _l("Dots"), DOTS_FIELDS, _dots),
    _kind(BallotKind.FEEDBACK, _l("Feedback"), FEEDBACK_FIELDS, _feedback),
)


reason_card = CardKind(
    "reason", Vote, lambda vote: (vote.ballot.event.channel,), by_key=queries.vote_by_key
)
