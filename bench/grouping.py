"""How well and how fast concerns are grouped, and how many gestures that spares a moderator.

Scores are those of the open polls: `left out` has the threshold that is best for the others, and
no weight was learnt from any of them. Gestures are those of a simulated moderator (`gestures`),
doubts those of single concerns (`doubts`).
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.livepolls.benchmark import Once, Poll, load_polls, measured
from app.livepolls.grouping import (
    MEANING,
    WORDS,
    Concern,
    Meaning,
    bundled_meaning,
    group,
    kept,
)
from app.livepolls.grouping.scoring import Score
from bench import doubts
from bench.gestures import by_hand, suggestions, with_suggestions
from bench.machine import cpu_milliseconds

POLLS = Path(__file__).resolve().parent.parent / "app" / "demo" / "data" / "polls"
LEAST = {WORDS.name: (0.47, 0.35), MEANING.name: (0.62, 0.70)}  # B-cubed and top six, left out
MOST_GESTURES = 0.4  # of those from nothing
CONCERNS = 500


def measure() -> dict[str, Any]:
    """A row for each poll and way of grouping, and what it costs in CPU milliseconds."""
    polls = load_polls(POLLS)
    model = bundled_meaning()
    rows = _rows("words", polls, None) | _times("words", polls, None)
    if model is not None:
        once = Once(model)
        rows |= _rows("meaning", polls, once) | _times("meaning", polls, once)
        rows |= _embedding(polls, model)
    return rows


def _rows(name: str, polls: Sequence[Poll], meaning: Meaning | None) -> dict[str, Any]:
    method = MEANING if meaning else WORDS
    figures = measured(polls, method, meaning)
    least_bcubed, least_top = LEAST[method.name]
    fit, held_out = figures.means
    rows: dict[str, Any] = {
        f"{name}: {poll.id}": _scores(fitted, held.score)
        for poll, fitted, held in zip(polls, figures.fitted, figures.held_out, strict=True)
    }
    rows[f"{name}: mean"] = _scores(fit, held_out) | {
        "met": held_out.bcubed >= least_bcubed and held_out.top_k >= least_top,
        "target": f"left out: B-cubed >= {least_bcubed}, top six >= {least_top:.2f}",
    }
    return rows | _gestures(name, polls, meaning) | doubts.rows(name, polls, meaning)


def _scores(fit: Score, held_out: Score) -> dict[str, Any]:
    return {
        "bcubed_fit": round(fit.bcubed, 3),
        "top6_fit": round(fit.top_k, 3),
        "pairF1_left_out": round(held_out.pair_f1, 3),
        "bcubed_left_out": round(held_out.bcubed, 3),
        "ari_left_out": round(held_out.ari, 3),
        "top6_left_out": round(held_out.top_k, 3),
    }


def _gestures(name: str, polls: Sequence[Poll], meaning: Meaning | None) -> dict[str, Any]:
    concerns = sum(len(poll.texts) for poll in polls)
    nothing = sum(map(by_hand, polls))
    helped = sum(with_suggestions(poll, suggestions(meaning)) for poll in polls)
    row = {
        "per_concern": round(helped / concerns, 3),
        "from_nothing": round(nothing / concerns, 3),
        "ratio": round(helped / nothing, 3),
        "met": helped <= MOST_GESTURES * nothing if meaning else None,
        "target": f"ratio <= {MOST_GESTURES}",
    }
    return {f"{name}: gestures": row}


def _times(name: str, polls: Sequence[Poll], meaning: Meaning | None) -> dict[str, Any]:
    """Grouping 500 concerns made of the polls' words, with their vectors at hand."""
    draw = random.Random(1)
    words = [word for poll in polls for text in poll.texts for word in text.split()]
    texts = [" ".join(draw.choices(words, k=draw.randint(3, 20))) for _ in range(CONCERNS)]
    concerns = [Concern(str(n), text) for n, text in enumerate(texts)]
    cpu = cpu_milliseconds(lambda: group("?", concerns, lang="de", meaning=meaning), 3)
    row = {"cpu_ms": round(cpu, 1), "met": cpu <= 200, "target": "<= 200 ms"}
    return {f"{name}: {CONCERNS} concerns": row}


def _embedding(polls: Sequence[Poll], meaning: Meaning) -> dict[str, Any]:
    spans = [
        cpu_milliseconds(lambda p=poll, t=text: kept(meaning, p.question, [t]), 1)  # type: ignore[misc]
        for poll in polls
        for text in poll.texts[:8]
    ]
    row = {"cpu_ms": round(sum(spans) / len(spans), 1), "slowest_ms": round(max(spans), 1)}
    met = row["cpu_ms"] <= 60
    return {"meaning: a new concern": row | {"met": met, "target": "<= 60 ms"}}
