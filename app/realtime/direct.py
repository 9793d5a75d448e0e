"""Direct frames: what a room hears is encoded once, and the same bytes go to all its sockets.

Every packet of a client on WebSocket is written when it is sent, so these frames and ordinary
packets keep their order; clients that poll get theirs in the ordinary way.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import gevent
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from gevent.lock import BoundedSemaphore
from socketio import Manager
from socketio.packet import EVENT

from app.realtime.frames import message_frame
from app.realtime.manners import (
    disconnecting_at_once,
    is_proper,
    requests_checked,
    without_traceback,
)
from app.realtime.websocket import Transports

BREATH = 500  # sockets that are written to before others have their turn


class DirectManager(Manager):
    """Socket.IO's client manager with a short way from an emit to a room's sockets."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = BoundedSemaphore()  # one emit at a time, for a large one lets others work
        self._rooms_of: dict[tuple[str, str], list[Hashable]] = {}
        self._in_room: dict[tuple[str, Hashable], dict[str, str]] = {}

    def set_server(self, server: Any) -> None:
        """Join the server: its WebSockets are ours, and what clients send passes our gate."""
        super().set_server(server)
        self.transports = Transports(server.eio, server.environ)
        if server.eio.async_mode == "gevent":
            server.eio._async = {**server.eio._async, "websocket": self.transports}
        server.eio.on("message", self._receive)
        server.eio.handle_request = requests_checked(server.eio)
        server.eio.disconnect = disconnecting_at_once(server.eio)
        server.eio.logger.addFilter(without_traceback)

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        """Send an event to a room: one encoding, one frame, one write for each socket."""
        room = to or room
        with self._turn:
            direct = not callback and not skip_sid and not isinstance(room, (list, tuple))
            encoded = self._encoded(event, data, namespace) if direct else None
            if isinstance(encoded, str):
                self._spread(EnginePacket(MESSAGE, encoded), namespace, room)
            else:
                super().emit(event, data, namespace, room, skip_sid, callback, **kwargs)

    def _encoded(self, event: str, data: Any, namespace: str) -> Any:
        """The packet's text; a list if bytes are in it."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        packet = self.server.packet_class(EVENT, namespace=namespace, data=[event, *arguments])
        return packet.encode()

    def _spread(self, packet: Any, namespace: str, room: Hashable) -> None:
        members = self._in_room.get((namespace, room), {})
        frame = message_frame(packet.encode())
        clients = list(members.items())
        for begin in range(0, len(clients), BREATH):
            if begin:
                gevent.sleep(0)
            self._write(packet, frame, clients[begin : begin + BREATH], members)

    def _write(
        self,
        packet: Any,
        frame: bytes,
        clients: Iterable[tuple[str, str]],
        members: Mapping[str, str],
    ) -> None:
        connections = self.transports.connections
        for sid, eio_sid in clients:
            if sid not in members:
                continue  # left while others had their turn
            connection = connections.get(eio_sid)
            if connection is not None:
                connection.write(frame)
            else:
                self.server._send_eio_packet(eio_sid, packet)

    def _receive(self, eio_sid: str, message: Any) -> None:
        """Pass on what is a proper packet; close the connection of who sends anything else."""
        if eio_sid not in self.server.environ:
            return  # closed, and this came just before
        if is_proper(message):
            self.server._handle_eio_message(eio_sid, message)
        elif (socket := self.server.eio.sockets.get(eio_sid)) is not None:
            socket.close(wait=False, reason=self.server.reason.TRANSPORT_ERROR)

    def connect(self, sid: str, namespace: str) -> str:
        """Let a client in, unless it has gone while that was decided: it would stay for ever."""
        sid = super().connect(sid, namespace)
        eio_sid = self.eio_sid_from_sid(sid, namespace)
        if eio_sid not in self.server.environ:
            self.server._handle_disconnect(eio_sid, namespace)
        return sid

    # A client's rooms are remembered, where the library looks through all rooms for them: that
    # costs the square when a whole hall comes back at once. And who is in a room stands in a plain
    # dictionary besides, for the library's asks Python at each step of a large room.

    def basic_enter_room(
        self, sid: str, namespace: str, room: Hashable, eio_sid: str | None = None
    ) -> None:
        """Put a client into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid)
        members = self._in_room.setdefault((namespace, room), {})
        members[sid] = self.rooms[namespace][room][sid]
        rooms = self._rooms_of.setdefault((namespace, sid), [])
        if room not in rooms:
            rooms.append(room)

    def basic_leave_room(self, sid: str, namespace: str, room: Hashable) -> None:
        """Take a client out of a room."""
        super().basic_leave_room(sid, namespace, room)
        members = self._in_room.get((namespace, room), {})
        members.pop(sid, None)
        if not members:
            self._in_room.pop((namespace, room), None)
        rooms = self._rooms_of.get((namespace, sid), [])
        if room in rooms:
            rooms.remove(room)
        if not rooms:
            self._rooms_of.pop((namespace, sid), None)

    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        """Take a client out of everything."""
        for room in list(self._rooms_of.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]

    def get_rooms(self, sid: str, namespace: str) -> list[Hashable]:
        """The rooms that a client is in."""
        rooms = self._rooms_of.get((namespace, sid), ())
        return [room for room in rooms if room is not None]
