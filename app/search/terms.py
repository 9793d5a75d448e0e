"""Terms: what the index holds of each thing, and the expressions that ask for it.

A thing's words stand in their order. Behind them, each with a mark that no word has, stand the
stems of its words, the stems of its title, and tags that say where it is and whose it is. Both
databases keep one list of terms for each thing, and answer the same expressions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.search.words import composed, is_idle, stems, words_in

STEM, TITLE, TAG = "§", "†", "¶"
MARKS = (STEM, TITLE, TAG)
LAST_PLACE = 16383  # PostgreSQL counts the places of words no further
MOST_PLACES = 200  # of one word; PostgreSQL keeps 255


@dataclass(frozen=True)
class Terms:
    """All that one thing is found by."""

    words: tuple[str, ...]
    marked: frozenset[str]

    def __eq__(self, other: object) -> bool:
        """Whether the same queries find it, apart from the order of words."""
        return isinstance(other, Terms) and (set(self.words), self.marked) == (
            set(other.words),
            other.marked,
        )

    def __hash__(self) -> int:
        return hash(self.marked)


def terms_of(title: str, body: str, tags: Iterable[str]) -> Terms:
    """The terms of a thing with this title, these words and these tags."""
    head = [word.folded for word in words_in(composed(title))]
    words = head + [word.folded for word in words_in(composed(body))]
    marked = {TAG + tag for tag in tags}
    marked.update(TITLE + stem for word in set(head) for stem in stems(word))
    marked.update(STEM + stem for word in set(words) if not is_idle(word) for stem in stems(word))
    return Terms(tuple(words), frozenset(marked))


class TermsColumn(TypeDecorator[Terms]):
    """Terms as each database keeps them: a text that FTS5 reads, or a tsvector."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """A tsvector on PostgreSQL."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Terms | None, dialect: Dialect) -> str | None:
        """Write them down."""
        if value is None:
            return None
        return _vector(value) if dialect.name == "postgresql" else _text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Terms | None:
        """Read them again, the words in no order."""
        if value is None:
            return None
        vector = dialect.name == "postgresql"
        found = [term.split("'")[1] if vector else term for term in value.split()]
        words = tuple(term for term in found if not term.startswith(MARKS))
        return Terms(words, frozenset(term for term in found if term.startswith(MARKS)))


def _text(terms: Terms) -> str:
    return " ".join((*terms.words, *sorted(terms.marked)))


def _vector(terms: Terms) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(terms.words[:LAST_PLACE], 1):
        places.setdefault(word, []).append(str(place))
    words = [f"'{word}':{','.join(at[:MOST_PLACES])}" for word, at in places.items()]
    late = set(terms.words[LAST_PLACE:]) - places.keys()
    return " ".join((*words, *(f"'{term}'" for term in (*late, *terms.marked))))


class Expression:
    """What is asked of the index; `fts5` and `tsquery` say it to the databases."""

    def fts5(self) -> str:
        """In the language of SQLite's FTS5."""
        raise NotImplementedError

    def tsquery(self) -> str:
        """In the language of PostgreSQL."""
        raise NotImplementedError


@dataclass(frozen=True)
class Term(Expression):
    """Things with this term."""

    term: str

    def fts5(self) -> str:
        """The term in quotes, which no term contains."""
        return f'"{self.term}"'

    def tsquery(self) -> str:
        """The term in quotes, which no term contains."""
        return f"'{self.term}'"


@dataclass(frozen=True)
class InOrder(Expression):
    """Things with these words one after another."""

    words: Sequence[str]

    def fts5(self) -> str:
        """A string of words."""
        return '"{}"'.format(" ".join(self.words))

    def tsquery(self) -> str:
        """Each word followed by the next."""
        return "({})".format(" <-> ".join(f"'{word}'" for word in self.words))


@dataclass(frozen=True)
class AnyOf(Expression):
    """Things that meet one of these."""

    parts: Sequence[Expression]

    def fts5(self) -> str:
        """Joined with OR."""
        return "({})".format(" OR ".join(part.fts5() for part in self.parts))

    def tsquery(self) -> str:
        """Joined with |."""
        return "({})".format(" | ".join(part.tsquery() for part in self.parts))


@dataclass(frozen=True)
class AllOf(Expression):
    """Things that meet all of these."""

    parts: Sequence[Expression]

    def fts5(self) -> str:
        """Joined with AND."""
        return "({})".format(" AND ".join(part.fts5() for part in self.parts))

    def tsquery(self) -> str:
        """Joined with &."""
        return "({})".format(" & ".join(part.tsquery() for part in self.parts))


@dataclass(frozen=True)
class Without(Expression):
    """Things that meet the first and none of the others."""

    wanted: Expression
    others: Sequence[Expression]

    def fts5(self) -> str:
        """With a binary NOT."""
        return f"({self.wanted.fts5()} NOT {AnyOf(self.others).fts5()})"

    def tsquery(self) -> str:
        """With a negation."""
        return f"({self.wanted.tsquery()} & !{AnyOf(self.others).tsquery()})"


def tagged(*tags: str) -> Expression:
    """Things with one of these tags."""
    return AnyOf([Term(TAG + tag) for tag in tags])
