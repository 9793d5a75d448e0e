"""Which fact tells people that they are named for a part in a round, and moderators who declines.

What people are told is theirs alone: it goes to their own channels, and is loaded for all at once.
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app import outbox
from app.breakouts import queries
from app.breakouts.broadcasts import COCKPIT, PERSON
from app.breakouts.facts import (
    ChoosingEnded,
    NamedNoMore,
    PeopleNamed,
    RoundOpened,
)
from app.breakouts.models import Part, Round
from app.breakouts.planning.roles import is_ahead, roles_ahead
from app.events.facts import AgendaChanged, ParticipantChanged, StepLeft, StepStarted
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.realtime import Partial, Redraw, Stream, View, redraws
from app.realtime.partials import Change

roles = Partial(
    "breakouts/_roles_ahead.html",
    "roles-ahead",
    roles_ahead,
    PERSON,
    looks=lambda context: None if context["roles"] else (),
)
declined = Partial("breakouts/_declined.html", "declined", queries.declined_in, COCKPIT)


def declined_panel(event: Event) -> Markup:
    """Who would rather not, as it stands when the cockpit is opened."""
    version = outbox.position(event.channel)
    return declined.markup(queries.declined_in([event.id])[event.id], View.COCKPIT, version)


def _tell(ids: Iterable[int]) -> list[Change]:
    return [Redraw(roles, id, to=Participant.channel_of(id)) for id in ids]


@redraws(PeopleNamed)
def _named(fact: PeopleNamed) -> Iterable[Change]:
    round_ = db.session.get(Round, fact.round_id)
    if round_ is None:
        return []
    told = _tell(fact.participant_ids) if is_ahead(round_) else []
    return [*told, Redraw(declined, round_.event_id)]


@redraws(NamedNoMore)
def _no_more(fact: NamedNoMore) -> Iterable[Change]:
    """Who has not been told of it yet is not told that it is over, either."""
    round_ = db.session.get(Round, fact.round_id)
    if round_ is None or not is_ahead(round_):
        return []
    words = _no_longer(Part(fact.part), escape(round_.item.title))
    theirs = Participant.channel_of(fact.participant_id)
    return [Stream("notice", html=words, views=PERSON, to=theirs)]


def _no_longer(part: Part, title: Markup) -> Any:
    """In the language of whoever hears it."""
    if part is Part.NOTES:
        return _l("In “%(round)s” you do not take notes any more.", round=title)
    return _l("In “%(round)s” you do not lead the talk any more.", round=title)


@redraws(StepStarted, StepLeft)
def _gone_on(fact: StepStarted | StepLeft) -> Iterable[Change]:
    """What is next now, what was next until now, and what lies between."""
    item = db.session.get(AgendaItem, fact.item_id)
    later = [i for i in item.event.items if i.position > item.position][:1] if item else []
    return _tell(queries.named_at([fact.item_id, *(each.id for each in later)]))


@redraws(ParticipantChanged)
def _person_changed(fact: ParticipantChanged) -> Iterable[Change]:
    return [Redraw(declined, fact.event_id)]


@redraws(AgendaChanged)
def _arranged(fact: AgendaChanged) -> Iterable[Change]:
    event = db.session.get_one(Event, fact.event_id)
    told = _tell(queries.named_at([item.id for item in event.items]))
    return [*told, Redraw(declined, event.id)]


@redraws(RoundOpened, ChoosingEnded)
def _begun(fact: RoundOpened | ChoosingEnded) -> Iterable[Change]:
    round_ = db.session.get_one(Round, fact.round_id)
    return [*_tell(queries.named_at([round_.item_id])), Redraw(declined, round_.event_id)]
