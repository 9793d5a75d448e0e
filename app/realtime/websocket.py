"""Engine.IO's WebSocket driver: its packets are written at once, with no greenlet per client.

`engineio` calls what stands in its `_async["websocket"]` with the socket's handler, and the result
as a WSGI application. Ours takes the socket away from the web server, joins it to Engine.IO's
socket, whose queue it becomes, and returns: from then on the event loop watches it.
"""

import time
from collections.abc import Callable, Iterable, MutableMapping
from queue import Empty
from typing import Any

import gevent
from engineio import packet as packets

from app.realtime.connection import Connection
from app.realtime.frames import PROTOCOL_ERROR, message_frame
from app.realtime.handshake import Environ, answer, lighten, plain_socket, take_over
from app.realtime.watch import Watch

PING = message_frame(packets.Packet(packets.PING).encode())
PONG = packets.Packet(packets.PONG).encode()


class Transports:
    """All of one server's WebSockets by the id of their Engine.IO socket; makes new ones."""

    def __init__(self, server: Any, environs: MutableMapping[str, Environ]) -> None:
        self.connections: dict[str, Connection] = {}
        self.environs = environs  # Socket.IO's, kept as long as the client is there
        self.watch = Watch(server)

    def __call__(self, handler: Any, server: Any) -> Callable[[Environ, Any], Iterable[bytes]]:
        """What Engine.IO asks for: the WSGI application that makes a WebSocket of a request."""
        socket = handler.__self__

        def application(environ: Environ, start_response: Any) -> Iterable[bytes]:
            accepted, plain = answer(environ), plain_socket(environ)
            if accepted is None or plain is None or socket.upgrading:
                return _refuse(socket, start_response)
            is_gunicorns = "gunicorn.socket" in environ  # which is taken out of it below
            connection = Connection(take_over(plain, environ), server.max_http_buffer_size)
            self.watch.begin()
            Transport(self, connection, socket).begin(accepted)
            if is_gunicorns:
                raise StopIteration  # its way to say that nothing is left to be answered
            return ()  # a list would be sent as packets

        return application


class Transport:
    """An Engine.IO socket on a WebSocket; it stands in for the socket's queue."""

    __slots__ = ("_connection", "_inbox", "_is_joined", "_next", "_socket", "_transports")

    def __init__(self, transports: Transports, connection: Connection, socket: Any) -> None:
        self._transports = transports
        self._connection = connection
        self._socket = socket
        self._inbox: list[str | bytes] = []
        self._is_joined = False
        self._next: Callable[[packets.Packet], None] = self._receive

    def begin(self, accepted: bytes) -> None:
        """Join a new client, or let one that polls prove that its WebSocket works."""
        connection, transports = self._connection, self._transports
        connection.on_message, connection.on_end = self._received, self._ended
        connection.on_limit = transports.watch.limit
        connection.write(accepted)
        if self._socket.connected:
            self._socket.upgrading = True
            self._next = self._probe
            gevent.spawn_later(self._socket.server.ping_timeout, self._give_up)
        else:
            self._socket.connected = True
            self._join()
        connection.resume()

    # What Engine.IO does with a socket's queue.

    def put(self, packet: Any) -> None:
        """Write a packet at once; None is the end."""
        if packet is None:
            self._connection.close()
        else:
            self._connection.write(message_frame(packet.encode()))

    def get(self, *_how: Any, **_else: Any) -> Any:
        """Nothing ever waits here."""
        raise Empty

    def task_done(self) -> None:
        """Nobody counts."""

    def join(self) -> None:
        """Nobody has to wait."""

    # What comes from the client.

    def _received(self, message: str | bytes) -> None:
        """The event loop calls this, so nothing here may wait."""
        if message == PONG and self._is_joined:
            self._socket.schedule_ping()
            return
        self._inbox.append(message)
        if len(self._inbox) == 1:
            self._connection.pause()
            gevent.spawn(self._work)

    def _work(self) -> None:
        """Handle messages one after the other; nothing more is read meanwhile."""
        while self._inbox:
            packet = _decoded(self._inbox[0])
            if packet is None:
                self._connection.close(PROTOCOL_ERROR)
            else:
                self._next(packet)
            self._inbox.pop(0)
        self._connection.resume()

    def _receive(self, packet: Any) -> None:
        if packet.packet_type in (packets.MESSAGE, packets.CLOSE):
            self._socket.receive(packet)

    def _probe(self, packet: Any) -> None:
        """The WebSocket works: the poll that is held shall end, and nobody polls again."""
        if packet.packet_type != packets.PING or packet.data != "probe":
            self._connection.close(PROTOCOL_ERROR)
            return
        self._connection.write(message_frame(packets.Packet(packets.PONG, "probe").encode()))
        self._socket.queue.put(packets.Packet(packets.NOOP))
        self._next = self._upgrade

    def _upgrade(self, packet: Any) -> None:
        if packet.packet_type != packets.UPGRADE:
            self._connection.close(PROTOCOL_ERROR)
            return
        self._next = self._receive
        self._join()

    def _join(self) -> None:
        """From now on packets are written as they come, after those that are in the queue."""
        socket, transports = self._socket, self._transports
        queue, socket.queue = socket.queue, self
        socket.upgraded, socket.upgrading, self._is_joined = True, False, True
        socket.schedule_ping = self._schedule_ping
        while not queue.empty():
            self.put(queue.get_nowait())
            queue.task_done()
        transports.connections[socket.sid] = self._connection
        lighten(transports.environs.get(socket.sid, {}))

    def _schedule_ping(self) -> None:
        if self._socket.last_ping:
            self._socket.last_ping = None
            self._transports.watch.ping_later(self._ping)

    def _ping(self) -> None:
        if not self._socket.closed and not self._socket.closing:
            self._socket.last_ping = time.time()
            self._connection.write(PING)

    def _give_up(self) -> None:
        if not self._is_joined:
            self._connection.end()

    def _ended(self) -> None:
        socket = self._socket
        if not self._is_joined:
            socket.upgrading = False  # it polls on
            return
        self._transports.connections.pop(socket.sid, None)
        socket.close(wait=False, abort=True, reason=socket.server.reason.TRANSPORT_CLOSE)
        socket.server.sockets.pop(socket.sid, None)


def _decoded(message: str | bytes) -> Any:
    """The Engine.IO packet, or None for what is none."""
    try:
        return packets.Packet(encoded_packet=message)
    except (ValueError, RecursionError):
        return None


def _refuse(socket: Any, start_response: Any) -> Iterable[bytes]:
    if not socket.connected:
        socket.close(wait=False, abort=True)
    headers = [("Content-Type", "text/plain"), ("Sec-WebSocket-Version", "13")]
    start_response("400 Bad Request", headers)
    return [b"This is no WebSocket handshake.\n"]
