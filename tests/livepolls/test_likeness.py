"""The hints that a page works out while somebody types: mostly right, and silent when in doubt."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from app.livepolls.benchmark import load_polls
from bench.grouping import POLLS
from tests.realtime.stages import NODE

MOST = 3  # that are shown
PARENTS = "Wie erreichen wir belastete Eltern frühzeitig und passend?"
OTHERS = [
    PARENTS,
    "Politische Verankerung der Netzwerke in der Jugendhilfeplanung",
    "Wer bezahlt die Dolmetscherinnen?",
    "KI im Unterricht, wer hilft uns dabei?",
]


@pytest.fixture
def database():
    return "sqlite"


def alike(*asked):
    """For each draft, texts and question the places of those that are like the draft."""
    wanted = [dict(zip(("draft", "texts", "question"), each, strict=True)) for each in asked]
    done = subprocess.run(
        [NODE, str(Path(__file__).parent / "likeness.mjs")],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("Belastete Eltern früher erreichen", [0]),
        ("belastete eltern frühzeitig errei", [0]),
        ("BELASTETE ELTERN ERREICHEN!", [0]),
        ("Die Eltern", []),  # says too little yet
        ("Wie erreichen wir die Politik?", []),  # one word is not enough
        ("Verankerung im Netzwerk, Jugendhilfeplanungen", [1]),
        ("Dolmetscherinnen bezahlen", [2]),
        ("Und wir und sie und ihr und was nun?", []),
        ("👍👍👍👍👍👍👍👍👍👍👍👍👍", []),
        ("", []),
    ],
)
def test_what_is_worded_alike_is_found_and_nothing_else(draft, found):
    assert alike([draft, OTHERS, ""]) == [found]


def test_what_was_asked_makes_nothing_alike():
    question = "Zu welchen Anliegen der Netzwerkarbeit möchten Sie Beratung?"
    texts = ["Beratung für unsere Netzwerkarbeit", "Räume", "Zeit", "Geld"]
    draft = "Netzwerkarbeit: Beratung über Hebammen"
    assert alike([draft, texts, question], [draft, texts, ""]) == [[], [0]]


def test_the_likest_comes_first():
    texts = [
        "Eltern mit wenig Geld erreichen, auch auf dem Land",
        "Räume für Treffen fehlen",
        "Eltern auf dem Land erreichen",
        "Datenschutz",
    ]
    assert alike(["Eltern auf dem Land besser erreichen", texts, ""]) == [[2, 0]]


@pytest.mark.parametrize(("typed", "least"), [(1.0, 0.85), (0.6, 0.85)])
def test_hints_are_mostly_right(typed, least):
    """In halls of different sizes, nine of ten say what belongs to the same aspect."""
    asked, right = [], []
    lots = random.Random(1)
    for poll in load_polls(POLLS):
        for size in (12, 25, 60):
            hall = lots.sample(range(len(poll.texts)), min(size, len(poll.texts)))
            for each in hall:
                words = poll.texts[each].split()
                others = [other for other in hall if other != each]
                draft = " ".join(words[: max(1, round(typed * len(words)))])
                asked.append([draft, [poll.texts[other] for other in others], poll.question])
                right.append([poll.aspects[other] == poll.aspects[each] for other in others])
    shown = [
        is_right[place]
        for places, is_right in zip(alike(*asked), right, strict=True)
        for place in places[:MOST]
    ]
    assert len(shown) > 0.05 * len(asked), "so many hints that it is worth looking"
    assert sum(shown) / len(shown) >= least
