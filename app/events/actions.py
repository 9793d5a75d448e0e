"""What people do in an event; each runs inside a transaction, and announces what it did."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app import identity
from app.database import locked, now
from app.errors import Conflict, Invalid, NotFound, Refused
from app.events import cards, steps
from app.events.facts import (
    AgendaChanged,
    CardHidden,
    EventChanged,
    HighlightChanged,
    ParticipantArrived,
    ParticipantChanged,
    ParticipantJoined,
    ScreensClosed,
    StepLeft,
    StepStarted,
)
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.identity import TokenKind
from app.outbox import announce
from app.permissions import Role
from app.submissions import one_line


def create_event(
    title: str,
    *,
    language: str = "de",
    items: list[dict[str, Any]] | None = None,
    is_template: bool = False,
) -> Event:
    """A new event with these agenda items (kind, title, text, minutes, settings)."""
    event = Event(title=title, language=language, is_template=is_template)
    db.session.add(event)
    db.session.flush()
    for item in items or []:
        add_item(event, **item)
    return event


def event_from(template: Event, title: str) -> Event:
    """A new event with the agenda of another one, without what happened there."""
    items = [
        {
            "kind": i.kind,
            "title": i.title,
            "text": i.text,
            "minutes": i.minutes,
            "settings": dict(i.settings),
        }
        for i in template.items
    ]
    event = create_event(title, language=template.language, items=items)
    event.time_zone = template.time_zone
    event.retention_months = template.retention_months
    return event


def add_item(
    event: Event,
    kind: str,
    title: str,
    text: str = "",
    minutes: int | None = None,
    settings: dict[str, Any] | None = None,
) -> AgendaItem:
    """Add a step at the end of the agenda, with what it works with."""
    last = max((i.position for i in event.items), default=0)
    item = AgendaItem(
        event_id=event.id,
        position=last + 1,
        kind=kind,
        title=title,
        text=text,
        minutes=minutes,
        settings=settings or {},
    )
    event.items.append(item)
    db.session.flush()
    steps.kind_of(item).create(item)
    announce(AgendaChanged(event.id), event.channel)
    return item


def change_item(item: AgendaItem, **changes: Any) -> None:
    """Change a step's title, text, minutes or settings."""
    for name, value in changes.items():
        setattr(item, name, value)
    steps.kind_of(item).create(item)
    announce(AgendaChanged(item.event_id), item.event.channel)


def move_item(item: AgendaItem, by: int) -> None:
    """Move a step earlier (-1) or later (+1) in the agenda."""
    event = locked(Event, item.event_id)
    order = list(event.items)
    here = order.index(item)
    there = here + by
    if not 0 <= there < len(order):
        raise Conflict(_l("It cannot move further."))
    other = order[there]
    mine, theirs = item.position, other.position
    item.position = 1 + max(i.position for i in order)
    db.session.flush()
    other.position = mine
    db.session.flush()
    item.position = theirs
    db.session.flush()
    db.session.refresh(event, ["items"])
    announce(AgendaChanged(event.id), event.channel)


def remove_item(item: AgendaItem) -> None:
    """Remove a step that has not begun."""
    event = locked(Event, item.event_id)
    item = locked(AgendaItem, item.id)
    if item.started_at is not None:
        raise Conflict(_l("This step has begun; what was said in it stays."))
    event.items.remove(item)
    announce(AgendaChanged(event.id), event.channel)


def start_step(event: Event, item: AgendaItem) -> None:
    """Bring the hall to this step; the features follow."""
    locked(Event, event.id)
    item = locked(AgendaItem, item.id)  # somebody else may have removed it in the meantime
    if event.is_template:
        raise Conflict(_l("This is a template: make an event of it first."))
    if item.is_current:
        return
    leaving = event.current_item
    if leaving is not None:
        leaving.finished_at = now()
        announce(StepLeft(event.id, leaving.id), event.channel)
    event.current_item = item
    item.started_at = item.started_at or now()
    item.finished_at = None
    highlight(event, None, None)
    db.session.flush()
    announce(StepStarted(event.id, item.id), event.channel)


