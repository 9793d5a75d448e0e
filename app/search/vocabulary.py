"""The vocabulary: every word that is in the index, for words that are begun or mistyped."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import column, func, literal_column, select, table, text

from app.database import is_sqlite
from app.extensions import db
from app.search.models import SearchWord
from app.search.words import composed, words_in

SHORTEST, LONGEST = 3, 30  # letters of the words that are kept
SHORTEST_BEGINNING = 2
MOST_BEGUN = 120  # words that a search looks for in place of one that is begun
MOST_ALIKE = 40  # words that are compared letter by letter
WORST = 9  # more than any distance that is borne

_likeness = table("search_likeness", column("rowid"), column("rank"))


def spellings(*texts: str) -> dict[str, str]:
    """The words of texts that belong into the vocabulary, with how they were written."""
    return {
        word.folded: shown[word.start : word.end]
        for shown in map(composed, texts)
        for word in words_in(shown)
        if SHORTEST <= len(word.folded) <= LONGEST and not word.folded.isdigit()
    }


def learn(words: Mapping[str, str]) -> None:
    """Take up what is new of these words; those that are known cost next to nothing."""
    if not words:
        return
    ordered = sorted(words.items())
    if is_sqlite(db.session):
        statement = text(
            "INSERT INTO search_word (word, shown) "
            "SELECT value ->> 0, value ->> 1 FROM json_each(:words) WHERE true "
            "ON CONFLICT (word) DO NOTHING"
        )
        db.session.execute(statement, {"words": json.dumps(ordered)})
    else:
        statement = text(
            "INSERT INTO search_word (word, shown) "
            "SELECT * FROM unnest(CAST(:words AS text[]), CAST(:shown AS text[])) "
            "ON CONFLICT (word) DO NOTHING"
        )
        pairs = {"words": [word for word, _ in ordered], "shown": [shown for _, shown in ordered]}
        db.session.execute(statement, pairs)


def forget(words: Collection[str]) -> None:
    """Drop those of these words that nothing contains any more, for their author took them back.

    A word that somebody else is about to write or to drop is left alone.
    """
    if not words:
        return
    unused = text(
        """DELETE FROM search_word
        WHERE word IN (SELECT value FROM json_each(:words)) AND NOT EXISTS (
            SELECT 1 FROM search_text WHERE search_text MATCH '"' || search_word.word || '"')"""
        if is_sqlite(db.session)
        else """DELETE FROM search_word WHERE id IN (
            SELECT id FROM search_word AS w
            WHERE word IN (SELECT json_array_elements_text(CAST(:words AS json)))
            AND NOT EXISTS (SELECT 1 FROM search_entry
                WHERE terms @@ CAST(quote_literal(w.word) AS tsquery))
            FOR UPDATE OF w SKIP LOCKED)"""
    )
    db.session.execute(unused, {"words": json.dumps(sorted(words))})


def begun_by(words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those that begin with it, the shortest first."""
    most = MOST_BEGUN // max(1, len(words))
    return {word: _begun_by(word, most) for word in words if len(word) >= SHORTEST_BEGINNING}


def _begun_by(word: str, most: int) -> list[str]:
    query = (
        select(SearchWord.word)
        .where(SearchWord.word > word, SearchWord.word < word + "\U0010ffff")
        .order_by(func.length(SearchWord.word), SearchWord.word)
        .limit(most)
    )
    return list(db.session.scalars(query))


def alike(word: str) -> list[tuple[str, str]]:
    """Words that somebody may have meant who typed this one, the likeliest first, as written."""
    borne = 1 if len(word) < 5 else 2
    found = [
        (distance(word, other, borne), abs(len(word) - len(other)), other, shown)
        for other, shown in _candidates(word)
        if other != word
    ]
    return [(other, shown) for far, _, other, shown in sorted(found) if far <= borne]


def _candidates(word: str) -> Iterable[Any]:
    if len(word) < SHORTEST:
        return ()
    near = func.length(SearchWord.word).between(len(word) - 2, len(word) + 2)
    query = select(SearchWord.word, SearchWord.shown).where(near).limit(MOST_ALIKE)
    if is_sqlite(db.session):
        trigrams = " OR ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2))
        query = (
            query.join(_likeness, _likeness.c.rowid == SearchWord.id)
            .where(literal_column("search_likeness").op("MATCH")(trigrams))
            .order_by(_likeness.c.rank)
        )
    else:
        alike_ = SearchWord.word.bool_op("%")(word)
        query = query.where(alike_).order_by(func.similarity(SearchWord.word, word).desc())
    return db.session.execute(query)


def distance(one: str, other: str, borne: int) -> int:
    """How many letters were left out, added, mistaken or swapped; `WORST` if more than `borne`."""
    if abs(len(one) - len(other)) > borne:
        return WORST
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
