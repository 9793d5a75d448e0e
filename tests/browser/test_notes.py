"""Two people type in the notes of their room at once; one of them is away for a while."""

from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from app.breakouts import actions as breakouts
from app.breakouts.models import Round
from app.database import locked, transaction
from app.events.models import Event
from app.extensions import db
from app.notes.models import Notes
from app.notes.queries import text_in
from app.permissions import Role
from tests.breakouts.rounds import make_conference, start
from tests.browser.actors import Moderator, Participant, gathered, known
from tests.browser.person import SETTLED, Hall, Person, look_at, slowed
from tests.factories import look_again

pytestmark = pytest.mark.browser

look = partial(look_at, "notes")

EDITOR = "shared-notes .cm-content[contenteditable=true]"
STATE = "shared-notes [data-state]"
CURSOR = "shared-notes .notes-cursor"
AWAY = "What was typed on the train, "
HERE = "what was typed meanwhile."


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference with one topic, so that all are in one room."""
    return make_conference(("Reaching parents early",))


def in_a_room(hall: Hall, event: Event, *names: str) -> list[Participant]:
    people = gathered(hall, event, *names)
    start(event, "Round 1")
    for person in people:
        person.arrives(r"/rooms/\d+$", within=SETTLED)
        person.sees(EDITOR)
    return people


def write(person: Person, text: str, *keys: str) -> None:
    """Type at the end, or where these keys lead."""
    person.find(EDITOR).click()
    person.keys(*(keys or ("Control+End",)))
    person.page.keyboard.type(text)


def reads(person: Person, *texts: str, within: int = SETTLED) -> Locator:
    """Wait until these stand in somebody's notes."""
    notes = person.find("shared-notes .cm-content")
    for text in texts:
        expect(notes, f"{person.name} does not read {text}").to_contain_text(
            text, timeout=slowed(within)
        )
    return notes


def lines(person: Person) -> str:
    """The text in somebody's editor."""
    found = person.find("shared-notes .cm-line").all_inner_texts()
    return "\n".join(line.strip("\n\u200b\ufeff") for line in found)


def saved(person: Person) -> None:
    expect(person.find(STATE)).to_have_text("Saved", timeout=slowed(SETTLED))


def kept() -> str:
    """The text that the server has."""
    look_again()
    return text_in(db.session.scalars(select(Notes.room_id)).one())


def test_two_write_at_once_and_one_of_them_is_away_for_a_while(hall: Hall, event: Event) -> None:
    ada, ben = in_a_room(hall, event, "Ada", "Ben")
    both_type_and_see_each_other(ada, ben)
    look("together", ada)
    what_is_typed_away_comes_in_between_what_was_typed_meanwhile(hall, ada, ben)
    each_takes_back_only_what_they_have_typed(ada, ben)
    after_a_reload_all_is_there(ada, ben)
    assert kept() == lines(ada) == lines(ben)
    what_was_typed_and_not_sent_survives_a_reload(hall, ada, ben)


def both_type_and_see_each_other(ada: Participant, ben: Participant) -> None:
    write(ada, "Agenda\n")
    reads(ben, "Agenda")
    write(ben, "One: parents\n")
    reads(ada, "One: parents")
    cursor = ada.find(CURSOR)
    expect(cursor).to_have_attribute("data-name", "Ben", timeout=slowed(SETTLED))
    ada.sees("shared-notes [data-company]", "Ben")
    for person in (ada, ben):
        saved(person)
        composer = person.find("form.composer")
        expect(composer, "it stands over the text").to_have_css("position", "static")


def what_is_typed_away_comes_in_between_what_was_typed_meanwhile(
    hall: Hall, ada: Participant, ben: Participant
) -> None:
    with hall.outage():
        ada.context.set_offline(True)
        write(ada, AWAY)
        ada.sees(STATE, "Not sent yet", within=30_000)
        write(ben, HERE)
        saved(ben)
        expect(ada.find("shared-notes .cm-content")).not_to_contain_text(HERE)
        ada.context.set_offline(False)
        reads(ada, HERE, AWAY.strip())
        reads(ben, HERE, AWAY.strip())
        saved(ada)
    assert lines(ada) == lines(ben)


def each_takes_back_only_what_they_have_typed(ada: Participant, ben: Participant) -> None:
    write(ada, "A slip of mine. ")
    reads(ben, "A slip of mine.")
    ben.page.wait_for_timeout(700)  # so that it is another step of Ben's than what he typed before
    write(ben, "Of Ben's.")
    reads(ada, "Of Ben's.")
    ada.find(EDITOR).click()
    ada.keys("Control+z")
    expect(ben.find("shared-notes .cm-content")).not_to_contain_text("A slip of mine.")
    reads(ben, "Of Ben's.")
    ada.keys("Control+y")
    reads(ben, "A slip of mine.", "Of Ben's.")


def after_a_reload_all_is_there(ada: Participant, ben: Participant) -> None:
    before = lines(ben)
    saved(ada)
    ada.reload()
    ada.sees(EDITOR)
    reads(ada, "Agenda", "Of Ben's.")
    assert lines(ada) == before


def what_was_typed_and_not_sent_survives_a_reload(
    hall: Hall, ada: Participant, ben: Participant
) -> None:
    with hall.outage():
        hall.server.kill()
        write(ada, " Typed while nobody was there.")
        ada.sees(STATE, "Not sent yet", within=30_000)
        hall.server.start()
        ada.reload()
        ada.sees(EDITOR, within=SETTLED)
        for person in (ada, ben):
            reads(person, "Typed while nobody was there.", within=2 * SETTLED)
        saved(ada)
    assert kept().count("Typed while nobody was there.") == 1
    assert kept() == lines(ada)


def test_a_moderator_visits_and_everybody_reads_the_results(hall: Hall, event: Event) -> None:
    (ada,) = in_a_room(hall, event, "Ada")
    write(ada, "We ask for <b>midwives</b>")
    saved(ada)
    mona = visiting(hall, event, ada.path)
    reads(mona, "We ask for <b>midwives</b>")
    write(mona, "\nMona was here")
    reads(ada, "Mona was here")
    look("visited", mona)
    with transaction() as session:
        opened = Round.event_id == event.id, Round.opened_at.is_not(None)
        round_id = session.scalars(select(Round.id).where(*opened)).one()
        breakouts.end_round(locked(Round, round_id))
    ada.arrives(rf"/e/{event.code}$", within=SETTLED)
    ada.sees(".room-result-notes", "We ask for <b>midwives</b>")
    ada.sees(".room-result-notes", "Mona was here")
    look("results", ada)


def visiting(hall: Hall, event: Event, path: str) -> Moderator:
    mona = known(Moderator(hall, "Mona", language="en"), event, Role.MODERATOR)
    mona.open(path)
    return mona
