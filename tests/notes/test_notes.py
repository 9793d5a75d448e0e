"""Shared notes as they are kept: what is taken from whom, what is refused, and what remains."""

from datetime import timedelta

import pytest

from app.breakouts import actions as breakouts
from app.breakouts.models import Round
from app.breakouts.models import rounds as round_models
from app.database import locked, now, transaction
from app.errors import NeedsSignIn, NotFound, Refused
from app.events import actions as event_actions
from app.events import merging, own_data
from app.notes import queries
from app.notes.facts import NotesWritten
from app.notes.queries import text_in
from app.notes.updates import LONGEST_UPDATE
from app.realtime import View
from tests.breakouts.rounds import where
from tests.factories import look_again
from tests.notes.writing import Paper, begun, send


def wait(monkeypatch, **by):

    monkeypatch.setattr(round_models, "now", lambda: now() + timedelta(**by))


def end(room):
    with transaction():
        breakouts.end_round(locked(Round, room.round_id))


def test_what_is_written_is_kept_and_numbered(participant, room):
    paper = Paper(1)
    assert send(participant, room, paper.type("Hello")) == {"ok": True, "version": 1}
    assert send(participant, room, paper.type(" world")) == {"ok": True, "version": 2}
    assert text_in(room.id) == "Hello world"


def test_two_who_write_at_once_make_one_text(participant, neighbour, room):
    one = Paper(1)
    first = one.type("Agenda")
    send(participant, room, first)
    two = Paper(2, first)
    here, there = one.type(" for today", 6), two.type("Our ", 0)
    assert send(neighbour, room, there)["ok"]
    assert send(participant, room, here)["ok"]
    one.take(there)
    assert text_in(room.id) == one.text == "Our Agenda for today"


def test_sent_twice_it_stands_there_once(participant, room):
    update = Paper(1).type("Once")
    for _time in range(2):
        assert send(participant, room, update)["ok"]
    assert text_in(room.id) == "Once"


def test_one_person_deletes_what_was_typed_in_forty_pages(participant, neighbour, room):
    made = [Paper(client).type(f"<{client}>") for client in range(1, 41)]
    for update in made:
        assert send(neighbour, room, update)["ok"]
    paper = Paper(99, *made)
    assert send(participant, room, paper.delete(0, len(paper.text)))["ok"]
    assert text_in(room.id) == ""


def test_the_room_hears_it_once_a_tick_and_nobody_else(event, participant, room, hear):
    begun(room)
    inside = hear(event, View.ROOM, source=f"notes:{room.id}")
    beside, hall = hear(event, View.ROOM, source=room.channel), hear(event, View.HALL)
    paper = Paper(1)
    for word in ("one", "two"):
        send(participant, room, paper.type(word))
    (message,) = inside.messages
    assert message["html"].count("<notes-update") == 2
    assert 'data-number="1"' in message["html"]
    assert beside.messages == hall.messages == []
    assert inside.facts == [NotesWritten(begun(room).id, 1), NotesWritten(begun(room).id, 2)]


def test_whoever_is_elsewhere_neither_reads_nor_writes(stranger, outsider, observer, browser, room):
    update = Paper(1).type("From elsewhere")
    for visitor, status, error in (
        (stranger, 404, NotFound),
        (outsider, 401, NeedsSignIn),
        (observer, 403, Refused),
    ):
        assert send(visitor, room, update)["status"] == status
        with pytest.raises(error):
            visitor.audience(f"notes:{room.id}")
    assert text_in(room.id) == ""


def test_moderators_write_where_they_visit_and_hosts_read(moderator, host, room):
    assert send(moderator, room, Paper(1).type("Ten minutes left"))["ok"]
    assert moderator.audience(f"notes:{room.id}").view is View.ROOM
    assert send(host, room, Paper(2).type("Hello"))["status"] == 403
    assert host.audience(f"notes:{room.id}").view is View.ROOM
    assert text_in(room.id) == "Ten minutes left"


def test_who_is_moved_writes_here_no_more_and_leaves_the_channel(event, participant, room, hear):
    paper = Paper(1)
    send(participant, room, paper.type("Here"))
    other = next(each for each in room.round.rooms if each.id != room.id)
    ear = hear(participant)
    name = participant.audience(f"notes:{room.id}").key
    ear.socket.entered.append(name)
    with transaction():
        breakouts.move(locked(Round, room.round_id), participant.person, other)
    look_again()
    assert where(room.round)[participant.participant_id] == other.id
    ear.listen()
    assert name not in ear.socket.entered
    assert send(participant, room, paper.type(" and there"))["status"] == 404
    with pytest.raises(NotFound):
        participant.audience(f"notes:{room.id}")


def test_after_the_end_there_is_a_little_time_and_then_none(participant, room, monkeypatch):
    paper = Paper(1)
    send(participant, room, paper.type("In time"))
    end(room)
    assert send(participant, room, paper.type(", and a word more"))["ok"]
    wait(monkeypatch, minutes=11)
    refused = send(participant, room, paper.type(", too late"))
    assert refused["status"] == 409
    assert "over" in refused["error"]
    assert text_in(room.id) == "In time, and a word more"


