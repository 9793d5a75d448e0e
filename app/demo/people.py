"""The people of the sample: made up, of made-up municipalities."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who takes part; without a municipality they may still come from a state."""

    name: str
    municipality: str
    state: str
    function: str
    event_role: str
    language: str
    cluster: str = ""


@dataclass(frozen=True)
class SamplePoll:
    """A question, and what people have answered to it."""

    question: str
    language: str
    labelled: Sequence[tuple[str, str]]  # texts, and what each is about

    @property
    def concerns(self) -> Sequence[str]:
        """The texts alone."""
        return [text for text, _aspect in self.labelled]


def rows(name: str) -> list[dict[str, str]]:
    """A table of the sample."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str) -> Any:
    """A story of the sample."""
    return json.loads((DATA / name).read_text("utf-8"))


@cache
def everybody() -> tuple[SamplePerson, ...]:
    """All people of the sample."""
    return tuple(
        SamplePerson(
            name=row["name"],
            municipality=row["municipality"],
            state=row["state"],
            function=row["function"],
            event_role=row["event_role"],
            language=row["language"],
            cluster=row["cluster"],
        )
        for row in rows("people.csv")
    )


def in_role(role: str) -> list[SamplePerson]:
    """Those who are in events as this."""
    return [person for person in everybody() if person.event_role == role]


@cache
def polls() -> tuple[SamplePoll, ...]:
    """All polls of the sample."""
    files = (json.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("polls/*.json")))
    return tuple(_poll(file) for file in files)


def _poll(file: dict[str, Any]) -> SamplePoll:
    labelled = tuple((concern["text"], concern["aspect"]) for concern in file["concerns"])
    return SamplePoll(file["question"], file["lang"], labelled)
