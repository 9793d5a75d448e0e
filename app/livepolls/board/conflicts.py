"""Somebody else was there first: what they did, what one wanted, and the choice between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.database import found
from app.errors import Conflict
from app.extensions import db
from app.livepolls.board.actions import UndoConflict
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.board.log import LogLine, last_about
from app.livepolls.board.models import BoardAction
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.realtime import Stream
from app.responses import streams, wants_streams

MOST_NAMED = 4  # concerns
Fields = list[tuple[str, str]]


class MovedSince(Conflict):
    """Some of the concerns lie elsewhere than where they were picked up."""

    def __init__(self, poll: FlashPoll, ids: Sequence[int], moved: Sequence[int]) -> None:
        super().__init__()
        self.poll_id, self.ids, self.moved = poll.id, ids, moved


class RenamedSince(Conflict):
    """The aspect is called otherwise than what somebody has changed."""

    def __init__(self, aspect: Aspect, wanted: str) -> None:
        super().__init__()
        self.aspect_id, self.wanted = aspect.id, wanted


class SplitSince(Conflict):
    """A concern says something else than what somebody has split."""

    def __init__(self, concern: Concern, texts: tuple[str, str]) -> None:
        super().__init__()
        self.concern_id, self.texts = concern.id, texts


@dataclass(frozen=True)
class Choice:
    """One way out: what the button says, and what it sends."""

    label: str
    fields: Fields


@dataclass(frozen=True)
class Question:
    """What somebody else has done meanwhile, and the ways out; leaving it is always one."""

    poll: FlashPoll
    said: Sequence[str]
    line: LogLine | None  # of the log
    choices: Sequence[Choice]


def asking(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a route ask the person where what they saw is no longer so; nothing was changed."""

    @wraps(view)
    def answer(**values: Any) -> Any:
        try:
            return view(**values)
        except MovedSince as conflict:
            return _ask(_about_moving(conflict))
        except RenamedSince as conflict:
            return _ask(_about_renaming(conflict))
        except SplitSince as conflict:
            return _ask(_about_splitting(conflict))
        except UndoConflict as conflict:
            return _ask(_about_undoing(conflict))

    return answer


def is_on_a_page_of_its_own() -> bool:
    """Whether a form was sent from beside the board, which is to come back then."""
    return "page" in request.form


def _ask(question: Question) -> Response | tuple[str, int]:
    db.session.rollback()
    verb = "?_method=DELETE" if request.method == "DELETE" else ""
    context = {"question": question, "url": request.path + verb}
    if is_on_a_page_of_its_own() or not wants_streams():
        return render_template("livepolls/board/conflict.html", **context), Conflict.status
    html = Markup(render_template("livepolls/board/_conflict.html", **context))  # noqa: S704
    return streams(
        Stream("update", f"board-conflict-{question.poll.id}", html).markup(),
        status=Conflict.status,
    )


def _about_moving(conflict: MovedSince) -> Question:
    poll = found(FlashPoll, conflict.poll_id)
    concerns = concerns_of(poll, conflict.ids)
    moved = [concern for concern in concerns if concern.id in conflict.moved]
    others = [concern for concern in concerns if concern.id not in conflict.moved]
    choices = [Choice(_("Do it nevertheless"), _picked([*others, *moved]) + _other_fields())]
    if others:
        choices.append(Choice(_("Only with the others"), _picked(others) + _other_fields()))
    said = [_where_it_is(concern) for concern in moved[:MOST_NAMED]]
    return Question(poll, said, last_about(poll, conflict.moved), choices)


def _where_it_is(concern: Concern) -> str:
    if concern.aspect is None:
        return _("“%(concern)s” is in no aspect now.", concern=concern.text)
    return _(
        "“%(concern)s” is in “%(aspect)s” now.", concern=concern.text, aspect=concern.aspect.title
    )


def _picked(concerns: Sequence[Concern]) -> Fields:
    """The concerns as they are seen now: somebody else may move them once more."""
    return [("concern", f"{concern.id}:{concern.aspect_id or ''}") for concern in concerns]


def _other_fields() -> Fields:
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if name not in ("concern", "csrf_token")]


def _about_renaming(conflict: RenamedSince) -> Question:
    aspect = found(Aspect, conflict.aspect_id)
    said = _(
        "The aspect is called “%(now)s” now. You wrote “%(wanted)s”.",
        now=aspect.title,
        wanted=conflict.wanted,
    )
    label = _("Call it “%(title)s”", title=conflict.wanted)
    fields = [("title", conflict.wanted), ("was", aspect.title)]
    return Question(
        aspect.poll, [said], last_about(aspect.poll, (), [aspect.id]), [Choice(label, fields)]
    )


def _about_splitting(conflict: SplitSince) -> Question:
    concern, (first, second) = found(Concern, conflict.concern_id), conflict.texts
    said = _(
        "It says “%(now)s” now. You wrote “%(first)s” and “%(second)s”.",
        now=concern.text,
        first=first,
        second=second,
    )
    fields = [(name, value) for name, value in _other_fields() if name != "was"]
    nevertheless = Choice(_("Split it nevertheless"), [*fields, ("was", concern.text)])
    return Question(concern.poll, [said], last_about(concern.poll, [concern.id]), [nevertheless])


def _about_undoing(conflict: UndoConflict) -> Question:
    action = found(BoardAction, conflict.action_id)
    said = [_("What this gesture did was changed again since, so it was left as it is.")]
    said += map(str, conflict.obstacles)
    if conflict.writings:
        said.append(_("Some of what was written under it has been merged or moved since."))
    later = last_about(action.poll, conflict.concerns, conflict.aspects, after=action.id)
    rest = [Choice(_("Only what nobody has changed since"), [("rest", "1")])]
    return Question(action.poll, said, later, rest if conflict.has_rest else [])
