"""What a tick draws: everything that is dirty is loaded once, and drawn once per audience."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import force_locale
from markupsafe import Markup

from app.realtime.audiences import Audience, View
from app.realtime.partials import Change, Context, Partial, Redraw, Stream

Contexts = Mapping[Partial, Mapping[Any, Context]]


def load(told: Iterable[tuple[Iterable[Change], set[View]]]) -> Contexts:
    """Load what is dirty, and seen in one of the views that hear of it: a call per loader."""
    partials: dict[Partial, None] = {}
    dirty: dict[Any, dict[Any, None]] = {}
    for changes, views in told:
        for change in changes:
            if isinstance(change, Redraw) and not change.to and change.partial.views & views:
                partials[change.partial] = None
                dirty.setdefault(change.partial.load, {})[change.id] = None
    loaded = {load: dict(load(list(ids))) for load, ids in dirty.items()}
    return {partial: loaded[partial.load] for partial in partials}


def draw(changes: Iterable[Change], contexts: Contexts, audience: Audience, version: int) -> str:
    """The Turbo Streams that bring an audience up to date; none if it sees nothing of all this."""
    with force_locale(audience.language):
        streams = [_stream(change, contexts, audience, version) for change in changes]
    return str(Markup().join(streams))


def _stream(change: Change, contexts: Contexts, audience: Audience, version: int) -> Markup:
    if isinstance(change, Redraw) and not change.to and audience.view in change.partial.views:
        context = _seen(contexts[change.partial].get(change.id), audience)
        return change.partial.stream(change.id, context, audience.view, version)
    if isinstance(change, Stream) and not change.to and audience.view in change.views:
        return change.markup()
    return Markup()


def _seen(context: Context | None, audience: Audience) -> Context | None:
    """What stands in another space by now has gone for those who hear this one."""
    if context is None or audience.space_id is None:
        return context
    return context if context.get("space_id", audience.space_id) == audience.space_id else None
