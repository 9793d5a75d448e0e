"""Pages beside the story can be used by everybody, too."""

import pytest

from app.demo.sample import MODERATOR
from tests.browser.conference import Conference

pytestmark = pytest.mark.browser

FOR_ALL = ("/", "/legal/imprint", "/legal/privacy", "/legal/accessibility", "/password-reset")
FOR_ADMINS = (
    "/",
    "/profile",
    "/people",
    "/profile/deletion",
    "/people/invitations",
    "/mail/outbox",
)


def test_axe_finds_nothing_on_pages_for_all_and_for_admins(conference: Conference) -> None:
    admin = conference.moderator
    for path in FOR_ALL:
        assert admin.open(path) == 200
        admin.is_usable()
    admin.sign_in(MODERATOR, conference.password)
    for path in FOR_ADMINS:
        assert admin.open(path) == 200, path
        admin.is_usable()
    conference.hall.check()
