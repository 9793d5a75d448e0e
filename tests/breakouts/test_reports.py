"""What a room hands in: three texts by its people, of which nobody overwrites the other."""

import pytest

from app.breakouts import actions, queries
from app.breakouts.models import Round
from app.breakouts.timekeeping import keep_time
from app.database import locked, transaction
from app.realtime import View
from tests.breakouts.rounds import start


def hand_in(visitor, room, version=0, **parts):
    form = {"discussed": "", "request": "", "ideas": "", "version": version, **parts}
    return visitor.post(f"/rooms/{room.id}/report", form)


def test_a_room_hands_in_what_it_wishes_and_all_of_it_see_it(event, participant, room, hear):
    ear = hear(event, View.ROOM, source=room.channel)
    page = participant.get(f"/rounds/{room.round_id}/report")
    assert page.location == f"/rooms/{room.id}/report"
    assert 'name="version"' in participant.get(page.location).text
    answer = hand_in(participant, room, request="Please write a guide.")
    assert answer.status_code == 303
    assert answer.location == f"/rooms/{room.id}"
    assert "Please write a guide." in ear.html
    assert queries.report_of(room).version == 1


def test_who_began_from_an_older_state_loses_nothing(participant, neighbour, room):
    hand_in(participant, room, discussed="What Paula wrote.")
    answer = hand_in(neighbour, room, discussed="What Nora wrote.", ideas="A new idea.")
    assert answer.status_code == 409
    for text in ("What Paula wrote.", "What Nora wrote.", "A new idea.", 'value="1"'):
        assert text in answer.text
    assert queries.report_of(room).discussed == "What Paula wrote."
    assert hand_in(neighbour, room, 1, discussed="Both.").status_code == 303
    assert (queries.report_of(room).discussed, queries.report_of(room).version) == ("Both.", 2)


def test_too_long_is_refused_and_kept(participant, room):
    answer = hand_in(participant, room, ideas="z" * 2001)
    assert answer.status_code == 422
    assert "z" * 2001 in answer.text
    assert queries.report_of(room) is None


def test_it_is_written_after_the_round_too(participant, room, later):
    later(minutes=16)
    keep_time()
    later(minutes=600)
    assert hand_in(participant, room, discussed="In the break.").status_code == 303
    assert "In the break." in participant.get(f"/rooms/{room.id}/report").text


@pytest.mark.parametrize(
    ("who", "status"), [("moderator", 403), ("host", 403), ("observer", 403), ("outsider", 401)]
)
def test_others_do_not_write_it(who, status, room, request):
    visitor = request.getfixturevalue(who)
    assert hand_in(visitor, room, discussed="Not mine").status_code == status
    assert visitor.get(f"/rooms/{room.id}/report").status_code == status
    assert queries.report_of(room) is None


def test_people_of_another_room_do_not_write_it(event, participant, room, join):
    other = next(each for each in room.round.rooms if each.id != room.id)
    assert hand_in(participant, other, discussed="Not ours").status_code == 404
    assert queries.report_of(other) is None


def test_who_was_in_no_room_has_none_to_write(moderator, room):
    assert moderator.get(f"/rounds/{room.round_id}/report").status_code == 404


def test_afterwards_everybody_reads_what_the_rooms_brought(event, participant, observer, room):
    hand_in(participant, room, request="Please write a guide.")
    form = {"kind": "impulse", "text": "Visit each other.", "key": "k"}
    participant.post(f"/rooms/{room.id}/contributions", form)
    with transaction():
        actions.end_round(locked(Round, room.round_id))
    item_id = room.round.item_id
    for visitor in (participant, observer):
        for url in (f"/e/{event.code}", f"/e/{event.code}/steps/{item_id}"):
            page = visitor.get(url, follow_redirects=True).text
            assert "Please write a guide." in page
            assert "Visit each other." in page
            assert "Nothing was written in this room." in page


def test_the_results_gather_rounds_rooms_and_requests(event, participant, room):
    hand_in(participant, room, request="Please write a guide.", discussed="   ")
    hand_in(participant, room, 1, discussed="", request="", ideas="")
    start(event, "Round 3")
    start(event, "Plenum")
    first, third = queries.rooms_with_results(event.id)
    assert [result.report for result in first.rooms] == [None, None, None]
    assert (first.round.item.title, third.round.item.title) == ("Round 1", "Round 3")
    hand_in(participant, room, 2, request="Now we know.")
    results = queries.rooms_with_results(event.id)[0].rooms
    assert [r.report.request for r in results if r.report] == ["Now we know."]
    assert sum(result.count for result in results) == 6
