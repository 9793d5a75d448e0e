"""Handles: how people are named in a text, and found there again.

Somebody is `@Ines Vogt`, as everybody sees the name; where two people of a space have the same
name, it is `@Ines Vogt#17`, with the number of the account, which is not shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

from app.richtext import Finder, Link

MOST_NAMED = 20  # in one text, so that nobody calls a whole programme together
LONGEST_NAME = 80  # characters
SIGN = re.compile(r"(?<![\w@./])@(?=\w)")
END_OF_NAME = re.compile(r"(?<=[\w.)])(?!\w)")
NUMBER = re.compile(r"#\d{1,9}(?!\d)")
PROFILE = re.compile(r"/members/(\d{1,9})$")


def profile_path(account_id: int) -> str:
    """The page of a person."""
    return f"/members/{account_id}"


def possible_names(text: str) -> set[str]:
    """All that could be a name after an @: the first word, the first two, and so on."""
    return {name for _sign, name, _number in _candidates(text)}


def finder(people: Mapping[str, int]) -> Finder:
    """Finds these handles in a text: the longest that fits."""

    def find(text: str) -> Iterator[Link]:
        end = 0
        for start, name, number in _candidates(text):
            account_id = people.get(name + number)
            if account_id is None or start < end:
                continue
            end = start + 1 + len(name) + len(number)
            yield Link(start, end, profile_path(account_id), f"@{name}")

    return find


def _candidates(text: str) -> Iterator[tuple[int, str, str]]:
    """Where the @ stands, a name, and the number behind it if there is one; longest name first."""
    for count, sign in enumerate(SIGN.finditer(text), 1):
        line = text[sign.end() : sign.end() + LONGEST_NAME].split("\n")[0]
        words = line.partition("#")[0]
        ends = [match.start() for match in END_OF_NAME.finditer(words)][:8]
        for end in reversed(ends):
            number = NUMBER.match(line, end)
            if number:
                yield sign.start(), line[:end], number[0]
            yield sign.start(), line[:end], ""
        if count == MOST_NAMED:
            return


def named_in(html: str) -> dict[int, str]:
    """Who is named in a text as it was rendered, and how; but not in what it quotes."""
    reader = _Reader()
    reader.feed(html)
    return reader.people


class _Reader(HTMLParser):
    """Collects the links to people whose text begins with an @."""

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[int, str] = {}
        self.quotes = 0
        self.account_id: int | None = None

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.quotes += tag == "blockquote"
        path = PROFILE.match(dict(attrs).get("href") or "") if tag == "a" else None
        self.account_id = int(path[1]) if path and not self.quotes else None

    def handle_endtag(self, tag: str) -> None:
        self.quotes -= tag == "blockquote"
        self.account_id = None

    def handle_data(self, data: str) -> None:
        if self.account_id and data.startswith("@") and len(self.people) < MOST_NAMED:
            self.people.setdefault(self.account_id, data[1 : LONGEST_NAME + 1])
