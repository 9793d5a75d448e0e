"""Doors: connections that are closed, or leave a channel, because somebody may hear it no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_socketio import SocketIO

from app.realtime.audiences import Audience, View
from app.realtime.partials import Closing, Disconnect, Dismiss, Leave, Shut, ShutOut


@dataclass(frozen=True)
class Doors:
    """The connections of this process; whoever may still hear something comes back by itself."""

    socketio: SocketIO
    heard: Sequence[Audience]  # those of the source that tells it
    everywhere: Sequence[Audience]

    def close_for(self, closings: Iterable[Closing]) -> None:
        """Do what these say about connections."""
        for change in closings:
            if isinstance(change, Disconnect):
                self._disconnect(self._sids_of(change.person))
            elif isinstance(change, Dismiss):
                self._disconnect(self._sids(a for a in self.heard if a.view == change.view))
            elif isinstance(change, Leave):
                self._leave(change)
            elif isinstance(change, ShutOut):
                self._shut_out(change)
            elif isinstance(change, Shut):
                theirs = (a for a in self.everywhere if a.channel == change.channel)
                self._disconnect(self._sids(theirs))

    def _disconnect(self, sids: Iterable[str]) -> None:
        for sid in sids:
            self.socketio.server.disconnect(sid)

    def _leave(self, change: Leave) -> None:
        server = self.socketio.server
        for sid in self._sids_of(change.person):
            for room in server.rooms(sid):
                if room.partition("|")[0] == change.channel:
                    server.leave_room(sid, room)

    def _shut_out(self, change: ShutOut) -> None:
        inside = self._sids(a for a in self.everywhere if a.space_id == change.space_id)
        if change.person is None:
            self._disconnect(inside)
        else:
            theirs = set(self._sids_of(change.person))
            self._disconnect(sid for sid in inside if sid in theirs)

    def _sids_of(self, person: str) -> list[str]:
        """The connections of one person, who always hears the channel that is theirs alone."""
        return self._sids(
            a for a in self.everywhere if a.view is View.PERSON and a.channel == person
        )

    def _sids(self, audiences: Iterable[Audience]) -> list[str]:
        manager = self.socketio.server.manager
        return list(
            dict.fromkeys(
                sid
                for audience in audiences
                for sid, _ in manager.get_participants("/", audience.key)
            )
        )
