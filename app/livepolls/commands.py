"""Commands for grouping without a database: `concerns group`, `concerns table`, `concerns fit`."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
import numpy as np
from flask.cli import AppGroup

from app.livepolls import benchmark
from app.livepolls.grouping import (
    MEANING,
    WORDS,
    Anchor,
    Concern,
    Grouping,
    GroupingError,
    bundled_meaning,
    group,
    learnt,
    metric,
)
from app.livepolls.operators_model import with_meaning

T = TypeVar("T")

POLLS = Path(__file__).parents[1] / "demo" / "data" / "polls"

concerns = AppGroup("concerns", help="Group the concerns of a poll into aspects.")


class InputError(click.ClickException):
    """Bad input: one line on standard error, exit status 2."""

    exit_code = 2


only_words = click.option("--words", is_flag=True, help="Go by words alone, not by meaning.")


@concerns.command("group")
@only_words
def group_command(words: bool) -> None:
    """Group the concerns of one poll: a JSON object on standard input, one on standard output.

    Each group has also up to three `keywords`, and for each of its concerns the `certainties` and
    the `nearest` concern of another group; `doubles` are those that may hold two concerns.
    """
    try:
        arguments = _arguments(_read_object())
        started = time.perf_counter()
        grouping = _grouped(arguments, words)
    except GroupingError as error:
        raise InputError(str(error)) from error
    click.echo(json.dumps(_as_json(grouping, time.perf_counter() - started)))


def _grouped(arguments: dict[str, Any], words: bool) -> Grouping:
    if words:
        return group(**arguments)
    return with_meaning(lambda model: group(**arguments, meaning=model))


@concerns.command("table")
@only_words
def table_command(words: bool) -> None:
    """Score the grouping of the example polls, fitted and leaving one poll out."""
    polls = benchmark.load_polls(POLLS)
    meaning = None if words else bundled_meaning()
    for method, model in ((WORDS, None), (MEANING, meaning)):
        if method is WORDS or model is not None:
            for line in benchmark.table(polls, method, model):
                click.echo(line)


@concerns.command("fit")
def fit_command() -> None:
    """Learn from the made-up polls how vectors are weighed, and keep it with the program.

    Printed is how well each fifth of these polls is grouped by what the others teach.
    """
    bundled = bundled_meaning()
    if bundled is None:
        raise click.ClickException("no model of meaning runs on this machine")
    meaning, polls = benchmark.Once(bundled), metric.examples()
    for line in benchmark.crossed(polls, meaning):
        click.echo(line)
    np.save(learnt.FILE, metric.fit(meaning, polls).astype(np.float16))


def _read_object() -> dict[str, Any]:
    try:
        given = json.loads(sys.stdin.buffer.read())
    except (ValueError, RecursionError) as error:
        raise GroupingError(f"standard input is not JSON: {error}") from error
    return _checked(given, dict, "standard input", "an object")


def _as_json(grouping: Grouping, seconds: float) -> dict[str, Any]:
    groups = [asdict(suggested) for suggested in grouping.groups]
    return {"method": grouping.method, "seconds": round(seconds, 3), "groups": groups}


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `group`; raises GroupingError where the object isn't as documented."""
    k = given.get("k", 6)
    if type(k) is not int or k < 1:
        raise GroupingError(f"k must be a whole number from 1, not {k!r}")
    return {
        "question": _text(given.get("question"), "question"),
        "lang": _text(given.get("lang"), "lang"),
        "k": k,
        "concerns": _each(given.get("concerns"), "concerns", _concern),
        "together": _each(_or_empty(given.get("together")), "together", _texts),
        "apart": _each(_or_empty(given.get("apart")), "apart", _texts),
        "anchors": _each(_or_empty(given.get("anchors")), "anchors", _anchor),
    }


def _concern(given: Any, where: str) -> Concern:
    fields = _checked(given, dict, where, "an object")
    by = fields.get("by")
    return Concern(
        id=_text(fields.get("id"), f"{where}.id"),
        text=_text(fields.get("text"), f"{where}.text"),
        by=None if by is None else _text(by, f"{where}.by"),
        supporters=_texts(_or_empty(fields.get("supporters")), f"{where}.supporters"),
    )


def _anchor(given: Any, where: str) -> Anchor:
    fields = _checked(given, dict, where, "an object")
    title = _text(fields.get("title"), f"{where}.title")
    return Anchor(title, _texts(_or_empty(fields.get("concerns")), f"{where}.concerns"))


def _or_empty(given: Any) -> Any:
    return [] if given is None else given


def _texts(given: Any, where: str) -> tuple[str, ...]:
    return tuple(_each(given, where, _text))


def _text(given: Any, where: str) -> str:
    return _checked(given, str, where, "a string")


def _each(given: Any, where: str, read: Callable[[Any, str], T]) -> list[T]:
    items = _checked(given, list, where, "a list")
    return [read(item, f"{where}[{index}]") for index, item in enumerate(items)]


def _checked(given: Any, kind: type[T], where: str, name: str) -> T:
    if given is None:
        raise GroupingError(f"{where} is missing; it must be {name}")
    if not isinstance(given, kind):
        raise GroupingError(f"{where} must be {name}")
    return given
