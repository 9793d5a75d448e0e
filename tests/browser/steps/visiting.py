"""The pages between the workshops are looked at, on a phone and at a laptop."""

from tests.browser.actors import Participant
from tests.browser.person import Person
from tests.browser.programme import Programme

IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def everybody_can_use_the_pages(p: Programme) -> None:
    """As one who coordinates, since she has more of everything; axe looks at the phone."""
    thread = p.thread("Ole Ahrens", "Wie überzeugen wir die politischen Gremien?", 2)
    phone, laptop = p.enters("Ines Vogt", Participant), p.enters("Ines Vogt")
    for path in (
        f"/spaces/{p.north.id}",
        f"/forums/{p.forum.id}",
        f"/threads/{thread.id}",
        "/search?q=überzeugen",
        "/notifications/settings",
        f"/spaces/{p.north.id}/people",
        f"/spaces/{p.root.id}/requests",
    ):
        for person in (phone, laptop):
            assert person.open(path) == 200, path
            assert person.find("html").get_attribute("lang") == "de"
            _fits(person)
        phone.is_usable()
        p.hall.check()


def _fits(person: Person) -> None:
    """Nothing has to be moved sideways to be read."""
    assert not person.page.evaluate(IS_TOO_WIDE), person.path
