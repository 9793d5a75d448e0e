"""The plenum as a step of the agenda: the results are reported back."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.events.models import AgendaItem
from app.events.steps import StepKind
from app.realtime.audiences import View
from app.results.queries import results


def load(item: AgendaItem, _view: View) -> dict[str, Any]:
    """What the plenum shows in a view."""
    return {"results": results(item.event)}


plenum = StepKind(
    "plenum",
    _l("Plenum"),
    "results/_stage.html",
    "results/_cockpit.html",
    "results/_screen.html",
    load=load,
)
