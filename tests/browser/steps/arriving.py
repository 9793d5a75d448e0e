"""Step 1 and 2: the moderator opens the cockpit, the screen shows how to join, people come."""

from playwright.sync_api import expect

from app.demo.sample import HOST, MODERATOR
from tests.browser.actors import Participant
from tests.browser.conference import (
    HALL,
    Conference,
    address_outside,
    invitation_of,
    member_of,
)


def the_moderator_opens_the_cockpit(c: Conference) -> None:
    paul = c.moderator
    paul.open("/sign-in")
    paul.is_usable()
    paul.sign_in(MODERATOR, c.password)
    paul.press("a.card", c.code)
    paul.arrives(f"/e/{c.code}/cockpit$")
    paul.sees("#cockpit-agenda")
    paul.sees("#cockpit-step .next-step")
    paul.sees("#join-card .code", c.code)
    paul.sees("#join-card img.qr")
    paul.is_usable()


def the_screen_shows_how_to_join(c: Conference) -> None:
    c.moderator.press("button[form=screen-link]")
    c.moderator.is_usable()
    link = c.moderator.sees("#screen-address").input_value()
    c.moderator.open(f"/e/{c.code}/cockpit")
    c.screen.open(link)
    c.screen.arrives(f"/e/{c.code}/screen$")
    c.screen.sees(".screen-join .code", c.code)
    c.screen.sees(".screen-join img.qr")
    expect(c.screen.find("button, a, input, textarea, select")).to_have_count(0)
    c.screen.is_usable()


def the_host_accepts_the_invitation(c: Conference) -> None:
    c.host.open(invitation_of(HOST))
    c.host.is_usable()
    c.host.find("#new_password").fill("correct horse battery")
    c.host.press("#choose-password button")
    c.host.open("/")
    c.host.press("a.card", c.code)
    c.host.arrives(f"/e/{c.code}$")


def outsiders_see_nothing(c: Conference) -> None:
    stranger = Participant(c.hall, "A stranger")
    with stranger.refused(4):
        for page in ("", "/cockpit", "/screen", "/questions", "/results"):
            assert stranger.open(f"/e/{c.code}{page}") in (401, 403, 404)
            stranger.knows_nothing_of("Begrüßung", "Paul Quandt", "Verena Engel")
        stranger.is_usable()
        assert stranger.open("/join/QQQQQQ") == 404
    stranger.context.close()


def participants_join(c: Conference) -> None:
    outside = f"http://{address_outside()}:{c.hall.server.environment['PORT']}"
    for name, language, municipality, state in HALL:
        root = outside if name == "Dora Dean" else ""
        person = Participant(c.hall, name, language=language, root=root)
        c.participants.append(person)
        if name == "Fay Fuller":
            a_member_joins_as_herself(c, person)
        else:
            person.join(c.code, municipality, state)
        person.sees("#stage")
        c.moderator.sees("#people .person-name", name)
    for person in c.participants:
        expect(person.find("html")).to_have_attribute("lang", person.language)
    assert not c.named("Dora Dean").page.evaluate("isSecureContext")


def a_member_joins_as_herself(c: Conference, fay: Participant) -> None:
    fay.open(invitation_of(member_of("Zechenau", fay.name, fay.language)))
    fay.find("#new_password").fill("correct horse battery")
    fay.press("#choose-password button")
    fay.open(f"/join/{c.code}")
    fay.sees("#join-form", fay.name)
    fay.does_not_see("#name")
    fay.press("#join-form button[type=submit]")
    fay.arrives(f"/e/{c.code}$")
    c.moderator.sees("#people li:has-text('Fay Fuller') .person-place", "Zechenau")


def joining_says_who_sees_the_name(c: Conference) -> None:
    newcomer = Participant(c.hall, "Somebody at the door", language="en")
    newcomer.open("/")
    newcomer.is_usable()
    newcomer.find("#code").fill(c.code.lower())
    newcomer.press("#code-form button")
    newcomer.arrives(f"/join/{c.code}$")
    newcomer.sees(".privacy-note")
    newcomer.is_usable()
    newcomer.press("#join-form button[type=submit]")  # without a name
    newcomer.arrives(f"/join/{c.code}$")
    newcomer.context.close()


def all_are_counted(c: Conference) -> None:
    there = len(HALL) + 2  # and the moderator, and the host
    expect(c.moderator.find("#people .is-present")).to_have_count(there)
    c.moderator.front().keyboard.press("?")
    c.moderator.sees("dialog#shortcuts")
    c.moderator.is_usable()
    c.moderator.page.keyboard.press("Escape")
    c.moderator.does_not_see("dialog#shortcuts")
    c.look("before", c.moderator, c.screen, *c.participants[:2])


def participants_do_not_see_the_cockpit(c: Conference) -> None:
    anna = c.named("Anna Auer")
    with anna.refused(4):
        for page in ("/cockpit", "/screen"):
            assert anna.open(f"/e/{c.code}{page}") in (401, 403, 404)
    anna.open(f"/e/{c.code}")
    anna.does_not_see("a[href$='/cockpit']")


def the_screen_tells_nothing_private(c: Conference) -> None:
    c.screen.knows_nothing_of(*(name for name, *_ in HALL))
