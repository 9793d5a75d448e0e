"""The publisher: on a tick it reads new facts, loads what is dirty once, renders each partial
once per audience, and sends each audience one message.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import Flask, g
from flask_socketio import SocketIO

from app import outbox, signals
from app.addresses import public_root
from app.faults import FAULTS, told
from app.realtime import drawing
from app.realtime.audiences import Audience
from app.realtime.doors import Doors
from app.realtime.partials import Change, Closing, Redraw, Stream, changes_of
from app.realtime.sources import Progress, Source, Told
from app.realtime.wakes import Wakes

TICK = 0.25  # seconds between two messages to the same audience, at least
LOOK = 2.0  # seconds after which the outbox is read even if nobody woke us
PULSE = 10.0  # seconds between two heartbeats
AT_ONCE = 50  # audiences that are told of it before others get on
ACCESS = "access"  # the channel that tells every process who may no longer hear a space

log = logging.getLogger(__name__)


class Publisher:
    """Knows who listens in this process, and keeps their pages true."""

    def __init__(self, app: Flask, socketio: SocketIO) -> None:
        self.app = app
        self.socketio = socketio
        self.sources: dict[str, Source] = {}
        self._source_of: dict[str, str] = {}  # of the channels that pages know
        self.ticked_at = float("-inf")  # when a tick last went well
        self.closed = 0  # how often connections here were closed, or taken out of a channel
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
        self._wakes = wakes = Wakes(url)
        sleep = self.socketio.sleep
        self.socketio.start_background_task(wakes.listen, self.wake, self._pass_on, sleep)

    def whisper(self, channel: str, name: str, message: dict[str, Any]) -> None:
        """Tell all who hear a channel, here and elsewhere, what is worth nothing in a moment."""
        self._pass_on(channel, name, message)
        if self._wakes is not None:
            self.socketio.start_background_task(self._wakes.whisper, channel, name, message)

    def _pass_on(self, channel: str, name: str, message: dict[str, Any]) -> None:
        source = self.sources.get(self._source_of.get(channel, ""))
        for audience in list(source.audiences) if source else ():
            if audience.channel == channel:
                self._emit(name, message, audience, kind="whisper")

    def join(self, audience: Audience) -> Progress:
        """Count somebody in; called after their connection has entered the audience's room.

        A new audience starts where its source does: what comes later will be sent to it, too.
        """
        self._watch(ACCESS)
        source = self._watch(audience.source)
        self._source_of[audience.channel] = audience.source
        self._succeed(source, audience)
        return source.audiences.setdefault(audience, Progress(position=source.position))

    @staticmethod
    def _succeed(source: Source, audience: Audience) -> None:
        """A room is heard as one audience: after its thread has moved, as that of the new space."""
        for old in [a for a in source.audiences if a.key == audience.key and a != audience]:
            revision = source.audiences.pop(old).revision
            source.audiences[audience] = Progress(revision, source.position)

    def _watch(self, name: str) -> Source:
        if name not in self.sources:
            at = outbox.position(name)
            self.sources.setdefault(name, Source(at))
        return self.sources[name]

    def run(self) -> None:
        """Publish for ever; what goes wrong on one tick is logged and does not stop the next."""
        pulse_at = time.monotonic() + PULSE
        while True:
            self._woken.wait(LOOK)
            self._woken.clear()
            try:
                self._timed_tick()
                if time.monotonic() >= pulse_at:
                    pulse_at = time.monotonic() + PULSE
                    self.pulse()
            except FAULTS as fault:
                told(fault)
            except Exception:
                log.exception("a tick failed")
            self.socketio.sleep(TICK)

    def _timed_tick(self) -> None:
        began_at = time.monotonic()
        self.tick()
        self.ticked_at = time.monotonic()
        signals.ticked.send(None, seconds=self.ticked_at - began_at)

    def tick(self) -> None:
        """Publish all new facts on the channels that somebody here listens to."""
        if not self.sources:
            return
        with self.app.test_request_context("/", base_url=self._root()):
            g.broadcast = True
            for batch in self._batches():
                self._catch_up(batch)

    def _batches(self) -> list[dict[str, int]]:
        """The sources that have new facts, and up to where: what is one person's, all at once."""
        known = {name: source.position for name, source in self.sources.items()}
        behind = {
            name: at
            for name, at in outbox.positions(known).items()
            if name in self.sources and at > self.sources[name].position
        }
        people = {name: at for name, at in behind.items() if self.sources[name].is_personal}
        others = [{name: at} for name, at in behind.items() if name not in people]
        return [*others, people] if people else others

    def _catch_up(self, batch: dict[str, int]) -> None:
        sources = {name: self.sources[name] for name in batch if name in self.sources}
        wanted = {name: (source.position, batch[name]) for name, source in sources.items()}
        for name, source in sources.items():
            source.position = batch[name]
        try:
            entries = outbox.entries_between(wanted)
            for name, (after, at) in wanted.items():
                if len(entries[name]) != at - after:  # we stood still longer than they are kept
                    self._resync(sources.pop(name))
            self._publish([(source, entries[name]) for name, source in sources.items()])
        except Exception:
            for source in sources.values():
                self._resync(source)
            raise

    def pulse(self) -> None:
        """Tell every audience the time and how far it has come, so that gaps are noticed."""
        self._forget_empty()
        for number, (audience, progress) in enumerate(self._everybody(), 1):
            state = {"revision": progress.revision, "position": progress.position}
            message = {"now": int(time.time() * 1000), "channels": {audience.channel: state}}
            self._emit("pulse", message, audience)
            if number % AT_ONCE == 0:
                self.socketio.sleep(0)

    def _publish(self, read: list[tuple[Source, Sequence[outbox.Entry]]]) -> None:
        began = [(len(entries), entries[0].created_at) for _source, entries in read]
        told = [Told(source, changes_of(outbox.facts_of(entries))) for source, entries in read]
        for each in told:
            self._close(each)
        told += self._letters(told)
        contexts = drawing.load((each.changes, each.views) for each in told)
        for each in told:
            self._tell(each, contexts)
        for count, oldest in began:
            signals.facts_published.send(None, count=count, oldest=oldest)

    def _close(self, told: Told) -> None:
        closings = [change for change in told.changes if isinstance(change, Closing)]
        if closings:
            self.closed += 1
            everywhere = [audience for audience, _ in self._everybody()]
            Doors(self.socketio, list(told.source.audiences), everywhere).close_for(closings)

    def _letters(self, told: Iterable[Told]) -> list[Told]:
        """What is only for those who hear another source, if they do so here."""
        letters: dict[str, list[Change]] = {}
        for change in (change for each in told for change in each.changes):
            if isinstance(change, Redraw | Stream) and change.to in self.sources:
                letters.setdefault(change.to, []).append(replace(change, to=""))
        return [Told(self.sources[name], changes) for name, changes in letters.items()]

    def _tell(self, told: Told, contexts: drawing.Contexts) -> None:
        source = told.source
        for audience, progress in told.audiences:
            if source.audiences.get(audience) is not progress:
                continue
            if not self._rooms().get(audience.key):
                del source.audiences[audience]  # who comes back begins where the source stands
                continue
            html = drawing.draw(told.changes, contexts, audience, source.position)
            if html:
                self._send(audience, progress, source.position, html)
            self.socketio.sleep(0)  # a full hall takes long to draw: others go on meanwhile

    def _send(self, audience: Audience, progress: Progress, position: int, html: str) -> None:
        progress.revision += 1
        progress.position = position
        message = {
            "channel": audience.channel,
            "revision": progress.revision,
            "position": position,
            "html": html,
        }
        self._emit("change", message, audience, size=len(html.encode()))

    def _emit(
        self, name: str, message: dict[str, Any], audience: Audience, kind: str = "", size: int = 0
    ) -> None:
        self.socketio.emit(name, message, to=audience.key)
        recipients = len(self._rooms().get(audience.key) or ())
        signals.message_sent.send(
            audience.view, kind=kind or name, recipients=recipients, size=size
        )

    def _resync(self, source: Source) -> None:
        for audience, progress in source.audiences.items():
            progress.position = source.position
            self._emit("resync", {"channel": audience.channel}, audience)

    def _forget_empty(self) -> None:
        rooms = self._rooms()
        for name, source in list(self.sources.items()):
            for audience in [a for a in source.audiences if not rooms.get(a.key)]:
                del source.audiences[audience]
            if not source.audiences and name != ACCESS:
                del self.sources[name]
        for channel in [c for c, name in self._source_of.items() if name not in self.sources]:
            del self._source_of[channel]

    def _rooms(self) -> Any:
        return self.socketio.server.manager.rooms.get("/", {})

    def _everybody(self) -> list[tuple[Audience, Progress]]:
        return [pair for source in self.sources.values() for pair in source.audiences.items()]

    def _root(self) -> str:
        with self.app.app_context():
            return public_root()
