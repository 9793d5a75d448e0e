"""Somebody searches in German, somebody else in English, and both find while they type."""

from playwright.sync_api import expect

from app.search.noted import index_noted
from tests.browser.actors import Participant
from tests.browser.person import Person
from tests.browser.programme import Programme
from tests.factories import make_forum, make_post, make_thread

GERMAN = "Die Jugendämter schließen Vereinbarungen mit den Krankenhäusern"
ENGLISH = "We discussed binding agreements between hospitals and networks"


TYPED = [  # each finds another thing than the one before
    ("vereinbar", GERMAN),  # a beginning
    ("agreement", ENGLISH),  # another form
    ("Jugendamt", GERMAN),
    ("discuss", ENGLISH),
    ("krankenhaus", GERMAN),
    ("agreemnets", ENGLISH),  # a slip
    ("Vereinbahrungen", GERMAN),
]


def both_languages_are_found_as_one_types(p: Programme) -> None:
    """The north and the south have the same words; Ole and Emma are of the north."""
    for forum, name in ((p.forum, "Ines Vogt"), (make_forum(p.south), "Sigrid Süder")):
        thread = make_thread(forum, p.accounts[name], f"Von {name}")
        for text in (GERMAN, ENGLISH):
            make_post(thread, p.accounts[name], text)
    index_noted()
    p.member("Emma English", p.north, language="en")
    ole = p.enters("Ole Ahrens", Participant)
    emma = p.enters("Emma English", language="en")
    for person in (ole, emma):
        assert person.open("/search") == 200
        person.sees(".empty-state")
        for typed, found in TYPED if person is ole else TYPED[1:3]:
            _types(person, typed)
            expect(person.find(".search-hit"), f"{typed} finds").to_have_count(1)
            expect(person.find(".search-hit .search-snippet")).to_have_text(found)
            expect(person.find(".search-meta")).to_contain_text("Ines Vogt")

    ole.sees(".search-results .notice", "Zu „Vereinbahrungen“ gibt es hier nichts")
    _types(ole, "schließen")
    ole.sees(".search-count", "1 Ergebnis")
    _types(emma, "binding hospitals")
    emma.sees(".search-count", "1 result")
    ole.is_usable()
    _types(ole, "Wolkenkratzer")
    ole.sees(".search-results", "Zu „Wolkenkratzer“ wurde nichts gefunden.")
    emma.press(".search-title a")
    expect(emma.sees(".forum-post", ENGLISH)).to_be_in_viewport()


def _types(person: Person, typed: str) -> None:
    """Letter by letter, and without sending anything."""
    field = person.sees("#search-q")
    field.fill("")
    field.press_sequentially(typed, delay=20)
