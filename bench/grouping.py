"""How well and how fast concerns are grouped."""

import random
from pathlib import Path
from typing import Any

from app.livepolls.benchmark import grouping_score, load_polls
from app.livepolls.grouping import Concern, group
from app.livepolls.scoring import mean_score
from bench.machine import cpu_milliseconds

POLLS = Path(__file__).resolve().parent.parent / "app" / "demo" / "data" / "polls"


def measure() -> dict[str, Any]:
    """Scores on the open polls, and CPU milliseconds for 500 concerns made of their words."""
    polls = load_polls(POLLS)
    mean = mean_score([grouping_score(poll) for poll in polls])
    draw = random.Random(1)
    words = [word for poll in polls for text in poll.texts for word in text.split()]
    texts = [" ".join(draw.choices(words, k=draw.randint(3, 20))) for _ in range(500)]
    concerns = [Concern(str(n), text) for n, text in enumerate(texts)]
    return {
        "pairF1": round(mean.pair_f1, 3),
        "bcubed": round(mean.bcubed, 3),
        "ari": round(mean.ari, 3),
        "top6": round(mean.top_k, 3),
        "cpu_ms_for_500": round(cpu_milliseconds(lambda: group("?", concerns, lang="de"), 3), 1),
    }
