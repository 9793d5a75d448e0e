"""What is said in a room is for those in it, as long as they talk."""

from app.breakouts import actions
from app.breakouts.models import Round
from app.database import locked, transaction
from tests.breakouts.rounds import make_conference, room_of, start


def test_nobody_reads_the_other_rooms_on_the_results_page_while_they_talk(app, join):
    event = make_conference()
    people = [join(event) for _ in range(8)]
    round_ = start(event, "Round 1")
    room = room_of(round_, people[0].person)
    elsewhere = next(p for p in people if room_of(round_, p.person).id != room.id)
    with transaction():
        actions.write_contribution(room, people[0].person, "experience", "Among ourselves", "k")
    assert "Among ourselves" not in elsewhere.get(f"/e/{event.code}/results").text
    with transaction():
        actions.end_round(locked(Round, round_.id))
    assert "Among ourselves" in elsewhere.get(f"/e/{event.code}/results").text
