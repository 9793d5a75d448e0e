"""A conference from the first sign-in to the plenum, with everybody's browser at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Hall, Participant
from tests.browser.conference import PASSWORD, QUESTION, Conference, address_outside, prepare

pytestmark = pytest.mark.browser

PARENTS = [
    "Wie erreichen wir belastete Eltern frühzeitig und passend?",
    "Belastete Eltern frühzeitig erreichen, auch ohne Geburtsklinik",
    "Wie können wir belastete Eltern besser und frühzeitig erreichen?",
]
POLITICS = [
    "Politische Verankerung der Netzwerke in der Jugendhilfeplanung",
    "Die Netzwerke brauchen eine politische Verankerung im Ausschuss",
    "Wie gelingt die politische Verankerung der Netzwerke im Landkreis?",
]
AGREEMENTS = [
    "How do agreements in the network become more binding?",
    "More binding agreements between hospital and network",
]
ALONE = "Wer bezahlt die Dolmetscherinnen?"


def test_a_conference_from_the_poll_to_the_plenum(hall: Hall) -> None:
    conference = prepare(hall)
    the_moderator_opens_the_cockpit_and_the_screen(conference)
    participants_join(conference)
    the_flash_poll_starts_with_one_click(conference)
    concerns_come_in(conference)
    hall.check()


def the_moderator_opens_the_cockpit_and_the_screen(c: Conference) -> None:
    mona = c.moderator
    mona.sign_in("mona@example.org", PASSWORD)
    mona.press(f"a[href*='{c.code}']")
    mona.arrives(rf"/e/{c.code}/cockpit$")
    mona.sees("#join-card .code", c.code)
    mona.sees("#join-card .qr")
    mona.press("button[form=screen-link]")
    link = mona.find("#screen-address").input_value()
    mona.open(f"/e/{c.code}/cockpit")
    c.screen.open(link)
    c.screen.arrives(rf"/e/{c.code}/screen$")
    c.screen.sees(".screen-join .code", c.code)
    c.screen.sees(".screen-join .qr")
    for control in ("button", "a", "input", "textarea"):
        expect(c.screen.find(control)).to_have_count(0)
    c.host.open("/sign-in")
    c.host.find("#email").fill("hanna@example.org")
    c.host.find("#password").fill(PASSWORD)
    c.host.press("#sign-in button[type=submit]")
    c.host.press(f"a[href$='{c.code}']")
    for person in (mona, c.host, c.screen):
        person.is_usable()


def participants_join(c: Conference) -> None:
    people = [
        ("Anna Auer", "de", "Auental", ""),
        ("Ben Baker", "en", "Auental", ""),
        ("Carla Conrad", "de", "Auental", ""),
        ("Dora Dean", "en", "Birkfelde", ""),
        ("Emil Ernst", "de", "Birkfelde", ""),
        ("Fay Fuller", "en", "Cloppenhagen", ""),
        ("Gül Güner", "de", "", "Bayern"),
    ]
    outside = f"http://{address_outside()}:{c.hall.server.environment['PORT']}"
    for name, language, municipality, state in people:
        root = outside if name == "Dora Dean" else ""
        person = Participant(c.hall, name, language=language, root=root)
        c.participants.append(person)
        if name == "Anna Auer":
            person.open(f"/join/{c.code}")
            person.sees(".privacy-note")
            person.is_usable()
        person.join(c.code, municipality, state)
        c.moderator.sees("#people .person-name", name, within=2000)
    expect(c.moderator.find("#people .is-present")).to_have_count(len(people) + 2)
    c.picture("before")


def the_flash_poll_starts_with_one_click(c: Conference) -> None:
    c.moderator.next()
    c.screen.sees(".screen-main h1", "Begrüßung")
    for person in c.participants:
        person.watch("form[id^=concern-form]")
    start = c.moderator.clock()
    c.moderator.next()
    late = {person.name: person.noticed(start) for person in c.participants}
    print(late)
    assert max(late.values()) < 1000, late
    c.screen.sees("h1", QUESTION)


def concerns_come_in(c: Conference) -> None:
    anna, ben, carla, dora, emil, fay, gul = c.participants
    for person, texts in {
        anna: PARENTS[:1] + POLITICS[:1],
        carla: PARENTS[1:2],
        ben: AGREEMENTS[:1],
        dora: AGREEMENTS[1:],
        emil: POLITICS[1:2] + PARENTS[2:],
        gul: POLITICS[2:],
    }.items():
        for text in texts:
            person.write_concern(text)
            c.moderator.sees(".board-card", text, within=1000)
    c.picture("poll")
