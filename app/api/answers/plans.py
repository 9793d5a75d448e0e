"""What a round would be if it began now."""

from collections.abc import Mapping
from typing import Any

from app.api.answers.events import person_answer
from app.breakouts.engine.quality import Figures, PairCount
from app.breakouts.models import Part, Round, name_of
from app.breakouts.planning.drafting import rooms_to_name, rules_of
from app.breakouts.planning.naming import holders_in
from app.breakouts.planning.previews import Preview, RoomPreview
from app.breakouts.planning.settled import settled_in
from app.events.models import Participant

Answer = dict[str, Any]


def preview_answer(round_: Round, preview: Preview) -> Answer:
    """Its rooms with their people and who is named there, and how good the assignment is."""
    figures = preview.draft.figures
    named = holders_in(round_, [room.people for room in preview.rooms])
    return {
        "rooms": [_room(*each) for each in zip(preview.rooms, named, strict=True)],
        "choosing": preview.choosing,
        "keeps_pairs": not preview.draft.passed_over,
        "figures": _figures(figures) if figures else None,
    }


def settings_answer(round_: Round) -> Answer:
    """How it is to form its rooms, and the names of those settings that have had their time."""
    rules, late = rules_of(round_), settled_in(round_)
    return {
        "mode": round_.mode.value,
        "minutes": round_.seconds // 60,
        "choosing_minutes": round_.choosing_seconds // 60,
        "capacity": round_.capacity,
        "topics": list(rules.topics),
        "rooms": rules.rooms,
        "topics_again": rules.topics_again,
        "settled": sorted(late | {"minutes"}) if late else [],
    }


def seats_answer(round_: Round) -> Answer:
    """The rooms that are planned, with the seats that are theirs alone."""
    own = rules_of(round_).seats
    rooms = [
        {
            "number": number,
            "title": name_of(round_.mode, number, topic.title),
            "seats": own.get(number),
        }
        for number, topic in enumerate(rooms_to_name(round_), 1)
    ]
    return {"common": round_.capacity, "rooms": rooms}


def _room(preview: RoomPreview, named: Mapping[Part, Participant]) -> Answer:
    return {
        "number": preview.number,
        "title": preview.name,
        "capacity": preview.room.capacity,
        "is_merged": preview.room.is_merged,
        "people": [person_answer(person) for person in preview.people],
        "facilitator": named[Part.FACILITATOR].id if Part.FACILITATOR in named else None,
        "notes": named[Part.NOTES].id if Part.NOTES in named else None,
    }


def _figures(figures: Figures) -> Answer:
    return {
        "size_spread": figures.size_spread,
        "same_municipality_pairs": _pairs(figures.same_municipality_pairs),
        "repeated_meetings": _pairs(figures.repeated_meetings),
        "seconds": figures.seconds,
    }


def _pairs(count: PairCount) -> Answer:
    return {"got": count.got, "bound": count.bound, "random": count.random}
