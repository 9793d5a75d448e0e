"""How well and how fast people are assigned to rooms, against the bounds."""

from typing import Any

from app.breakouts.assignment import Person, Room, plan

HALLS = ((300, 20), (2000, 6), (2000, 20), (2000, 60))
ROUNDS = 4


def measure() -> dict[str, Any]:
    """Pairs of one municipality and repeated meetings: got, bound, random; seconds a round."""
    return {f"{people}/{rooms}": _rounds(people, rooms) for people, rooms in HALLS}


def _rounds(people: int, rooms: int) -> list[dict[str, Any]]:
    hall = [Person(n, municipality=n * n % (people // 15)) for n in range(people)]
    places = [Room(n) for n in range(rooms)]
    history: list[dict[int, int]] = []
    rows = []
    for number in range(ROUNDS):
        made = plan(hall, places, seed=number, history=history)
        history.append(made.assignment)
        rows.append(_row(made.figures))
    return rows


def _row(figures: Any) -> dict[str, Any]:
    pairs, repeats = figures.same_municipality_pairs, figures.repeated_meetings
    return {
        "same_municipality": [pairs.got, pairs.bound, round(pairs.random)],
        "repeated_meetings": [repeats.got, repeats.bound, round(repeats.random)],
        "size_spread": figures.size_spread,
        "seconds": round(figures.seconds, 2),
    }
