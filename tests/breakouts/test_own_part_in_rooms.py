"""What is one's own in rooms is taken along, and deleted."""

from sqlalchemy import func, select

from app.breakouts.models import Contribution, Placement, Report
from app.extensions import db
from app.realtime import View
from tests.breakouts.rounds import come, room_of, start


def test_one_takes_along_what_one_contributed(event, participant):
    room = room_of(start(event, "Round 1"), participant.person)
    participant.post(f"/rooms/{room.id}/contributions", {"kind": "concern", "text": "Mine."})
    (own,) = participant.get(f"/e/{event.code}/me.json").json["contributions"]
    assert (own["text"], own["kind"], own["room"]) == ("Mine.", "concern", room.title)
    assert own["round"] == "Round 1"


def test_deleting_takes_texts_and_attendance_but_not_the_rooms_report(event, participant, hear):
    come(event, 3)
    room = room_of(start(event, "Round 1"), participant.person)
    participant.post(f"/rooms/{room.id}/contributions", {"kind": "concern", "text": "Mine."})
    form = {"discussed": "Ours.", "request": "", "ideas": "", "version": 0}
    participant.post(f"/rooms/{room.id}/report", form)
    number = participant.participant_id
    ear = hear(event, View.ROOM, source=room.channel)
    participant.delete(f"/e/{event.code}/me")
    gone = db.session.scalar(select(Contribution))
    assert gone.withdrawn_at is not None
    assert f'action="remove" target="contribution-{gone.id}"' in ear.html
    placed = select(func.count()).where(Placement.participant_id == number)
    assert db.session.scalar(placed) == 0
    assert "Paula" not in ear.html.split('id="roster-')[-1]
    report = db.session.scalar(select(Report))
    assert (report.discussed, report.changed_by_id) == ("Ours.", None)
