"""What somebody looks for, read from what they typed; every text means something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.search.terms import STEM, TITLE, AllOf, AnyOf, Expression, InOrder, Term, Without
from app.search.words import composed, is_idle, stems, words_in

LONGEST = 200  # characters of what is typed; the rest is not read
MOST_WORDS = 12
PART = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')


@dataclass(frozen=True)
class Wanted:
    """The words to find in any form, the strings to find as they stand, and what not to find."""

    words: tuple[str, ...] = ()
    strings: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that must be found: without *and* and *the*, unless there are no others."""
        return tuple(word for word in self.words if not is_idle(word)) or self.words

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be found by its words."""
        return not (self.words or self.strings)

    def with_words(self, others: Mapping[str, str]) -> "Wanted":
        """The same with other words in place of some."""
        words = tuple(others.get(word, word) for word in self.words)
        return Wanted(words, self.strings, self.unwanted)


def read(typed: str) -> Wanted:
    """What was typed: words, `"strings of words"`, and with a minus what is not wanted."""
    words: list[str] = []
    strings: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for match in PART.finditer(composed(typed[:LONGEST])):
        found = tuple(w.folded for w in words_in(match["quoted"] or match["bare"] or ""))
        if not found or len(words) + len(strings) + len(unwanted) >= MOST_WORDS:
            continue
        if match["minus"]:
            unwanted.append(found)
        elif match["quoted"] is not None or len(found) > 1:  # e-mail, 2026/27
            strings.append(found[:MOST_WORDS])
        else:
            words.append(found[0])
    return Wanted(tuple(dict.fromkeys(words)), tuple(strings), tuple(unwanted))


def spellings(typed: str) -> dict[str, str]:
    """How each word was typed, by the word as it is looked for."""
    whole = composed(typed[:LONGEST])
    return {word.folded: whole[word.start : word.end] for word in words_in(whole)}


def ranks(
    wanted: Wanted, scope: Sequence[Expression], begins: Mapping[str, Sequence[str]]
) -> list[Expression]:
    """What is asked of the index, best first; what one finds, the later ones leave out.

    First where all words stand in the title, then where they stand as they were typed, then
    where they stand in any form, at last where words only begin like them (`begins`).
    """
    base = [*scope, *map(_as_typed, wanted.strings)]
    unwanted = [_in_any_form(words) for words in wanted.unwanted]
    forms = _forms(wanted, begins)
    if not forms:
        return [_without(AllOf(base), unwanted)]
    return [
        _without(AllOf([*base, form]), [*forms[:rank], *unwanted])
        for rank, form in enumerate(forms)
    ]


def everything(
    wanted: Wanted, scope: Sequence[Expression], begins: Mapping[str, Sequence[str]]
) -> Expression:
    """The same in one, however good it is."""
    base = [*scope, *map(_as_typed, wanted.strings), *_forms(wanted, begins)[-1:]]
    return _without(AllOf(base), [_in_any_form(words) for words in wanted.unwanted])


def _without(found: Expression, others: Sequence[Expression]) -> Expression:
    return Without(found, others) if others else found


def _forms(wanted: Wanted, begins: Mapping[str, Sequence[str]]) -> list[Expression]:
    words = wanted.telling
    if not words:
        return []
    in_title = AllOf([AnyOf([Term(TITLE + s) for s in sorted(stems(w))]) for w in words])
    as_typed = [InOrder(wanted.words)] if len(wanted.words) > 1 else []
    in_any_form = AllOf([_in_any_form([word]) for word in words])
    begun = [AllOf([_begun(w, begins.get(w, ())) for w in words])] if any(begins.values()) else []
    return [in_title, *as_typed, in_any_form, *begun]


def _as_typed(words: Sequence[str]) -> Expression:
    return Term(words[0]) if len(words) == 1 else InOrder(words)


def _in_any_form(words: Sequence[str]) -> Expression:
    if len(words) > 1 or is_idle(words[0]):
        return _as_typed(words)
    return AnyOf([Term(STEM + stem) for stem in sorted(stems(words[0]))])


def _begun(word: str, others: Sequence[str]) -> Expression:
    return AnyOf([_in_any_form([word]), *(Term(other) for other in others)])
