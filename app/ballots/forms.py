"""What the pages send about ballots."""

from werkzeug.datastructures import MultiDict

from app.addresses import is_number
from app.ballots.papers import Paper
from app.errors import Invalid
from app.events.steps import StepKind

Sent = MultiDict[str, str]


def paper_in(form: Sent) -> Paper:
    """What somebody has filled in: options chosen, dots on options, or a number."""
    chosen = {_number(id): 1 for id in form.getlist("option")}
    spread = {
        _number(name.removeprefix("dots-")): _number(dots or "0")
        for name, dots in form.items()
        if name.startswith("dots-")
    }
    return Paper(
        chosen | {id: dots for id, dots in spread.items() if dots},
        _number(form["value"]) if form.get("value") else None,
        form.get("reason", ""),
    )


def round_in(form: Sent) -> int | None:
    """The round that the page showed."""
    return _number(form["round"]) if form.get("round") else None


def settings_in(form: Sent, kind: StepKind) -> dict[str, str]:
    """The settings of this kind of step, as the agenda's form and the cockpit's send them."""
    return {name: form.get(f"setting-{kind.name}-{name}", "") for name in kind.fields}


def _number(text: str) -> int:
    if not is_number(text):
        raise Invalid
    return int(text)
