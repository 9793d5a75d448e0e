"""What a page has missed is fetched for that page alone, also when one comes back to it."""

import pytest

from app.events.models import Event
from tests.breakouts.rounds import make_conference, start
from tests.browser.actors import Participant, arrived
from tests.browser.person import Hall

pytestmark = pytest.mark.browser

SOON = 1500  # milliseconds: time enough to go on before it is fetched
MISS = """(soon) => {
  document.querySelector(".stage-title").remove();
  document.querySelector("meta[name=catch-up-spread]").content = 2 * soon;
  Math.random = () => .5;
  const stream = "<turbo-stream action='catch-up'><template></template></turbo-stream>";
  document.body.insertAdjacentHTML("beforeend", stream);
}"""


@pytest.fixture
def ada(hall: Hall, event: Event) -> Participant:
    """Somebody whose page has just missed what is asked."""
    ada = arrived(hall, event, "Ada")
    ada.sees(".stage-title")
    ada.page.evaluate(MISS, SOON)
    return ada


@pytest.fixture
def event(app) -> Event:
    event = make_conference()
    start(event, "Flash poll")
    return event


def test_the_page_is_fetched_once_more(ada: Participant, hall: Hall) -> None:
    ada.does_not_see(".stage-title")
    ada.sees(".stage-title")
    hall.check()


def test_who_has_gone_on_fetches_nothing_for_the_page_that_they_left(
    ada: Participant, hall: Hall
) -> None:
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url))
    ada.press("nav.tabs a[href$='/me']")
    ada.arrives("/me$")
    ada.page.wait_for_timeout(2 * SOON)
    assert [url for url in asked if url.endswith("/me")] == [ada.page.url]
    hall.check()


def test_who_goes_back_meanwhile_sees_what_was_missed(ada: Participant, hall: Hall) -> None:
    ada.press("nav.tabs a[href$='/me']")
    ada.arrives("/me$")
    ada.page.go_back()
    ada.sees(".stage-title")
    hall.check()
