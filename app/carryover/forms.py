"""What is carried over, and where to: chosen on a page, or by one click as it usually is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import force_locale
from flask_babel import gettext as _

from app.addresses import is_number
from app.carryover.models import SourceKind
from app.carryover.queries import Place
from app.carryover.sources import Source
from app.errors import Invalid
from app.events.models import Event
from app.submissions import one_line, tidied


@dataclass(frozen=True)
class Choice:
    """What somebody has chosen."""

    place: Place | None
    title: str  # of a new forum
    picked: frozenset[tuple[str, int]] | None  # None: what is usual
    words: str  # the first post of each new thread; none if empty

    def of(self, sources: Sequence[Source]) -> list[Source]:
        """The aspects and rooms that were chosen: all aspects unless told."""
        if self.picked is None:
            aspects = [source for source in sources if source.kind == SourceKind.ASPECT]
            return aspects or list(sources)
        return [source for source in sources if (source.kind.value, source.id) in self.picked]


def first_words(event: Event) -> str:
    """What a new thread begins with unless somebody writes something better."""
    with force_locale(event.language):
        return _(
            "This comes from “%(event)s”. What was said there stands above. How do we go on?",
            event=event.title,
        )


def sent_choice(event: Event, places: Sequence[Place], usual: Place | None) -> Choice:
    """What came with this request; one click sends nothing, and means what is usual."""
    form = request.form
    if "into" not in form:
        return Choice(usual, event.title, None, first_words(event))
    place = next((place for place in places if place.value == form["into"]), None)
    if place is None:
        raise Invalid(_("Please choose where it goes on."))
    picked = frozenset(
        (kind.value, int(id))
        for kind in SourceKind
        for id in form.getlist(kind.value)
        if is_number(id)
    )
    title = one_line(form.get("title", ""))[:120] or event.title
    return Choice(place, title, picked, tidied(form.get("words", "")))
