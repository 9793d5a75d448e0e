"""A participant's way through a conference, by phone."""

import re

from tests.browser.engines.others import Others
from tests.browser.engines.phone import Phone

OWN = "Wie erreichen wir belastete Eltern, bevor es schwierig wird? Größe zählt!"
SLIP = "Unser Amt ist umgezogen"
PARENTS = "Belastete Eltern früh erreichen"
POLITICS = "Politische Verankerung der Netzwerke"
ANSWER = "Wir finanzieren ab Herbst Lotsendienste in Geburtskliniken."
VISITS = "Besuche durch **Familienhebammen**"
LETTERS = "Ein Brief zur Geburt"
IMPULSE = "Wir laden die Kliniken zu einem runden Tisch ein."
COMMENT = "Das haben wir in Auental erprobt."
REPLY = "Wie viele Besuche waren das im Jahr?"
BEGUN = "Angefangen, als alles noch ging, "
ENDED = "und abgeschickt im Funkloch"
# Browsers give the clipboard to pages with a certificate only, and to those of one's own machine.
IS_COPIED = """
const { id, selectionEnd } = document.activeElement;
return isSecureContext ? document.querySelector("#notices > *")
  : id === "return-link" && selectionEnd > 20;
"""
CONCERN = "form[id^=concern-form]"
ROOM = "form[id^=contribution-form]"
NOTES = "shared-notes .cm-content[contenteditable=true]"
NOTED = "Hebammen zuerst, und größer gedacht"


def joins(phone: Phone, others: Others) -> None:
    others.join("Ben Baker", "Carla Conrad", "Dora Dean")
    phone.open(f"/join/{others.code}")
    phone.looks("join")
    phone.types("#name", "Anna Auer")
    phone.choose("#municipality", "Auental")
    phone.tap("#join-form button[type=submit]")
    phone.arrives(f"/e/{others.code}$")
    phone.sees("#stage .stage-title")
    phone.looks("before")


def voices_concerns(phone: Phone, others: Others) -> None:
    poll = others.go_on("Blitzabfrage")["poll"]
    for text in (OWN, SLIP):
        phone.send(CONCERN, text)
        phone.sees("#mine li", text)
        phone.holds(f"{CONCERN} textarea", "")
    ben = others.people[0]
    ben.write(f"/polls/{poll}/concerns", f"{POLITICS} fehlt")
    phone.finds("li.concern[id^=concern-]", POLITICS)
    phone.tap("li.concern[id^=concern-]", POLITICS, "[data-support]")
    phone.sees("li.concern[id^=concern-]", POLITICS, "[data-support][aria-pressed=true]")
    phone.looks("poll")


def changes_and_withdraws(phone: Phone, others: Others) -> None:
    phone.tap("#mine li", SLIP, "a")
    phone.writes("#concern-edit textarea", f"{SLIP}, und nun?")
    phone.looks("edit")
    phone.tap("#concern-edit button[type=submit]")
    phone.tap("#mine li", "und nun?", "button")
    phone.does_not_see("#mine li", SLIP)
    phone.types(f"{CONCERN} textarea", "Noch nicht fertig")
    phone.reload()
    phone.holds(f"{CONCERN} textarea", "Noch nicht fertig")


def sees_what_came_of_it(phone: Phone, others: Others) -> None:
    poll = others.step["poll"]
    others.moderator.call("POST", f"/polls/{poll}/closure")
    phone.does_not_see(CONCERN)
    others.gather(poll, {"Eltern": PARENTS, "Netzwerke": POLITICS})
    phone.sees(".aspect-title", POLITICS)
    phone.sees("#mine li", OWN, "strong")
    phone.looks("aspects")
    phone.tap(".aspect", PARENTS, ".aspect-title a")
    phone.sees("h1", PARENTS)
    others.answer_officially(PARENTS, ANSWER)
    phone.sees("article.official-answer", ANSWER)
    phone.looks("answer")


def proposes_a_solution(phone: Phone, others: Others) -> None:
    others.go_on("Lösungsansätze")
    phone.tap("nav.tabs a")
    phone.arrives(f"/e/{others.code}$")
    phone.tap("section.aspect", PARENTS, "details[id^=propose] summary")
    form = "details[open] form[id^=proposal-form]"
    phone.writes(f"{form} textarea", VISITS)
    phone.tap(f"{form} button[name=preview]")
    phone.sees(f"{form} output strong", "Familienhebammen")
    assert not phone.count("li.proposal")
    phone.looks("preview")
    phone.tap(f"{form} button.btn-primary")
    phone.sees("li.proposal", "Besuche durch", "strong")


