"""What a client may send: the packets that pages send, and nothing that breaks a handler."""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

RESERVED = ("connect", "disconnect")  # the library's own handlers have these names
UNREADABLE = "post request handler error"  # what Engine.IO logs of a body that is none


def is_proper(message: Any) -> bool:
    """Whether this is a whole packet without bytes in it, of a kind that a client sends."""
    if not isinstance(message, str) or not message:
        return False
    try:
        packet = Packet(encoded_packet=message)
    except (ValueError, RecursionError):
        return False
    if "\\u" in message and not _is_text(packet.data):
        return False
    if packet.packet_type == EVENT:
        return _is_event(packet.data)
    if packet.packet_type == ACK:
        return isinstance(packet.data, list) and packet.id is not None
    return packet.packet_type in (CONNECT, DISCONNECT)


def _is_event(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and _is_name(data[0])


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and name not in RESERVED


def _is_text(data: Any) -> bool:
    """Neither half a character nor a NUL can be stored or sent."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text


def requests_checked(server: Any) -> Callable[..., Any]:
    """Engine.IO's WSGI application, without two kinds of requests over which it fails."""
    handle = server.handle_request

    def checked(environ: dict[str, Any], start_response: Any) -> Any:
        if "upgrade" not in environ.get("HTTP_CONNECTION", "").lower():
            environ.pop("HTTP_UPGRADE", None)  # asked for by half
        _forget_closed(server, environ.get("QUERY_STRING", ""))
        return handle(environ, start_response)

    return checked


def _forget_closed(server: Any, query: str) -> None:
    """A session that has just been closed is one that does not exist."""
    sid = parse_qs(query).get("sid", [""])[0]
    socket = server.sockets.get(sid)
    if socket is not None and socket.closed:
        server.sockets.pop(sid, None)


def disconnecting_at_once(server: Any) -> Callable[..., None]:
    """Engine.IO's way to close a session, which would wait for ever for one that polls no more."""

    def disconnect(sid: str | None = None) -> None:
        for each in [sid] if sid is not None else list(server.sockets):
            if (socket := server.sockets.pop(each, None)) is not None:
                socket.close(wait=False, reason=server.reason.SERVER_DISCONNECT)

    return disconnect


def without_traceback(record: logging.LogRecord) -> bool:
    """A filter for Engine.IO's log: what a client sends amiss is no error of ours."""
    if record.msg == UNREADABLE:
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True
