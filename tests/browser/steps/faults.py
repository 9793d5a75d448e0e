"""A reload, a second device, a lost connection and a killed server: pages are true again."""

from playwright.sync_api import expect

from app.breakouts import actions
from app.breakouts.models import Room
from app.database import transaction
from app.events.models import Participant as Guest
from app.extensions import db
from tests.browser.actors import Participant
from tests.browser.conference import Conference
from tests.browser.person import SETTLED, slowed

COMPOSER = "form[id^=contribution-form] textarea"
MEANWHILE = "Das kam herein, während der Server fort war"
OFFLINE = "Geschrieben im Funkloch"
UNSENT = "Noch nicht fertig geschr"


def a_reload_keeps_person_and_text(c: Conference) -> None:
    emil = c.named("Emil Ernst")
    room = emil.room
    emil.find(COMPOSER).fill(UNSENT)
    emil.reload()
    emil.arrives(f"/rooms/{room}$")
    expect(emil.find(COMPOSER)).to_have_value(UNSENT)
    emil.find(COMPOSER).fill("")


def a_second_device_is_the_same_person(c: Conference) -> None:
    ben = c.named("Ben Baker")
    room = ben.room
    head_count = c.moderator.find("#head-count").inner_text()
    ben.press("nav.tabs a[href$='/me']")
    ben.arrives("/me$")
    ben.is_usable()
    ben.press("#return-link-form button")
    link = ben.sees("#return-link").input_value()
    ben.sees("img.qr")
    ben.is_usable()
    tablet = Participant(c.hall, "Ben's tablet", language="en")
    tablet.open(link)
    tablet.sees("#return-form button", "Ben Baker")
    tablet.is_usable()
    tablet.press("#return-form button")
    tablet.arrives(f"/rooms/{room}$")
    expect(c.moderator.find("#head-count")).to_have_text(head_count)
    tablet.contribute("experience", "Sent from the tablet")
    ben.press("nav.tabs a")
    own = ben.finds("li.contribution", "Sent from the tablet")
    expect(own.locator("[data-own-only]").first).to_be_visible()
    _the_link_is_revoked(c, ben, link)
    tablet.context.close()


def _the_link_is_revoked(c: Conference, ben: Participant, link: str) -> None:
    ben.press("nav.tabs a[href$='/me']")
    with ben.page.expect_response(lambda answer: answer.url.endswith("/me")):
        ben.press("#return-revoke-form button")
    ben.open(f"/e/{c.code}")
    thief = Participant(c.hall, "A thief", language="en")
    with thief.refused(404):
        assert thief.open(link) == 404
    thief.knows_nothing_of("Ben Baker")
    thief.context.close()


def a_dropped_connection_loses_nothing(c: Conference) -> None:
    dora = c.named("Dora Dean")
    mate = _somebody_else_in(c, dora)
    with c.hall.outage():
        dora.context.set_offline(True)
        dora.find(COMPOSER).fill(OFFLINE)
        dora.press("form[id^=contribution-form] button.btn-primary")
        dora.sees("sent-state.is-waiting")
        dora.sees("#connection-notice")
        c.look("offline", dora)
        expect(dora.find(COMPOSER)).to_have_value(OFFLINE)
        mate.contribute("concern", "Wer war gerade weg?")
        dora.context.set_offline(False)
        dora.sees("li.contribution", OFFLINE, within=SETTLED)
        dora.finds("li.contribution", "Wer war gerade weg?")
        dora.does_not_see("#connection-notice")
        mate.finds("li.contribution", OFFLINE)
        expect(mate.find("li.contribution", OFFLINE)).to_have_count(1)


def a_killed_server_comes_back(c: Conference) -> None:
    anna, emil = c.named("Anna Auer"), c.named("Emil Ernst")
    emil.find(COMPOSER).fill(UNSENT)
    with c.hall.outage():
        c.hall.server.kill()
        anna.find(COMPOSER).fill("Abgeschickt, als niemand da war")
        anna.press("form[id^=contribution-form] button.btn-primary")
        anna.sees("sent-state.is-waiting")
        _something_happens_meanwhile(anna.room)
        c.hall.server.start()
        start = c.moderator.clock()
        for person in c.participants:
            if person.room == anna.room:
                person.finds("li.contribution", MEANWHILE)
                person.finds("li.contribution", "Abgeschickt, als niemand da war")
        for person in c.everybody:
            person.does_not_see("#connection-notice")
        assert c.moderator.clock() - start < slowed(SETTLED)
    expect(emil.find(COMPOSER)).to_have_value(UNSENT)
    emil.find(COMPOSER).fill("")
    _all_hear_again(c)


def _something_happens_meanwhile(room_id: int) -> None:
    """Another process writes while the server is down; nobody tells the pages."""
    with transaction():
        guest = db.session.query(Guest).filter_by(name="Anna Auer").one()
        room = db.session.get_one(Room, room_id)
        actions.write_contribution(room, guest, "concern", MEANWHILE, "meanwhile")


def _all_hear_again(c: Conference) -> None:
    clock = c.moderator.find("#cockpit-step count-down")
    before = int(clock.get_attribute("deadline") or 0)
    c.moderator.press("button[formaction*='minutes=1']")
    for person in c.participants:
        expect(person.find(".live-head count-down")).to_have_attribute(
            "deadline", str(before + 60_000)
        )


def _somebody_else_in(c: Conference, person: Participant) -> Participant:
    return next(p for p in c.participants if p is not person and p.room == person.room)
