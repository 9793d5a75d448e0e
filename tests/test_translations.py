"""Every text has a German one, in plain words; forms complain in the page's language."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from app.events.forms import ItemForm

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%(?:%|(?:\(\w+\))?[sd])")

# Words of the trade, and English where the interface has a German word. (A cluster is a group
# of municipalities, and so allowed.)
FORBIDDEN = re.compile(
    r"\b(?:tokens?|sessions?|embeddings?|logins?|logout|users?|buttons?|polls?|events?"
    r"|screens?|breakouts?|hosts?|moderator\w*)\b",
    re.IGNORECASE,
)
# A text between its German quotation marks may be what a program wants to read.
LITERAL = re.compile(r"„(?:Content-Type|Authorization|instance|true|false)[^“]*“")
INFORMAL = re.compile(
    r"\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*|kannst|hast|bist|willst|musst|darfst)\b",
    re.IGNORECASE,
)
WRONG_QUOTES = re.compile(r"[\"”]|(?<!\w)'|'(?!\w)|\.\.\.| - (?!sind möglich)")


def _texts() -> Catalog:
    """The texts of the program, as `make translations` finds them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]
    added = re.findall(r"--keyword (\S+)", (ROOT / "Makefile").read_text("utf-8"))
    catalog = Catalog()
    for _file, _line, text, _comments, context in extract_from_dir(
        ROOT,
        [(mapping["pattern"], mapping["method"]) for mapping in settings["mappings"]],
        keywords=DEFAULT_KEYWORDS | parse_keywords(added),
        directory_filter=_is_ours,
    ):
        catalog.add(text, context=context)
    return catalog


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(ROOT).parts[0] == "app"


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _problem(wanted: Message, found: Message | None) -> str:
    if found is None or not all(_forms(found.string)):
        return "has no German text"
    if found.fuzzy:
        return "is only guessed (fuzzy)"
    for english, german in zip(_forms(wanted.id), _forms(found.string), strict=True):
        if _placeholders(english) != _placeholders(german):
            return f"has other placeholders than “{german}”"
    return ""


@pytest.fixture(scope="module")
def german() -> Catalog:
    """The German catalogue."""
    with (ROOT / "app/translations/de/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="de")


def _german_texts(catalog: Catalog) -> Iterator[str]:
    return (text for message in catalog if message.id for text in _forms(message.string))


def test_every_text_has_a_german_one(german):
    wanted = [message for message in _texts() if message.id]
    assert len(wanted) > 500  # the extraction found the program
    problems = {
        message.id: problem
        for message in wanted
        if (problem := _problem(message, german.get(message.id, message.context)))
    }
    assert not problems


@pytest.mark.parametrize("unwanted", [FORBIDDEN, INFORMAL, WRONG_QUOTES])
def test_the_german_is_plain_and_polite(german, unwanted):
    found = {
        text: match[0]
        for text in _german_texts(german)
        if (match := unwanted.search(LITERAL.sub("", PLACEHOLDER.sub("", text))))
    }
    assert not found


@pytest.mark.parametrize(
    ("unwanted", "text"),
    [
        (FORBIDDEN, "Ihr Token ist abgelaufen."),
        (INFORMAL, "Hier kannst du schreiben."),
        (INFORMAL, "Dein Beitrag"),
        (WRONG_QUOTES, "unter „Fragen”"),
        (WRONG_QUOTES, "so - oder so"),
    ],
)
def test_what_is_unwanted_is_found(unwanted, text):
    assert unwanted.search(text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("language", "title", "minutes"),
    [
        (
            "de",
            "Feld kann nicht länger als 120 Zeichen sein.",
            "Zahl muss zwischen 1 und 480 liegen.",
        ),
        (
            "en",
            "Field cannot be longer than 120 characters.",
            "Number must be between 1 and 480.",
        ),
    ],
)
def test_forms_complain_in_the_language_of_the_page(app, language, title, minutes):
    sent = {"title": "x" * 121, "minutes": "999"}
    headers = {"Accept-Language": language}
    with app.test_request_context(method="POST", data=sent, headers=headers):
        form = ItemForm()
        form.kind.choices = []
        form.validate()
    assert (form.title.errors, form.minutes.errors) == ([title], [minutes])
