"""Gathering concerns into aspects in one go, with the same actions that the board uses."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.api.bodies import wrong
from app.errors import Conflict
from app.livepolls import actions
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.queries import cards

Wanted = Sequence[dict[str, Any]]  # title, concerns (ids), is_chosen


def arrange(poll: FlashPoll, wanted: Wanted, *, freeze: bool) -> None:
    """Let a closed poll have exactly these aspects; an aspect is known again by its title.

    Asked for a second time, nothing changes. Raises `Invalid` or `Conflict`.
    """
    _require_concerns(poll, wanted)
    _require_titles(wanted)
    if _is_arranged(poll, wanted, freeze):
        return
    if poll.is_open:
        raise Conflict(_l("Close the flash poll first."))
    if poll.is_frozen:
        actions.unfreeze(poll)
    for one in wanted:
        _gather(poll, one)
    unwanted = _gathered(poll).keys() - {id for one in wanted for id in one["concerns"]}
    actions.move_concerns(poll, sorted(unwanted), None)
    if freeze:
        chosen = {_title(one) for one in wanted if one["is_chosen"] is not False}
        actions.choose_aspects(poll, [a.id for a in poll.aspects if a.title in chosen])


def _title(one: dict[str, Any]) -> str:
    return actions.checked_title(one["title"])


def _gathered(poll: FlashPoll) -> dict[int, str]:
    """The titles of the aspects that concerns are in, by the concerns' ids."""
    everything = cards(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    titles = {aspect.id: aspect.title for aspect in poll.aspects}
    placed = [card.concern for card in everything if card.concern.aspect_id in titles]
    return {concern.id: titles[concern.aspect_id] for concern in placed if concern.aspect_id}


def _gather(poll: FlashPoll, one: dict[str, Any]) -> None:
    title = _title(one)
    aspect = _named(poll, title)
    if aspect is None:
        actions.create_aspect(poll, title, one["concerns"])
        return
    there = {id for id, placed in _gathered(poll).items() if placed == title}
    actions.move_concerns(poll, sorted(set(one["concerns"]) - there), aspect)


def _named(poll: FlashPoll, title: str) -> Aspect | None:
    return next((aspect for aspect in poll.aspects if aspect.title == title), None)


def _is_arranged(poll: FlashPoll, wanted: Wanted, freeze: bool) -> bool:
    chosen = {_title(one) for one in wanted if one["is_chosen"] is not False}
    asked = {id: _title(one) for one in wanted for id in one["concerns"]}
    are_chosen = {aspect.title for aspect in poll.aspects if aspect.chosen}
    return (
        poll.is_frozen == freeze
        and _gathered(poll) == asked
        and (not freeze or are_chosen == chosen)
    )


def _require_concerns(poll: FlashPoll, wanted: Wanted) -> None:
    """Each aspect has concerns of this poll, and none is in two of them."""
    free = {
        card.concern.id
        for card in cards(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    }
    for at, one in enumerate(wanted):
        ids = set(one["concerns"])
        if not ids or not ids <= free:
            message = _l("These must be concerns of this poll, each in one aspect only.")
            raise wrong(f"aspects[{at}].concerns", message)
        free -= ids


def _require_titles(wanted: Wanted) -> None:
    """Each aspect has a title of its own, and one of them is chosen."""
    titles = [_title(one) for one in wanted]
    for at, title in enumerate(titles):
        if title in titles[:at]:
            raise wrong(f"aspects[{at}].title", _l("There is another aspect with this title."))
    if all(one["is_chosen"] is False for one in wanted):
        raise wrong("aspects", _l("Please choose at least one aspect."))
