"""The publisher: on a tick it reads new facts, loads what is dirty once, renders each partial
once per audience, and sends each audience one message.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g
from flask_babel import force_locale
from flask_socketio import SocketIO
from markupsafe import Markup

from app import outbox
from app.addresses import public_root
from app.realtime.audiences import Audience
from app.realtime.partials import (
    Change,
    Context,
    Disconnect,
    Dismiss,
    Leave,
    Partial,
    Redraw,
    Stream,
    changes_of,
)
from app.realtime.wakes import Wakes

TICK = 0.25  # seconds between two messages to the same audience, at least
LOOK = 2.0  # seconds after which the outbox is read even if nobody woke us
PULSE = 10.0  # seconds between two heartbeats

log = logging.getLogger(__name__)


@dataclass
class Progress:
    """How far an audience has come in this process."""

    revision: int = 0  # messages sent
    position: int = 0  # the source's position that the last message brought


@dataclass
class Source:
    """A channel of facts that somebody here listens to."""

    position: int
    audiences: dict[Audience, Progress] = field(default_factory=dict)


class Publisher:
    """Knows who listens in this process, and keeps their pages true."""

    def __init__(self, app: Flask, socketio: SocketIO) -> None:
        self.app = app
        self.socketio = socketio
        self.sources: dict[str, Source] = {}
        self._woken = threading.Event()
        self._wakes: Wakes | None = None

    def wake(self) -> None:
        """There may be new facts."""
        self._woken.set()

    def announce_commit(self) -> None:
        """Wake this process and the others: facts have been committed here."""
        self.wake()
        if self._wakes is not None:
            self.socketio.start_background_task(self._wakes.send)

    def connect_processes(self, url: str) -> None:
        """Wake, and be woken by, the other processes that share this Redis."""
        self._wakes = Wakes(url)
        self.socketio.start_background_task(self._wakes.listen, self.wake, self.socketio.sleep)

    def join(self, audience: Audience) -> Progress:
        """Count somebody in; called after their connection has entered the audience's room.

        A new audience starts where its source does: what comes later will be sent to it, too.
        """
        if audience.source not in self.sources:
            at = outbox.position(audience.source)
            self.sources.setdefault(audience.source, Source(at))
        source = self.sources[audience.source]
        return source.audiences.setdefault(audience, Progress(position=source.position))

    def run(self) -> None:
        """Publish for ever; what goes wrong on one tick is logged and does not stop the next."""
        pulse_at = time.monotonic() + PULSE
        while True:
            self._woken.wait(LOOK)
            self._woken.clear()
            try:
                self.tick()
                if time.monotonic() >= pulse_at:
                    pulse_at = time.monotonic() + PULSE
                    self.pulse()
            except Exception:
                log.exception("a tick failed")
            self.socketio.sleep(TICK)

    def tick(self) -> None:
        """Publish all new facts on the channels that somebody here listens to."""
        self._forget_empty()
        if not self.sources:
            return
        with self.app.test_request_context("/", base_url=self._root()):
            g.broadcast = True
            for name, at in outbox.positions(list(self.sources)).items():
                source = self.sources.get(name)
                if source and at > source.position:
                    after, source.position = source.position, at
                    try:
                        entries = outbox.entries_after(name, after, at)
                        if len(entries) == at - after:
                            self._publish(source, entries)
                        else:  # this process stood still for longer than they are kept
                            self._resync(source)
                    except Exception:
                        self._resync(source)
                        raise

    def pulse(self) -> None:
        """Tell every audience the time and how far it has come, so that gaps are noticed."""
        for audience, progress in self._everybody():
            state = {"revision": progress.revision, "position": progress.position}
            message = {"now": int(time.time() * 1000), "channels": {audience.channel: state}}
            self.socketio.emit("pulse", message, to=audience.key)

    def _publish(self, source: Source, entries: Sequence[outbox.OutboxEntry]) -> None:
        audiences = list(source.audiences.items())  # whoever joins from now on has it already
        changes = changes_of(entry.fact for entry in entries)
        self._shut_out(source, changes)
        contexts = _load(changes, {audience.view for audience, _ in audiences})
        for audience, progress in audiences:
            html = self._render(changes, contexts, audience, source.position)
            if html:
                self._send(audience, progress, source.position, html)
            self.socketio.sleep(0)  # a full hall takes long to draw: others go on meanwhile

    def _render(
        self,
        changes: Iterable[Change],
        contexts: dict[Partial, dict[Any, Context]],
        audience: Audience,
        version: int,
    ) -> str:
        with force_locale(audience.language):
            streams = []
            for change in changes:
                if isinstance(change, Redraw) and audience.view in change.partial.views:
                    context = contexts[change.partial].get(change.id)
                    streams.append(
                        change.partial.stream(change.id, context, audience.view, version)
                    )
                elif isinstance(change, Stream) and audience.view in change.views:
                    streams.append(change.markup())
        return str(Markup().join(streams))

    def _send(self, audience: Audience, progress: Progress, position: int, html: str) -> None:
        progress.revision += 1
        progress.position = position
        message = {
            "channel": audience.channel,
            "revision": progress.revision,
            "position": position,
            "html": html,
        }
        self.socketio.emit("change", message, to=audience.key)

    def _resync(self, source: Source) -> None:
        for audience, progress in source.audiences.items():
            progress.position = source.position
            self.socketio.emit("resync", {"channel": audience.channel}, to=audience.key)

    def _shut_out(self, source: Source, changes: Iterable[Change]) -> None:
        heard = list(source.audiences)
        for change in changes:
            if isinstance(change, Disconnect):
                self._disconnect(a for a in heard if a.participant_id == change.participant_id)
            elif isinstance(change, Dismiss):
                self._disconnect(a for a in heard if a.view == change.view)
            elif isinstance(change, Leave):
                self._leave(source, change)

    def _disconnect(self, audiences: Iterable[Audience]) -> None:
        for audience in audiences:
            for sid in self._connections(audience):
                self.socketio.server.disconnect(sid)

    def _leave(self, source: Source, change: Leave) -> None:
        server = self.socketio.server
        for audience in list(source.audiences):
            if audience.participant_id == change.participant_id:
                for sid in self._connections(audience):
                    for room in server.rooms(sid):
                        if room.partition("|")[0] == change.channel:
                            server.leave_room(sid, room)

    def _connections(self, audience: Audience) -> list[str]:
        manager = self.socketio.server.manager
        return [sid for sid, _ in manager.get_participants("/", audience.key)]

    def _forget_empty(self) -> None:
        rooms = self.socketio.server.manager.rooms.get("/", {})
        for name, source in list(self.sources.items()):
            for audience in [a for a in source.audiences if not rooms.get(a.key)]:
                del source.audiences[audience]
            if not source.audiences:
                del self.sources[name]

    def _everybody(self) -> list[tuple[Audience, Progress]]:
        return [pair for source in self.sources.values() for pair in source.audiences.items()]

    def _root(self) -> str:
        with self.app.app_context():
            return public_root()


def _load(changes: Iterable[Change], views: set[Any]) -> dict[Partial, dict[Any, Context]]:
    """Load what is dirty and seen by anybody here: one call per partial."""
    dirty: dict[Partial, list[Any]] = {}
    for change in changes:
        if isinstance(change, Redraw) and change.partial.views & views:
            dirty.setdefault(change.partial, []).append(change.id)
    return {partial: dict(partial.load(ids)) for partial, ids in dirty.items()}
