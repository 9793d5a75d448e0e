"""How well and how fast people are assigned to rooms, against the bounds; and by their wishes."""

import random
import time
from typing import Any

from app.breakouts.engine.assignment import Figures, Person, Room, plan
from app.breakouts.engine.wishing import fulfil

HALLS = ((300, 20), (2000, 6), (2000, 20), (2000, 60))  # people, rooms
MUNICIPALITIES = 80
ROUNDS = 4
# Repeated meetings that a round may have: a prototype's, where the bound is out of reach.
MOST_REPEATS = {(2000, 60): (0, 0, 0, 21)}
WISHES = ((300, 20), (2000, 60))


def measure() -> dict[str, Any]:
    """Pairs of one municipality and repeated meetings: got, at least, by chance; CPU seconds."""
    found: dict[str, Any] = {}
    for people, rooms in HALLS:
        found |= _rounds(people, rooms)
    for people, rooms in WISHES:
        found[f"{people:,} people wish for {rooms} rooms"] = _wishes(people, rooms)
    return found


def _hall(people: int) -> list[Person[int]]:
    """People from municipalities of unequal size."""
    rng = random.Random(1)
    weights = [1 / (rank + 1) for rank in range(MUNICIPALITIES)]
    homes = rng.choices(range(MUNICIPALITIES), weights, k=people)
    return [Person(number, home) for number, home in enumerate(homes)]


def _rounds(people: int, rooms: int) -> dict[str, Any]:
    """Round after round, each knowing all those before."""
    hall, places = _hall(people), [Room(number) for number in range(rooms)]
    history: list[dict[int, int]] = []
    rows = {}
    for number in range(1, ROUNDS + 1):
        begun = time.process_time()
        made = plan(hall, places, seed=number, history=history)
        seconds = time.process_time() - begun
        history.append(made.assignment)
        most = MOST_REPEATS.get((people, rooms), ())[number - 1 : number]
        label = f"{people:,} people in {rooms} rooms, round {number}"
        rows[label] = _row(made.figures, seconds, most[0] if most else None)
    return rows


def _row(figures: Figures, seconds: float, most_repeats: int | None) -> dict[str, Any]:
    pairs, repeats = figures.same_municipality_pairs, figures.repeated_meetings
    row = {
        "pairs": pairs.got,
        "at_least": pairs.bound,
        "by_chance": round(pairs.random),
        "repeats": repeats.got,
        "least": repeats.bound,
        "chance": round(repeats.random),
        "size_spread": figures.size_spread,
        "cpu_s": round(seconds, 2),
    }
    exact = pairs.got == pairs.bound and figures.size_spread <= 1
    if most_repeats is None:
        return row | {"met": exact, "target": "pairs at the least"}
    met = exact and repeats.got <= most_repeats
    return row | {"met": met, "target": f"pairs at the least, repeats <= {most_repeats}"}


def _wishes(people: int, rooms: int) -> dict[str, Any]:
    """Three wishes each, some rooms dearer than others, and seats for a tenth more."""
    rng = random.Random(1)
    weights = [1 / (rank + 3) for rank in range(rooms)]
    wishes = {number: _three(rng, rooms, weights) for number in range(people)}
    seats = dict.fromkeys(range(rooms), round(1.1 * people / rooms))
    begun = time.process_time()
    placed = fulfil(wishes, seats, seed=1)
    seconds = time.process_time() - begun
    ranks = [wishes[number].index(room) for number, room in placed.items()]
    return {
        "first": ranks.count(0),
        "second": ranks.count(1),
        "third": ranks.count(2),
        "none": people - len(placed),
        "cpu_s": round(seconds, 2),
    }


def _three(rng: random.Random, rooms: int, weights: list[float]) -> list[int]:
    wished: dict[int, None] = {}
    while len(wished) < 3:
        wished[rng.choices(range(rooms), weights)[0]] = None
    return list(wished)
