"""The participant's whole way in Firefox and in WebKit, since phones are not all Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.conference import address_outside
from tests.browser.engines import in_a_forum, taking_part
from tests.browser.engines.firefox import firefox
from tests.browser.engines.others import others_of_the_sample
from tests.browser.engines.phone import Phone
from tests.browser.engines.webkit import webkit
from tests.live_server import LiveServer

pytestmark = pytest.mark.browser


@pytest.fixture(params=["firefox", "webkit"])
def phone(
    request: pytest.FixtureRequest, server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Phone]:
    """A phone; WebKit's comes by the local network, where browsers hold back more on plain http."""
    home = tmp_path_factory.mktemp(request.param)
    if request.param == "firefox":
        with firefox(home) as engine:
            yield Phone(engine, server.url)
    else:
        outside = f"http://{address_outside()}:{server.environment['PORT']}"
        with webkit(home) as other_engine:
            yield Phone(other_engine, outside)


def test_a_conference_and_a_forum_by_phone(phone: Phone, server: LiveServer) -> None:
    others = others_of_the_sample(server)
    for step in taking_part.STORY:
        step(phone, others)
    assert phone.run("return isSecureContext") == (phone.root == server.url)
    group = in_a_forum.group(server)
    for moment in in_a_forum.STORY:
        moment(phone, group)
    phone.check()
