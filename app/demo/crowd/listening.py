"""A page's end of the socket: it keeps its person present, and hears that something changed.

Speaks as much of Engine.IO 4 and Socket.IO 5 as that takes.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import SplitResult

import gevent
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import RemoteProtocolError

from app.demo.crowd.http import open_socket

SILENCE = 60  # seconds after which a server that pings every 15 is gone
AGAIN = 3  # seconds until a lost connection is tried again


class Lost(OSError):
    """The server has closed the connection, or did not take it."""


class Listener:
    """One connection, made again whenever it is lost, until it is stopped."""

    def __init__(self, address: SplitResult, token: str, heard: Callable[[], None]) -> None:
        self.address = address
        self.token = token
        self.heard = heard
        self.is_connected = False
        self._channels: list[str] = []
        self._socket: Any = None
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._text = ""

    def run(self, failed: Callable[[Exception], None]) -> None:
        """Connect and listen for as long as the greenlet lives; `failed` counts what was lost."""
        while True:
            try:
                self._listen()
            except (OSError, RemoteProtocolError, ValueError) as error:
                failed(error)
            finally:
                self._close()
            gevent.sleep(AGAIN)

    def subscribe(self, channel: str) -> None:
        """Hear this channel, now and after each new connection."""
        if channel not in self._channels:
            self._channels.append(channel)
            if self.is_connected:
                self._ask(channel)

    def leave(self, channel: str) -> None:
        """Hear this channel no longer."""
        if channel in self._channels:
            self._channels.remove(channel)
            if self.is_connected:
                self._say("42" + json.dumps(["unsubscribe", {"channel": channel}]))

    def _listen(self) -> None:
        host, secure = self.address.hostname or "", self.address.scheme == "https"
        port = self.address.port or (443 if secure else 80)
        self._socket = open_socket(host, port, secure=secure, timeout=SILENCE)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        target = f"{self.address.path}/socket.io/?EIO=4&transport=websocket"
        self._send(Request(host=self.address.netloc, target=target))
        while True:
            received = self._socket.recv(65536)
            if not received:
                raise Lost("closed")
            self._protocol.receive_data(received)
            for packet in self._packets():
                self._take(packet)

    def _packets(self) -> Iterator[str]:
        for event in self._protocol.events():
            if isinstance(event, TextMessage):
                self._text += event.data
                if event.message_finished:
                    packet, self._text = self._text, ""
                    yield packet
            elif isinstance(event, Ping):
                self._send(event.response())
            elif isinstance(event, CloseConnection | RejectConnection):
                raise Lost("refused")
            elif not isinstance(event, AcceptConnection):
                continue

    def _take(self, packet: str) -> None:
        if packet == "2":  # ping
            self._say("3")
        elif packet.startswith("0"):  # the transport is open
            self._say("40" + json.dumps({"token": self.token}))
        elif packet.startswith("40"):  # we are let in
            self.is_connected = True
            for channel in self._channels:
                self._ask(channel)
        elif packet.startswith(('42["change"', '42["resync"')):
            self.heard()
        elif packet.startswith(("41", "44", "1")):
            raise Lost("disconnected")

    def _ask(self, channel: str) -> None:
        self._say("421" + json.dumps(["subscribe", {"channel": channel}]))

    def _say(self, packet: str) -> None:
        with suppress(OSError):  # the reader notices
            self._send(TextMessage(packet))

    def _send(self, event: Event) -> None:
        self._socket.sendall(self._protocol.send(event))

    def _close(self) -> None:
        self.is_connected = False
        if self._socket is not None:
            self._socket.close()
            self._socket = None
