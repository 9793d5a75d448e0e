"""A small conference is played, and goes on in threads; what came out goes out by mail."""

from playwright.sync_api import expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.permissions import Role
from tests.browser.actors import Moderator, Participant
from tests.browser.programme import Programme, sends

AGENDA = [
    {"kind": "poll", "title": "Blitzabfrage", "text": "Wozu möchten Sie Beratung?"},
    {"kind": "proposals", "title": "Lösungsansätze", "text": "Was empfehlen Sie?"},
    {"kind": "plenum", "title": "Plenum"},
]
PARENTS = "Wie erreichen wir belastete Eltern?"
CLINICS = "Wie gewinnen wir Geburtskliniken?"
PROPOSAL = "Lotsinnen auf jeder Station"


def an_event_goes_on_in_a_forum_and_back(p: Programme) -> None:
    event, ines, ole, guest = _who_is_there(p)
    _is_played(ines, ole, guest)
    ines.open(f"/e/{event.code}/results")
    ines.press("button[formaction$='/carry-over']")
    ines.sees(".notice", "1 neues Thema steht jetzt in")
    ines.press("button[formaction$='/carry-over']")
    ines.sees(".notice", "Alles davon steht schon in")
    expect(ines.find(".further a")).to_have_count(1)

    ole.open(f"/e/{event.code}/results")
    ole.press(".further a", PARENTS)
    ole.arrives(r"/threads/\d+$")
    _shows_where_it_came_from(ole)
    thread = ole.path
    ole.press(".thread-head .kicker a")
    expect(ole.find(".thread-row")).to_have_count(1)  # carried twice, and there once
    ole.open(thread)
    sends(ole, "Das führen wir hier weiter.")
    ole.press(".origin-title a", PARENTS)
    ole.arrives(r"/aspects/\d+")
    ole.sees("h1", PARENTS)
    ole.sees(".further a", PARENTS).click()
    ole.arrives(r"/threads/\d+$")
    ole.sees(".forum-post", "Das führen wir hier weiter.")

    _what_came_out_arrives(p, event, ines)
    with guest.refused(4):
        assert guest.open(thread) in (401, 404)  # the guest of the event is in no space
    guest.does_not_read("Das führen wir hier weiter.")


def _who_is_there(p: Programme) -> tuple[Event, Moderator, Participant, Participant]:
    """Ines leads, Ole takes part as himself, and a guest joins by the code."""
    leader = p.accounts["Ines Vogt"]
    with transaction():
        event = events.create_event("Werkstatt Nord", items=AGENDA)
        event.space_id = p.north.id
        events.join(event, name=leader.name, account_id=leader.id, role=Role.MODERATOR)
    ines = p.enters(leader.name, Moderator)
    ole = p.enters("Ole Ahrens", Participant)
    guest = Participant(p.hall, "Gül Gast")
    ines.open(f"/e/{event.code}/cockpit")
    ole.open(f"/spaces/{p.north.id}")
    ole.press("main button", event.title)
    ole.arrives(rf"/e/{event.code}$")
    guest.join(event.code)
    return event, ines, ole, guest


def _is_played(ines: Moderator, ole: Participant, guest: Participant) -> None:
    ines.next()
    ole.write_concern(PARENTS)
    guest.write_concern(CLINICS)
    guest.me_too(PARENTS)
    ines.next()  # the poll is closed
    for text in (PARENTS, CLINICS):
        ines.sees(".board-loose .board-card", text).locator("input[type=checkbox]").check()
    ines.press("button[formaction*='/aspects']:has(use)")
    ines.sees(".board-aspects .board-column", PARENTS)
    ines.next()  # the aspects are chosen
    ines.next()  # the proposals begin
    title = guest.sees(".aspect-title").inner_text()
    assert title in (PARENTS, CLINICS)
    guest.propose(title, PROPOSAL)
    ines.next()
    guest.sees("#stage .stage-title", "Plenum")


def _shows_where_it_came_from(ole: Participant) -> None:
    """With all that was said, folded up."""
    origin = ole.sees(".origin")
    expect(origin).to_contain_text("Werkstatt Nord")
    ole.does_not_see(".origin .piece")
    for fold in origin.locator("details").all():
        fold.locator("summary").click()
    for text in (PARENTS, CLINICS, PROPOSAL):
        expect(ole.find(".origin .piece", text)).to_be_visible()


def _what_came_out_arrives(p: Programme, event: Event, ines: Moderator) -> None:
    ines.press("button[formaction*='digest']")
    mail = p.mail("Ole Ahrens", lambda mail: event.title in mail["Subject"])
    assert mail["Content-Language"] == "de"
    text = mail.get_content()
    own, _, rest = text.partition("DIE ASPEKTE")
    assert PARENTS in own
    assert CLINICS not in own  # somebody else's
    assert PROPOSAL in rest
    assert "/threads/" in rest
