"""Commands for grouping without a database: `concerns group` and `concerns table`."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from flask.cli import AppGroup

from app.livepolls import benchmark
from app.livepolls.grouping import Anchor, Concern, Grouping, GroupingError, group

T = TypeVar("T")

POLLS = Path(__file__).parents[1] / "demo" / "data" / "polls"

concerns = AppGroup("concerns", help="Group the concerns of a poll into aspects.")


class InputError(click.ClickException):
    """Bad input: one line on standard error, exit status 2."""

    exit_code = 2


@concerns.command("group")
def group_command() -> None:
    """Group the concerns of one poll: a JSON object on standard input, one on standard output."""
    try:
        arguments = _arguments(_read_object())
        started = time.perf_counter()
        grouping = group(**arguments)
    except GroupingError as error:
        raise InputError(str(error)) from error
    click.echo(json.dumps(_as_json(grouping, time.perf_counter() - started)))


@concerns.command("table")
def table_command() -> None:
    """Score the grouping of the example polls, fitted and leaving one poll out."""
    for line in benchmark.table(benchmark.load_polls(POLLS)):
        click.echo(line)


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
