"""Reads what pages send: updates of a shared text, as Yjs encodes them (version 1 of its format).

Pure, and strict: only what our own editor makes is let through (text, what was deleted, and where
both belong), so that nothing else ever comes to a document, or to the library that keeps it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

ROOT = "notes"  # the name of the one text in a document
LONGEST_UPDATE = 44 * 1024  # bytes, which are less than a packet in base64
MOST_PIECES = 2000  # in one update
MOST_WRITERS = 32  # whose pieces one update brings: one page's, and what it found kept by others
MOST_CLIENTS = MOST_PIECES  # to whose pieces it refers: each time that a page is loaded is a client
MOST_CLIENT = 2**53  # what JavaScript can count
MOST_CLOCK = 2**31 - 1

GC, DELETED, STRING = 0, 1, 4  # the contents that a text without formats has
HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_KEY, CONTENT = 0x80, 0x40, 0x20, 0x1F
OF_ROOT = 1


class Unreadable(ValueError):
    """This is no update of a shared text."""


@dataclass
class Update:
    """What an update brings, as far as one has to know before it is kept."""

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # client: clocks from, to
    needs: dict[int, int] = field(default_factory=dict)  # client: the clock that must be known
    inserted: int = 0  # characters, in units of UTF-16
    pieces: int = 0

    def refer(self, client: int, clock: int) -> None:
        """Something in it stands on everything of this client before this clock."""
        self.needs[client] = max(clock, self.needs.get(client, 0))
        if len(self.needs) > MOST_CLIENTS:
            raise Unreadable("too many clients")

    @property
    def clients(self) -> set[int]:
        """All whose pieces it names."""
        return self.spans.keys() | self.needs.keys()

    def fits(self, known: Mapping[int, int]) -> bool:
        """Whether nothing is missing between what is known of each client and this."""
        if any(begin > known.get(client, 0) for client, (begin, _end) in self.spans.items()):
            return False
        ends = {client: end for client, (_begin, end) in self.spans.items()}
        return all(
            clock <= max(known.get(client, 0), ends.get(client, 0))
            for client, clock in self.needs.items()
        )


def read(data: bytes) -> Update:
    """What an update brings; raises `Unreadable` for anything else."""
    if len(data) > LONGEST_UPDATE:
        raise Unreadable("too long")
    reader, update = _Reader(data), Update()
    for _client in range(reader.number(MOST_WRITERS)):
        update.pieces += _read_client(reader, update, MOST_PIECES - update.pieces)
    _read_deletions(reader, update)
    if not reader.is_done:
        raise Unreadable("something follows")
    return update


def contents(document: bytes) -> dict[int, tuple[int, list[str]]]:
    """For each client in a whole document how far it goes, and the texts of its pieces.

    What was deleted has no letters. Raises `Unreadable` where something is in it that we let
    nobody write.
    """
    reader = _Reader(document)
    found: dict[int, tuple[int, list[str]]] = {}
    for _client in range(reader.number(MOST_CLOCK)):
        count = reader.number(MOST_CLOCK)
        client, begin = reader.id()
        pieces = list(_pieces(reader, count, _nobody))
        found[client] = begin + sum(length for length, _ in pieces), [text for _, text in pieces]
    return found


def _read_client(reader: "_Reader", update: Update, most: int) -> int:
    count = reader.number(most)
    client, begin = reader.id()
    if client in update.spans or not count:
        raise Unreadable("a client twice, or with nothing")
    end = begin

    def refer(to: int, clock: int) -> None:
        """Every browser fails at a piece that stands on itself, or on one behind it."""
        if to == client and clock > end:
            raise Unreadable("stands on what comes later")
        update.refer(to, clock)

    for length, text in _pieces(reader, count, refer):
        end += length
        update.inserted += length if text else 0
    if end > MOST_CLOCK:
        raise Unreadable("too far")
    update.spans[client] = begin, end
    return count


def _pieces(
    reader: "_Reader", count: int, refer: Callable[[int, int], None]
) -> Iterator[tuple[int, str]]:
    """Of each piece its length, and its text if it has one."""
    for _piece in range(count):
        info = reader.byte()
        if info & CONTENT == GC:
            yield reader.length(), ""
            continue
        _read_place(reader, info, refer)
        yield _content(reader, info & CONTENT)


def _read_place(reader: "_Reader", info: int, refer: Callable[[int, int], None]) -> None:
    """Where a piece belongs: between others, or it is the first in the text."""
    for flag in (HAS_ORIGIN, HAS_RIGHT_ORIGIN):
        if info & flag:
            client, clock = reader.id()
            refer(client, clock + 1)
    if not info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN):
        is_text = reader.number(OF_ROOT) == OF_ROOT and reader.text() == ROOT
        if not is_text or info & HAS_KEY:
            raise Unreadable("not in the text")


def _content(reader: "_Reader", kind: int) -> tuple[int, str]:
    if kind == DELETED:
        return reader.length(), ""
    if kind != STRING:
        raise Unreadable("not a text")
    text = reader.text()
    if not text:
        raise Unreadable("nothing in it")
    return len(text) + sum(character > "\uffff" for character in text), text


def _read_deletions(reader: "_Reader", update: Update) -> None:
    ranges = 0
    for _client in range(reader.number(MOST_CLIENTS)):
        client = reader.number(MOST_CLIENT)
        for _range in range(reader.number(MOST_PIECES - ranges)):
            clock = reader.number(MOST_CLOCK)
            update.refer(client, clock + reader.length())
            ranges += 1


def _nobody(_client: int, _clock: int) -> None:
    """What is kept already has been looked at."""


class _Reader:
    """Numbers and texts, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._data)

    def byte(self) -> int:
        if self._at >= len(self._data):
            raise Unreadable("ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def number(self, most: int) -> int:
        """A number of seven bits a byte, the lowest first."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if value > most or shift > 56:
                raise Unreadable("too large")
            if byte < 0x80:
                return value
            shift += 7

    def length(self) -> int:
        length = self.number(MOST_CLOCK)
        if not length:
            raise Unreadable("of no length")
        return length

    def id(self) -> tuple[int, int]:
        return self.number(MOST_CLIENT), self.number(MOST_CLOCK)

    def text(self) -> str:
        length = self.number(len(self._data))
        part = self._data[self._at : self._at + length]
        self._at += length
        if len(part) < length:
            raise Unreadable("ends too early")
        try:
            return part.decode()
        except UnicodeDecodeError as error:
            raise Unreadable("no text") from error
