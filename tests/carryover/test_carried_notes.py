"""The notes of a room go on in a thread, and vanish there with the event's pages."""

from app.carryover.queries import origins
from app.database import locked, transaction
from app.events import actions as events
from app.extensions import db
from app.forums.models import Thread
from app.notes.keeping import keep
from tests.factories import look_again
from tests.notes.writing import Paper, begun, send


def test_a_rooms_notes_go_on_in_a_thread_until_a_moderator_hides_them(
    conference, event, leader, participant, forum
):
    room = conference.room
    assert send(participant, room, Paper(1).type("Midwives come first"))["ok"]
    keep(begun(room).id)
    form = {"into": f"forum-{forum.id}", "room": [str(room.id)], "words": ""}
    assert leader.post(f"/e/{event.code}/carry-over", form).status_code == 303
    (thread,) = db.session.query(Thread).filter(Thread.forum_id == forum.id)
    (piece,) = _noted(thread)
    assert piece.text == "Midwives come first"
    assert f"#notes-{room.id}" in leader.get(f"/carried-pieces/{piece.id}/source").location
    notes_id = begun(room).id
    for hidden, left in ((True, ""), (False, "Midwives come first")):
        with transaction():
            events.hide(locked(type(event), event.id), "notes", notes_id, hidden)
        look_again()
        assert "".join(each.text for each in _noted(thread)) == left


def test_what_was_written_last_goes_on_too(conference, event, leader, participant, forum):
    room, paper = conference.room, Paper(1)
    send(participant, room, paper.type("Midwives come first"))
    keep(begun(room).id)
    send(participant, room, paper.type(", and buses second"))
    assert _carried(leader, event, forum, room) == "Midwives come first, and buses second"


def test_what_is_not_yet_put_together_goes_on(conference, event, leader, participant, forum):
    send(participant, conference.room, Paper(1).type("Just now"))
    assert _carried(leader, event, forum, conference.room) == "Just now"


def _carried(leader, event, forum, room):
    form = {"into": f"forum-{forum.id}", "room": [str(room.id)], "words": ""}
    assert leader.post(f"/e/{event.code}/carry-over", form).status_code == 303
    (thread,) = db.session.query(Thread).filter(Thread.forum_id == forum.id)
    (piece,) = _noted(thread)
    return piece.text


def _noted(thread):
    (origin,) = origins([thread.id])[thread.id]
    return origin.of("notes")