def join(
    event: Event,
    *,
    name: str,
    municipality_id: int | None = None,
    state: str = "",
    language: str = "de",
    account_id: int | None = None,
    role: Role = Role.PARTICIPANT,
) -> Participant:
    """Let somebody into the event."""
    locked(Event, event.id, shared=True)
    if role != Role.MODERATOR:
        event.admit()
    name = one_line(name)
    if not name:
        raise Invalid(_l("Please tell us your name."))
    person = Participant(
        event_id=event.id,
        event=event,
        name=name[:80],
        role=role,
        municipality_id=municipality_id,
        state=one_line(state)[:60],
        language=language,
        account_id=account_id,
    )
    db.session.add(person)
    db.session.flush()
    db.session.refresh(person, ["municipality"])
    announce(ParticipantJoined(event.id, person.id), event.channel)
    arrive(person.id)
    return person


def arrive(participant_id: int) -> None:
    """Somebody is present; features that place people follow."""
    person = locked(Participant, participant_id)
    if person.removed_at is not None:
        raise Refused
    if person.is_present:
        return
    person.arrive()
    db.session.flush()
    announce(ParticipantArrived(person.event_id, person.id), person.event.channel, person.channel)


def change_person(person: Participant, **changes: Any) -> None:
    """Change a participant's name, municipality, language or role."""
    for name, value in changes.items():
        setattr(person, name, value)
    _announce_person(person)


def remove_person(person: Participant) -> None:
    """Take somebody out of the event; what they wrote can be hidden on its own."""
    if person.is_moderator:
        raise Conflict(_l("Moderators cannot be removed. Take the role away first."))
    person.removed_at = now()
    person.present_until = None
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
    identity.revoke(TokenKind.API, participant_id=person.id)
    _announce_person(person)


def _announce_person(person: Participant) -> None:
    db.session.flush()
    db.session.refresh(person, ["municipality"])
    fact = ParticipantChanged(person.event_id, person.id)
    announce(fact, person.event.channel, person.channel)


def lock_joining(event: Event, locked_: bool) -> None:
    """Let nobody else in, or open the doors again."""
    event.joining_locked = locked_
    announce(EventChanged(event.id), event.channel)


def new_return_link(person: Participant) -> str:
    """A personal link to another device; the earlier ones stop working."""
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
    return identity.issue(TokenKind.RETURN, participant_id=person.id)


def new_screen_link(event: Event) -> str:
    """A link that opens the screen; the earlier ones stop working."""
    close_screen(event)
    return identity.issue(TokenKind.SCREEN, event_id=event.id)


def hide(event: Event, kind: str, id: int, hidden: bool) -> None:
    """Take a card off all pages and the screen, or bring it back."""
    thing = cards.card(event, kind, id)
    thing.hide(hidden)
    if hidden and (event.highlight_kind, event.highlight_id) == (kind, id):
        highlight(event, None, None)
    announce(CardHidden(event.id, kind, id), *cards.kind_named(kind).channels(thing))


def highlight(event: Event, kind: str | None, id: int | None) -> None:
    """Put a card on the screen, or clear it."""
    if kind is not None and not cards.kind_named(kind).screen:
        raise NotFound
    if kind is not None and cards.card(event, kind, id).is_hidden:
        raise Conflict(_l("It is hidden. Show it again first."))
    event.highlight_kind, event.highlight_id = kind, id
    announce(HighlightChanged(event.id), event.channel)


def forget_person(person: Participant) -> None:
    """Delete a guest: the name and attendance go, what others have built on stays unsigned."""
    channel = person.event.channel
    fact = ParticipantChanged(person.event_id, person.id)
    person.name, person.municipality, person.account_id = "", None, None
    person.state = ""
    person.removed_at = now()
    person.present_until = None
    db.session.execute(delete(identity.Token).where(identity.Token.participant_id == person.id))
    announce(fact, channel, person.channel)


def member_of(event: Event, account_id: int) -> Participant | None:
    """The participant that this account already is, removed or not."""
    return db.session.scalar(
        select(Participant).where(
            Participant.event_id == event.id, Participant.account_id == account_id
        )
    )


def close_screen(event: Event) -> None:
    """Let no link open the screen any more, and close those that are open."""
    identity.revoke(TokenKind.SCREEN, event_id=event.id)
    announce(ScreensClosed(event.id), event.channel)


def revoke_return_links(person: Participant) -> None:
    """Make all personal links of somebody worthless."""
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
