"""Step 3: the flash poll, from one click to a closed poll."""

from playwright.sync_api import expect

from tests.browser.conference import Conference

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
CALENDAR = "Ein gemeinsamer Terminkalender wäre schön"
PARKING = "Vor dem Rathaus fehlen Parkplätze"
ALONE = "Wer bezahlt die Dolmetscherinnen?"
SLIP = "Unser Jugendamt ist umgezogen"
VOICES = {
    "Anna Auer": [PARENTS[0], POLITICS[0]],
    "Ben Baker": [AGREEMENTS[0]],
    "Carla Conrad": [PARENTS[1]],
    "Dora Dean": [AGREEMENTS[1]],
    "Emil Ernst": [POLITICS[1], PARENTS[2]],
    "Gül Güner": [POLITICS[2], ALONE, SLIP],
    "Hanna Haas": [CALENDAR],
    "Jana Jung": [PARKING],
}


def the_poll_starts_with_one_click(c: Conference) -> None:
    c.screen.sees(".screen-join")
    for person in c.participants:
        person.sees("#stage .stage-title", "Begrüßung")
        person.watch("form[id^=concern-form]")
    start = c.moderator.clock()
    c.moderator.next()
    c.in_time(start, *c.participants)
    c.screen.sees("#screen-stage h2", "Zu welchen Anliegen")
    c.screen.sees(".screen-corner .code", c.code)


def concerns_come_in(c: Conference) -> None:
    for name, texts in VOICES.items():
        for text in texts:
            c.named(name).write_concern(text)
            c.moderator.sees(".board-card", text)
    c.named("Fay Fuller").finds("li.concern", PARENTS[1])
    c.look("poll", c.moderator, c.screen, *c.participants[:2])


def names_stay_with_the_moderator(c: Conference) -> None:
    c.moderator.sees(".board-card", "Anna Auer")
    c.named("Fay Fuller").knows_nothing_of("Anna Auer", "Gül Güner")
    c.screen.knows_nothing_of("Anna Auer", PARENTS[0])


def others_say_me_too(c: Conference) -> None:
    fay, ben = c.named("Fay Fuller"), c.named("Ben Baker")
    fay.me_too(PARENTS[0])
    ben.me_too(PARENTS[0])
    for name in ("Emil Ernst", "Ivo Ilić", "Kim Khan", "Lea Lang"):
        c.named(name).me_too(AGREEMENTS[0])
    expect(ben.sees("li.concern[id^=concern-]", PARENTS[0]).locator(".count")).to_have_text("2")
    anna = c.named("Anna Auer")
    own = anna.sees("li.concern[id^=concern-]", PARENTS[0])
    expect(own.locator("[data-own-only]")).to_be_visible()
    expect(own.locator(".count")).to_have_text("2")


def concerns_are_edited_and_withdrawn(c: Conference) -> None:
    gul = c.named("Gül Güner")
    gul.press("#mine li:has-text('umgezogen') a")
    gul.sees("#concern-edit")
    gul.is_usable()
    gul.find("#concern-edit textarea").fill(SLIP + ", und nun?")
    gul.press("#concern-edit button[type=submit]")
    gul.sees("#mine li", "und nun?")
    c.moderator.sees(".board-card", "und nun?")
    gul.withdraw_concern(SLIP)
    c.moderator.does_not_see(".board-card", SLIP)
    c.named("Fay Fuller").does_not_read(SLIP)


def a_text_too_long_is_kept(c: Conference) -> None:
    fay = c.named("Fay Fuller")
    form = fay.find("form[id^=concern-form]")
    form.locator("textarea").fill("x" * 501)
    with fay.refused(422):
        form.locator("button.btn-primary").click()
    fay.sees("#notices")
    expect(form.locator("textarea")).to_have_value("x" * 501)
    form.locator("textarea").fill("")


def the_poll_is_closed(c: Conference) -> None:
    c.moderator.next()
    for person in c.participants:
        person.does_not_see("form[id^=concern-form]")
        person.does_not_see("#mine a")
