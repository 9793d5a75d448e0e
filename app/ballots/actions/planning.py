"""What is asked, and which options there are: open to change until somebody has voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.ballots.models import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Ballot,
    BallotKind,
    BallotOption,
    Source,
)
from app.ballots.plans import Plan, plan_of
from app.ballots.queries import ballot_of, has_votes, options_of
from app.database import locked
from app.errors import Conflict
from app.events.facts import AgendaChanged, StepChanged
from app.events.models import AgendaItem
from app.extensions import db
from app.livepolls.queries import chosen_aspects
from app.outbox import announce
from app.proposals.models import Proposal
from app.proposals.queries import sections
from app.submissions import checked

# What voting has to find as it was, beside the options.
DECIDED = (
    "question",
    "source",
    "most",
    "stacking",
    "lowest",
    "highest",
    "lowest_label",
    "highest_label",
)


@dataclass(frozen=True)
class Wanted:
    """An option as it is to be, and what it stands for."""

    text: str
    aspect_id: int | None = None
    proposal_id: int | None = None


def plan_ballot(item: AgendaItem) -> Ballot:
    """The ballot of an agenda item, made or brought up to date with it until somebody votes."""
    known = ballot_of(item)
    ballot = locked(Ballot, known.id) if known else _new_ballot(item)
    plan = plan_of(item)
    if has_votes(ballot):
        _require_unchanged(ballot, plan)
    else:
        _take(ballot, plan)
    ballot.shows_live, ballot.seconds = plan.shows_live, plan.seconds
    db.session.flush()
    return ballot


def _new_ballot(item: AgendaItem) -> Ballot:
    ballot = Ballot(
        event_id=item.event_id,
        item_id=item.id,
        event=item.event,
        item=item,
        kind=BallotKind(item.kind),
        question="",
    )
    db.session.add(ballot)
    db.session.flush()
    return ballot


def _take(ballot: Ballot, plan: Plan) -> None:
    for name in DECIDED:
        setattr(ballot, name, getattr(plan, name))
    set_options(ballot, [Wanted(text) for text in plan.options])


def _require_unchanged(ballot: Ballot, plan: Plan) -> None:
    """Whoever has voted has voted on these words, and by these rules."""
    is_given = ballot.source == Source.GIVEN and not ballot.has_scale
    given = tuple(option.text for option in ballot.options) if is_given else plan.options
    is_same = all(getattr(ballot, name) == getattr(plan, name) for name in DECIDED)
    if not is_same or given != plan.options:
        raise Conflict(
            _l("Somebody has voted already, so the words stay. Ask anew with another vote.")
        )


def set_options(ballot: Ballot, wanted: Sequence[Wanted]) -> None:
    """Let the ballot have these options; one whose words stay is the same as before."""
    if ballot.has_scale:
        wanted = ()
    elif ballot.source != Source.GIVEN:
        wanted = _from_event(ballot)
    known = {(o.text, o.aspect_id, o.proposal_id): o for o in ballot.options}
    kept = []
    for position, one in enumerate(wanted[:MOST_OPTIONS], 1):
        option = known.get((one.text, one.aspect_id, one.proposal_id)) or BallotOption(
            text=one.text, aspect_id=one.aspect_id, proposal_id=one.proposal_id
        )
        option.position = position
        kept.append(option)
    ballot.options = kept
    db.session.flush()


def _from_event(ballot: Ballot) -> list[Wanted]:
    """The chosen aspects, or what was proposed under them."""
    if ballot.source == Source.ASPECTS:
        aspects = chosen_aspects(ballot.event_id)
        return [Wanted(aspect.title[:LONGEST_OPTION], aspect.id) for aspect in aspects]
    return [
        Wanted(_words_of(card.proposal), section.aspect.id, card.proposal.id)
        for section in sections(ballot.event_id)
        for card in sorted(section.cards, key=lambda card: (-card.supports, card.proposal.id))
    ]


def follow_proposal(proposal: Proposal) -> None:
    """Show its words wherever they are voted on as long as they are shown, and a neutral one then.

    What was said differently meanwhile stays as it was voted on.
    """
    is_withheld = proposal.is_hidden or proposal.withdrawn_at is not None
    for option in options_of(proposal.id):
        if option.is_withheld == is_withheld:
            continue
        ballot, option.is_withheld = option.ballot, is_withheld
        with force_locale(ballot.event.language):
            option.text = (
                _("This proposal is no longer there.") if is_withheld else _words_of(proposal)
            )
        announce(StepChanged(ballot.event_id, ballot.item_id), ballot.event.channel)
    db.session.flush()


def _words_of(proposal: Proposal) -> str:
    return _in_short(proposal.body.striptags())


def _in_short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_OPTION else words[: LONGEST_OPTION - 1].rstrip() + "…"


def change_ballot(ballot: Ballot, question: str, settings: dict[str, Any]) -> None:
    """Change what is asked where it stands, and the agenda with it; both are held."""
    item, question = ballot.item, checked(question, LONGEST_QUESTION)
    item.ask(question, settings)
    plan_ballot(item)
    announce(AgendaChanged(ballot.event_id), ballot.event.channel)
    announce(StepChanged(ballot.event_id, ballot.item_id), ballot.event.channel)
