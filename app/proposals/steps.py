"""Solution proposals as a step of the agenda, and the cards for the screen."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.events.cards import MOST_OFFERED, CardKind
from app.events.models import AgendaItem
from app.events.steps import StepKind
from app.forums.writing import Writing
from app.proposals import queries
from app.proposals.models import STEP, OfficialAnswer, Proposal
from app.proposals.ordering import wanted_order
from app.realtime.audiences import View


def load(item: AgendaItem, view: View) -> dict[str, Any]:
    """What the step shows in a view."""
    if view is View.COCKPIT:
        return {"overview": queries.overview(item.event_id)}
    if view is View.SCREEN:
        return {"tallies": queries.tallies(item.event_id)}
    order = wanted_order()
    return {"sections": queries.sections(item.event_id, order), "order": order}


def _on_screen(proposal: Proposal) -> dict[str, Any]:
    return {"card": queries.card_of(proposal)}


def _words(writing: Writing) -> str:
    """What it says, without its marks."""
    return writing.body.striptags()


step = StepKind(
    STEP,
    _l("Solution proposals"),
    "proposals/_stage.html",
    "proposals/_cockpit.html",
    "proposals/_screen.html",
    load=load,
)
proposal_card = CardKind(
    "proposal",
    Proposal,
    lambda p: (p.aspect.poll.event.channel,),
    screen="proposals/_proposal_screen.html",
    context=_on_screen,
    label=_l("Solution proposal"),
    plural=_l("Solution proposals"),
    place=40,
    words=_words,
    latest=lambda event: queries.newest_proposals(event.id, MOST_OFFERED),
    is_offered=lambda proposal: proposal.within_id is None,
)
answer_card = CardKind(
    "answer",
    OfficialAnswer,
    lambda a: (a.event.channel,),
    screen="proposals/_answer_screen.html",
    label=_l("Official answer"),
    plural=_l("Official answers"),
    place=30,
    words=_words,
    latest=lambda event: queries.newest_answers(event.id, MOST_OFFERED),
)
