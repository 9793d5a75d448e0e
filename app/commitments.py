"""Where something stands that the centre was asked for, or has answered: one set of words.

A request of a room or a forum stands somewhere, and an official answer may commit itself: both are
said with these words, sent by the same fields, and shown by the same partial.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from app.errors import Invalid
from app.submissions import one_line

LONGEST_WHY = 200  # characters, on one line
LONGEST_ORGANISATION = 120


class State(StrEnum):
    """Where it stands."""

    OPEN = "open"
    ANSWERED = "answered"
    EXAMINED = "examined"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


NAMES = {
    State.OPEN: _l("open"),
    State.ANSWERED: _l("answered"),
    State.EXAMINED: _l("being examined"),
    State.IN_PROGRESS: _l("taken up"),
    State.DONE: _l("done"),
    State.DECLINED: _l("not possible"),
}
COMMITMENTS = (State.IN_PROGRESS, State.EXAMINED, State.DECLINED, State.DONE)


@dataclass(frozen=True)
class Commitment:
    """What an official answer commits itself to, perhaps to nothing, and why."""

    state: State | None = None
    why: str = ""
    organisation: str = ""  # for which it is said


NOTHING = Commitment()


def sent_commitment(form: Mapping[str, str]) -> Commitment:
    """The commitment that came with a form; raises `Invalid`."""
    state = form.get("state", "")
    if state and state not in COMMITMENTS:
        raise Invalid
    why = sent_why(form)
    organisation = _line(form, "organisation", LONGEST_ORGANISATION)
    return Commitment(State(state) if state else None, why if state else "", organisation)


def sent_why(form: Mapping[str, str]) -> str:
    """The reason that came with a form, on one line; raises `Invalid`."""
    return _line(form, "why", LONGEST_WHY)


def _line(form: Mapping[str, str], name: str, most: int) -> str:
    line = one_line(form.get(name, ""))
    if len(line) > most:
        raise Invalid(
            _l(
                "This is too long: %(length)d of at most %(most)d characters.",
                length=len(line),
                most=most,
            )
        )
    return line
