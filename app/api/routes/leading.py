"""Leading flash polls: how they are asked, once more, what is published, and what is split."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.polls import poll_answer
from app.api.bodies import body, flag, identifier, number, objects, text, wrong
from app.api.calls import call
from app.api.tokens import person_in
from app.database import found, locked, transaction
from app.errors import Conflict, NotFound
from app.events import actions as event_actions
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.limits import LEADING
from app.livepolls import actions
from app.livepolls.board.actions import publish as publish_concerns
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.models import LONGEST_CONCERN, Aspect, Concern, FlashPoll
from app.livepolls.plans import LONGEST_COUNTDOWN, LONGEST_QUESTION, MOST_OF_ALL
from app.livepolls.queries import poll_of
from app.permissions import require
from app.submissions import tidied

PARTS = body(
    text("first", LONGEST_CONCERN, "Abends fahren keine Busse"),
    text("second", LONGEST_CONCERN, "Es fehlen Kinderärzte"),
    text("was", LONGEST_CONCERN, "Abends fahren keine Busse, und es fehlen Kinderärzte"),
    identifier("aspect", 3, required=False),
)
READ = body(
    identifier("id", 7), text("text", LONGEST_CONCERN, "Wie erreichen wir belastete Familien früh?")
)
PUBLISHED = body(objects("concerns", READ))
SETTINGS = body(
    text("question", LONGEST_QUESTION, "Wozu wünschen Sie sich Beratung?", required=False),
    flag("hides_until_closed", True),
    flag("is_named", False),
    flag("is_moderated_before", False),
    number("most_per_person", 1, MOST_OF_ALL, 3),
    number("minutes", 0, LONGEST_COUNTDOWN, 5),
)
PLANNED = {
    "hides_until_closed": "hides_until_closed",
    "is_named": "named",
    "is_moderated_before": "moderated",
    "most_per_person": "most",
    "minutes": "countdown",
}


@call("POST", "/concerns/<int:concern_id>/parts", {201: "Poll"}, body=PARTS, limit=LEADING)
def split_concern(concern_id: int, body: dict[str, Any]) -> Any:
    """Make two concerns of one that says what it “was”; for moderators.

    The second part goes into the aspect, if one is named.
    """
    with transaction():
        poll, person = _moderated(found(Concern, concern_id).poll_id)
        concern = locked(Concern, concern_id)
        if tidied(body["was"]) != concern.text:
            raise Conflict
        into = _aspect_of(poll, body["aspect"])
        actions.split_concern(concern, body["first"], body["second"], into, person)
    return poll_answer(poll, person), 201


def _moderated(poll_id: int, *, with_step: bool = False) -> tuple[FlashPoll, Participant]:
    """The poll, held, and the bearer, who leads its event."""
    known = found(FlashPoll, poll_id)
    person = person_in(known.event)
    require(person, "livepolls.moderate", known)
    if with_step:
        locked(AgendaItem, known.item_id)  # before its poll, as on the pages
    return locked(FlashPoll, poll_id), person


def _aspect_of(poll: FlashPoll, id: int | None) -> Aspect | None:
    aspect = db.session.get(Aspect, id) if id is not None else None
    if id is not None and (aspect is None or aspect.poll_id != poll.id):
        raise NotFound
    return aspect


@call("POST", "/polls/<int:poll_id>/published", {200: "Poll"}, body=PUBLISHED, limit=LEADING)
def publish(poll_id: int, body: dict[str, Any]) -> Any:
    """Let everybody see concerns that wait, if they still say what was read; for moderators."""
    with transaction():
        poll, person = _moderated(poll_id)
        publish_concerns(poll, _read(poll, body["concerns"]), person)
    return poll_answer(poll, person)


def _read(poll: FlashPoll, given: Sequence[dict[str, Any]]) -> list[int]:
    """Those concerns, none of which says something else by now."""
    says = {concern.id: concern.text for concern in concerns_of(poll, [one["id"] for one in given])}
    for at, one in enumerate(given):
        if one["id"] not in says:
            raise wrong(f"concerns[{at}].id", NotFound.message)
        if says[one["id"]] != tidied(one["text"]):
            raise Conflict
    return list(says)


@call("PUT", "/polls/<int:poll_id>/settings", {200: "Poll"}, body=SETTINGS, limit=LEADING)
def change(poll_id: int, body: dict[str, Any]) -> Any:
    """Ask a poll otherwise, also while it runs; what is left out stays so; for moderators.

    With 0 “minutes” it stays open until somebody closes it.
    """
    said = {name: body[name] for name in PLANNED if body[name] is not None}
    with transaction():
        poll, person = _moderated(poll_id, with_step=True)
        settings = {PLANNED[name]: _as_planned(value) for name, value in said.items()}
        actions.change_poll(poll, body["question"] or poll.question, settings)
    return poll_answer(poll, person)


def _as_planned(value: bool | int) -> str:
    """As the agenda's form sends it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value) if value else ""


@call("POST", "/polls/<int:poll_id>/rounds", {201: "Poll", 200: "Poll"}, limit=LEADING)
def ask_again(poll_id: int) -> Any:
    """Ask the same once more, in a poll and a step of its own; the same one if it is there.

    For moderators; the poll that was asked before is closed, and the current step.
    """
    known = found(FlashPoll, poll_id)
    person = person_in(known.event)
    require(person, "livepolls.moderate", known)
    with transaction():
        poll = found(FlashPoll, poll_id)
        is_new = poll.next_id is None
        following = poll_of(event_actions.ask_again(poll.event, poll.item))
        assert following is not None
    return poll_answer(following, person), 201 if is_new else 200