def discusses_a_proposal(phone: Phone, others: Others) -> None:
    ben = others.people[0]
    proposal = ben.write(f"/aspects/{others.aspect(PARENTS)}/proposals", LETTERS)
    phone.finds("li.proposal", LETTERS)
    phone.tap("li.proposal", LETTERS, "[data-support^=proposal]")
    phone.sees("li.proposal", LETTERS, "[data-support^=proposal][aria-pressed=true]")
    phone.looks("proposals")
    phone.tap("li.proposal", LETTERS, "a[href*='/proposals/']:not([data-own-only])")
    phone.arrives(r"/proposals/\d+$")
    phone.send("form[id^=post-form]", COMMENT)
    phone.sees("li.post", COMMENT)
    ben.write(f"/proposals/{proposal}/comments", REPLY)
    phone.finds("li.post", REPLY)
    phone.looks("discussion")
    phone.tap("nav.tabs a")
    phone.arrives(f"/e/{others.code}$")


def is_led_into_a_room(phone: Phone, others: Others) -> None:
    others.go_on("Austauschrunde 1")
    phone.arrives(r"/rooms/\d+$")
    clock = ".live-head count-down time"
    assert re.fullmatch(r"\d+:\d\d", phone.reads(clock))
    phone.reads_other(clock, phone.reads(clock))  # it counts
    phone.sees(".roster .person-name", "Anna Auer")
    phone.tap(f"{ROOM} label", "", "input[value=impulse]")
    phone.send(ROOM, IMPULSE)
    phone.sees("li.contribution--impulse", IMPULSE)
    phone.looks("room")


def writes_in_the_notes(phone: Phone, _others: Others) -> None:
    phone.tap(NOTES)
    phone.types(NOTES, NOTED)
    phone.sees("shared-notes .notes-state.is-saved")
    phone.reload()
    phone.sees(f"{NOTES} .cm-line", NOTED)


def loses_the_connection(phone: Phone, others: Others) -> None:
    phone.types(f"{ROOM} textarea", BEGUN)
    with phone.cut_off():
        others.server.kill()
        phone.types(f"{ROOM} textarea", ENDED)
        phone.tap(f"{ROOM} button.btn-primary")
        phone.sees("sent-state.is-waiting")
        phone.sees("#connection-notice")
        phone.holds(f"{ROOM} textarea", BEGUN + ENDED)
        phone.looks("offline")
        others.server.start()
        phone.finds("li.contribution", BEGUN + ENDED)
        phone.does_not_see("#connection-notice")
    phone.holds(f"{ROOM} textarea", "")
    room = int(phone.arrives(r"/rooms/\d+$").rsplit("/", 1)[1])
    said = others.moderator.call("GET", f"/rooms/{room}/contributions")["contributions"]
    assert [each["text"] for each in said].count(BEGUN + ENDED) == 1


def chooses_the_next_room(phone: Phone, others: Others) -> None:
    others.go_on("Austauschrunde 2")
    phone.arrives(r"/rounds/\d+/room$")
    phone.sees("#room-choice")
    phone.looks("choosing")
    phone.tap("#room-choice button")
    phone.arrives(r"/rooms/\d+$")


def reads_the_results(phone: Phone, others: Others) -> None:
    others.go_on("Plenum")
    phone.arrives(f"/e/{others.code}$")
    phone.sees("#stage .stage-title", "Plenum")
    phone.looks("plenum")
    phone.tap("#stage a.btn-primary[href$='/results']")
    phone.arrives("/results$")
    for text in (PARENTS, ANSWER, COMMENT, IMPULSE, BEGUN + ENDED):
        phone.sees(".results", text)
    phone.looks("results")


def takes_a_way_back_along(phone: Phone, others: Others) -> None:
    phone.tap("nav.tabs a[href$='/me']")
    phone.arrives("/me$")
    phone.tap("#return-link-form button")
    code = phone.sees("img.qr")
    assert phone.run("return arguments[0].width", code) > 200  # enough for a camera
    phone.tap("copy-text button")
    phone.waits_for(lambda: phone.run(IS_COPIED), "the link to be copied, or marked for it")
    phone.looks("way-back")


def leaves_an_address(phone: Phone, others: Others) -> None:
    phone.tap("nav.tabs a")
    phone.arrives(f"/e/{others.code}$")
    phone.tap("#stage a[href$='/digest']")
    phone.writes("#digest-email", "anna.auer@example.org")
    phone.looks("digest")
    phone.tap("#digest-form button")
    phone.sees(".digest-state", "anna.auer@example.org")


STORY = [
    joins,
    voices_concerns,
    changes_and_withdraws,
    sees_what_came_of_it,
    proposes_a_solution,
    discusses_a_proposal,
    is_led_into_a_room,
    writes_in_the_notes,
    loses_the_connection,
    chooses_the_next_room,
    reads_the_results,
    takes_a_way_back_along,
    leaves_an_address,
]