def test_what_was_written_for_other_notes_is_refused(participant, room):
    begun(room)
    refused = send(participant, room, Paper(1).type("Old"), epoch="of another time")
    assert refused["status"] == 409
    assert "anew" in refused["error"]
    assert text_in(room.id) == ""


@pytest.mark.parametrize("update", ["", "AAA", "Grüße", "/" * 40, None, 7, ["AAAA"]])
def test_what_cannot_be_read_is_refused_and_harms_nothing(participant, room, update):
    paper = Paper(1)
    send(participant, room, paper.type("Before"))
    assert send(participant, room, update)["status"] == 422
    assert send(participant, room, paper.type(", after"))["ok"]
    assert text_in(room.id) == "Before, after"


def test_what_is_too_much_at_once_is_refused_with_a_word(participant, room):
    refused = send(participant, room, Paper(1).type("x" * (LONGEST_UPDATE + 1)))
    assert refused["status"] == 422
    assert refused["error"]
    assert text_in(room.id) == ""


def test_what_has_a_gap_before_it_is_refused(participant, room):
    paper = Paper(1)
    paper.type("This never came. ")
    assert send(participant, room, paper.type("This did."))["status"] == 422
    assert text_in(room.id) == ""


def test_nobody_writes_in_the_name_of_another_page(participant, neighbour, room):
    paper = Paper(1)
    send(participant, room, paper.type("Mine"))
    forged = Paper(1, *queries.updates_after(begun(room), 0)).type(" and yours")
    assert send(neighbour, room, forged)["status"] == 403
    assert send(participant, room, paper.type(" alone"))["ok"]
    assert text_in(room.id) == "Mine alone"


def test_without_a_script_the_room_reads_its_notes(participant, stranger, room):
    assert "Nothing has been noted yet." in participant.get(f"/rooms/{room.id}").text
    send(participant, room, Paper(1).type("We begin with <parents>"))
    page = participant.get(f"/rooms/{room.id}").text
    assert "We begin with &lt;parents&gt;" in page
    assert "Nothing has been noted yet." not in page
    assert stranger.get(f"/rooms/{room.id}").status_code == 302


def test_the_results_show_them_once_the_round_is_over(event, participant, moderator, room):
    send(participant, room, Paper(1).type("Midwives come first"))
    results = f"/e/{event.code}/results"
    assert "Midwives come first" not in participant.get(results).text
    end(room)
    assert "Midwives come first" in participant.get(results).text
    assert "Midwives come first" in participant.get(f"/e/{event.code}").text
    notes = begun(room)
    assert participant.post(f"/e/{event.code}/hidden/notes/{notes.id}").status_code == 403
    moderator.post(f"/e/{event.code}/hidden/notes/{notes.id}")
    assert "Midwives come first" not in participant.get(results).text
    assert "Show the notes again" in moderator.get(results).text
    moderator.delete(f"/e/{event.code}/hidden/notes/{notes.id}")
    assert "Midwives come first" in participant.get(results).text


def test_a_room_that_has_only_notes_is_not_called_empty(event, participant, room):
    send(participant, room, Paper(1).type("Only here"))
    end(room)
    page = participant.get(f"/e/{event.code}/results").text
    empty = page.count("Nothing was written in this room.")
    assert empty == len(room.round.rooms) - 1


def test_ones_own_part_is_what_one_has_typed_and_it_stays_in_the_room(participant, neighbour, room):
    paper = Paper(1)
    first = paper.type("Mine. ")
    send(participant, room, first)
    send(neighbour, room, Paper(2, first).type("Yours."))
    (own,) = own_data.export(participant.person)["notes"]
    assert (own["text"], own["room"]) == ("Mine. ", room.name)
    with transaction():
        own_data.delete(participant.person)
    assert own_data.export(participant.person)["notes"] == []
    assert text_in(room.id) == "Mine. Yours."
    assert own_data.export(neighbour.person)["notes"][0]["text"] == "Yours."


def test_a_guest_who_is_claimed_goes_on_writing_as_the_member(event, participant, neighbour, room):
    paper = Paper(1)
    send(participant, room, paper.type("As a guest"))
    with transaction():
        merging.merge(participant.person, neighbour.person)
    assert send(neighbour, room, paper.type(", and as a member"))["ok"]
    assert text_in(room.id) == "As a guest, and as a member"


def test_who_was_taken_out_of_the_event_writes_no_more(event, participant, room):
    with transaction():
        event_actions.remove_person(participant.person)
    assert send(participant, room, Paper(1).type("Still here"))["status"] == 401


def test_who_writes_without_end_is_asked_to_wait(limited, participant, room, monkeypatch):
    monkeypatch.setattr("app.notes.packets.CHANGING", "2 per minute")
    paper = Paper(1)
    answers = [send(participant, room, paper.type(word)) for word in ("a", "b", "c")]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["retry_after"] > 0
