"""How shared notes are kept: put together now and then, with limits, and gone with the event."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from app.breakouts import actions as breakouts
from app.breakouts.models import Placement, Round
from app.database import locked, now, transaction
from app.events.models import Participant
from app.extensions import db
from app.notes import actions, keeping, queries
from app.notes.models import Notes, NotesUpdate, NotesWriter
from app.notes.queries import text_in
from app.notes.updates import read
from tests.breakouts.rounds import come
from tests.factories import look_again
from tests.notes.writing import Paper, begun, send
from tests.together import together


def keep(room):
    keeping.keep(begun(room).id)
    look_again()
    return begun(room)


def end(room):
    with transaction():
        breakouts.end_round(locked(Round, room.round_id))


def test_full_notes_take_nothing_more_until_something_is_deleted(participant, room, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CHARACTERS", 20)
    paper = Paper(1)
    assert send(participant, room, paper.type("Fifteen letters"))["ok"]
    refused = send(participant, room, Paper(2).type("and more of them"))
    assert refused["status"] == 409
    assert "full" in refused["error"]
    assert send(participant, room, paper.delete(0, 10))["ok"]
    assert send(participant, room, Paper(3).type("and more of it"))["ok"]
    assert len(text_in(room.id)) == 19


@pytest.mark.parametrize(("what", "most"), [("MOST_BYTES", 60), ("MOST_PIECES", 2)])
def test_notes_do_not_grow_without_end(participant, room, monkeypatch, what, most):
    monkeypatch.setattr(actions, what, most)
    answers = [send(participant, room, Paper(n).type("Some words")) for n in range(1, 6)]
    assert answers[0]["ok"]
    assert answers[-1]["status"] == 409


def test_one_person_cannot_be_any_number_of_pages(participant, room, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PAGES", 2)
    answers = [send(participant, room, Paper(client).type("x"))["ok"] for client in (1, 2, 3)]
    assert answers == [True, True, False]


def test_what_waits_is_put_together_without_changing_a_letter(participant, room):
    paper = Paper(1)
    for word in ("We ", "meet ", "again"):
        send(participant, room, paper.type(word))
    send(participant, room, paper.delete(0, 3))
    notes = keep(room)
    assert (notes.text, notes.kept_to, notes.version) == ("meet again", 4, 4)
    assert notes.size == len(notes.document)
    assert notes.length == 10
    assert send(participant, room, paper.type(" soon"))["ok"]
    assert text_in(room.id) == "meet again soon"
    assert Paper(9, *queries.parts_of(begun(room))).text == "meet again soon"


def test_what_is_written_while_it_is_put_together_waits_for_the_next_time(participant, room):
    paper = Paper(1)
    send(participant, room, paper.type("First"))
    notes = begun(room)
    whole = queries.whole(notes)
    send(participant, room, paper.type(", second"))
    with transaction():
        actions.keep(locked(Notes, notes.id), 0, 1, whole)
    notes = begun(room)
    assert (notes.text, notes.kept_to, notes.version) == ("First", 1, 2)
    assert notes.keep_at is not None
    assert text_in(room.id) == "First, second"
    with transaction():
        actions.keep(locked(Notes, notes.id), 0, 1, whole)  # another process comes late
    assert keep(room).text == "First, second"


def test_the_clock_finds_what_has_waited_and_only_that(participant, room, monkeypatch):
    send(participant, room, Paper(1).type("Waiting"))
    keeping.keep_all()
    assert begun(room).kept_to == 0
    monkeypatch.setattr(keeping, "now", lambda: now() + actions.REST)
    keeping.keep_all()
    assert begun(room).text == "Waiting"


def after(monkeypatch, **by):
    """Let the clock of the notes go on."""
    for module in (actions, keeping):
        monkeypatch.setattr(module, "now", lambda: now() + timedelta(**by))


def left():
    return db.session.scalar(select(func.count()).select_from(NotesUpdate))


def test_the_last_keystrokes_go_too_though_nobody_writes_any_more(participant, room, monkeypatch):
    paper, said = Paper(1), []
    send(participant, room, paper.type("Nobody is to read this"))
    send(participant, room, paper.delete(0, 22))
    after(monkeypatch, seconds=16)
    keeping.keep_all()
    assert (begun(room).is_kept, left()) == (True, 2)
    monkeypatch.setattr(actions, "announce", lambda *fact: said.append(fact))
    after(monkeypatch, seconds=90)
    keeping.keep_all()
    assert (begun(room).is_kept, begun(room).keep_at, left()) == (True, None, 0)
    assert said == []


def test_what_is_written_while_others_linger_waits_no_longer_than_usual(
    participant, room, monkeypatch
):
    paper = Paper(1)
    send(participant, room, paper.type("One"))
    keep(room)
    send(participant, room, paper.type(", two"))
    assert begun(room).keep_at <= now() + actions.REST
    after(monkeypatch, seconds=16)
    keeping.keep_all()
    assert begun(room).text == "One, two"


def test_the_end_of_the_round_takes_nothing_from_pages_that_are_behind(participant, room):
    paper = Paper(1)
    first, second = paper.type("One"), paper.type(", two")
    send(participant, room, first)
    send(participant, room, second)
    keep(room)
    end(room)
    keeping.keep_all()
    notes = begun(room)
    assert (left(), notes.text) == (2, "One, two")
    assert notes.keep_at > now() + actions.REST
    assert Paper(9, first, queries.news(notes, notes.epoch, 1).document).text == "One, two"


def test_one_process_puts_them_together_and_the_others_leave_it_to_that(
    app, participant, room, monkeypatch
):
    send(participant, room, Paper(1).type("Once"))
    real, puts = queries.whole, []

    def whole(notes):
        puts.append(notes.id)
        return real(notes)

    monkeypatch.setattr(queries, "whole", whole)
    after(monkeypatch, seconds=16)
    together(app, *[keeping.keep_all] * 3)
    look_again()
    assert begun(room).text == "Once"
    assert puts == [begun(room).id]


def test_what_a_process_dies_over_is_taken_up_by_another(participant, room, monkeypatch):
    send(participant, room, Paper(1).type("Later then"))

    def die(_notes):
        raise MemoryError

    after(monkeypatch, seconds=16)
    with monkeypatch.context() as patch:
        patch.setattr(queries, "whole", die)
        with pytest.raises(MemoryError):
            keeping.keep_all()
    keeping.keep_all()
    assert begun(room).text == ""
    after(monkeypatch, seconds=80)
    keeping.keep_all()
    assert begun(room).text == "Later then"


def test_once_the_round_is_over_they_are_put_together_at_once(participant, room):
    send(participant, room, Paper(1).type("To the results"))
    end(room)
    keeping.keep_all()
    assert begun(room).text == "To the results"


def test_single_updates_go_once_pages_have_had_time_to_hear_of_them(participant, room, monkeypatch):
    paper = Paper(1)
    send(participant, room, paper.type("One"))
    keep(room)
    assert db.session.scalar(select(func.count()).select_from(NotesUpdate)) == 1
    monkeypatch.setattr(actions, "now", lambda: now() + actions.LINGER)
    send(participant, room, paper.type(", two"))
    keep(room)
    assert db.session.scalar(select(func.count()).select_from(NotesUpdate)) <= 1
    assert text_in(room.id) == "One, two"


def test_a_page_gets_what_it_has_not_and_everything_if_it_is_far_behind(participant, room):
    paper = Paper(1)
    updates = [paper.type(word) for word in ("a", "b", "c")]
    for update in updates:
        send(participant, room, update)
    notes = begun(room)
    assert queries.news(notes, notes.epoch, 1).updates == updates[1:]
    assert queries.news(notes, notes.epoch, 3) == queries.News(b"", [])
    assert queries.news(notes, "another", 3).updates == updates
    notes = keep(room)
    assert queries.news(notes, notes.epoch, 1).document == notes.document
    assert queries.news(notes, notes.epoch, 99).document == notes.document


def test_with_the_event_they_go_altogether(event, participant, room):
    send(participant, room, Paper(1).type("For a while"))
    with transaction() as session:
        session.delete(db.session.get_one(type(event), event.id))
    for table in (Notes, NotesUpdate, NotesWriter, Placement):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_all_who_write_at_one_moment_are_kept_and_numbered(app, event, room):
    notes_id, people = begun(room).id, [person.id for person in come(event, 6)]

    def write(client, participant_id):
        data = Paper(client).type(f"<{client}>")
        with transaction():
            notes = locked(Notes, notes_id)
            author = db.session.get_one(Participant, participant_id)
            actions.write(notes, author, notes.epoch, data, read(data))
            return notes.version

    deeds = [partial(write, client, id) for client, id in enumerate(people, 1)]
    assert sorted(together(app, *deeds)) == [1, 2, 3, 4, 5, 6]
    assert sorted(text_in(room.id)) == sorted("<1><2><3><4><5><6>")
