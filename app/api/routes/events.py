"""Events: join, look, create, move on."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app import identity
from app.accounts.models import Account
from app.api.answers.events import event_answer, person_answer
from app.api.bodies import body, choice, identifier, text, wrong
from app.api.calls import call
from app.api.places import municipality_field, municipality_of
from app.api.submissions import key_field
from app.api.tokens import bearing_account, person_in
from app.database import locked, transaction
from app.errors import Refused
from app.events import actions
from app.events.models import Event, Participant
from app.events.queries import event_by_code, item_of, people
from app.events.steps import kind_of
from app.identity import TokenKind
from app.limits import JOINING, LEADING, WRITING
from app.permissions import Role, require
from config import LANGUAGES

JOIN = body(
    text("name", 80, "Cem Schuster"),
    municipality_field("municipality", "Auental"),
    text("state", 60, "Bayern", required=False),
    choice("language", LANGUAGES, required=False),
    key_field(required=False),
)
CREATE = body(
    text("title", 120, "Auftaktkonferenz"),
    text("template", 12, "ABC234", required=False),
    choice("language", LANGUAGES, required=False),
)
STEP = body(identifier("step", 12))


@call(
    "POST",
    "/events/<code>/participants",
    {201: "Joined", 200: "Joined"},
    body=JOIN,
    limit=JOINING,
    needs_token=False,
)
def join(code: str, body: dict[str, Any]) -> Any:
    """Join an event: as a guest, or with a personal token as that account."""
    event = event_by_code(code)
    account = bearing_account()
    if body["key"] and len(body["key"]) < actions.SHORTEST_KEY:
        raise wrong("key", _l("A key needs at least %(n)d characters.", n=actions.SHORTEST_KEY))
    with transaction():
        person, is_new = _joined(event, account, body)
        if person.removed_at is not None:
            raise Refused
        token = identity.issue(TokenKind.API, participant_id=person.id)
    answer = {
        "participant_id": person.id,
        "token": token,
        "event": event_answer(event, person),
    }
    return answer, 201 if is_new else 200


def _joined(
    event: Event, account: Account | None, body: dict[str, Any]
) -> tuple[Participant, bool]:
    """Who has joined, and whether this is new."""
    if account is not None:
        locked(Account, account.id)  # sent twice at once, the second waits for the first
        known = actions.member_of(event, account.id)
        if known is not None:
            return known, False
    municipality = municipality_of(body["municipality"])
    return actions.join_once(
        locked(Event, event.id, shared=True),
        body["key"] or "" if account is None else "",
        name=body["name"],
        municipality_id=municipality.id if municipality else None,
        state=body["state"] or "",
        language=body["language"] or event.language,
        account_id=account.id if account else None,
        role=Role.MODERATOR if account and account.is_admin else Role.PARTICIPANT,
    )


@call("GET", "/events/<code>", {200: "Event"})
def show(code: str) -> Any:
    """The event, its agenda, and where it stands."""
    event = event_by_code(code)
    person = person_in(event)
    require(person, "events.see", event)
    return event_answer(event, person)


@call("GET", "/events/<code>/people", {200: "People"})
def list_people(code: str) -> Any:
    """Everybody in the event; for moderators."""
    event = event_by_code(code)
    require(person_in(event), "events.moderate", event)
    return {"people": [person_answer(person) for person in people(event.id)]}


@call("POST", "/events", {201: "Joined"}, body=CREATE, limit=WRITING)
def create(body: dict[str, Any]) -> Any:
    """Create an event, empty or with the agenda of another; its moderator's token comes along."""
    account = bearing_account()
    if account is None or not account.may_create_events:
        raise Refused
    with transaction():
        event = _new_event(account, body)
        person = actions.join(
            event,
            name=account.name,
            account_id=account.id,
            municipality_id=account.municipality_id,
            language=account.language,
            role=Role.MODERATOR,
        )
        token = identity.issue(TokenKind.API, participant_id=person.id)
    answer = {
        "participant_id": person.id,
        "token": token,
        "event": event_answer(event, person),
    }
    return answer, 201


def _new_event(account: Account, body: dict[str, Any]) -> Event:
    if body["template"] is None:
        return actions.create_event(body["title"], language=body["language"] or account.language)
    template = event_by_code(body["template"])
    if not template.is_template:
        require(person_in(template), "events.moderate", template)
    event = actions.event_from(template, body["title"])
    event.language = body["language"] or event.language
    return event


@call("PUT", "/events/<code>/step", {200: "Event"}, body=STEP, limit=LEADING)
def start_step(code: str, body: dict[str, Any]) -> Any:
    """Bring the hall to a step of the agenda; for moderators."""
    event = event_by_code(code)
    require(person_in(event), "events.moderate", event)
    item = item_of(event, body["step"])
    with kind_of(item).ahead(item), transaction():
        person = person_in(event)
        require(person, "events.moderate", event)
        actions.start_step(event, item_of(event, body["step"]))
    return event_answer(event, person)
