import re

import pytest
from sqlalchemy import select

from app.database import transaction
from app.events import actions
from app.extensions import db
from app.identity import Token, TokenKind, digest
from tests.browsers import Visitor


@pytest.fixture
def link(event, participant):
    """A personal return link, as the page shows it once."""
    page = participant.post(f"/e/{event.code}/return-link")
    return re.search(r"/return/[\w-]+", page.text).group(0)


@pytest.fixture
def second_device(event, browser):
    return Visitor(browser(), event.id)


def test_the_link_makes_a_second_device_the_same_person(event, participant, link, second_device):
    assert second_device.get(f"/e/{event.code}").status_code == 401
    answer = second_device.post(link)
    assert (answer.status_code, answer.location) == (303, f"/e/{event.code}")
    assert second_device.participant_id == participant.participant_id
    assert participant.get(f"/e/{event.code}").status_code == 200


def test_looking_at_the_link_uses_it_up_for_nobody(event, link, second_device, browser):
    """Links are fetched ahead by programs that show a preview."""
    for _ in range(2):
        page = browser().get(link)
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers or "participants" not in page.headers["Set-Cookie"]
    assert second_device.get(f"/e/{event.code}").status_code == 401
    assert second_device.post(link).status_code == 303


def test_only_the_links_hash_is_kept(link):
    secret = link.removeprefix("/return/")
    token = db.session.scalars(select(Token).filter_by(kind=TokenKind.RETURN)).one()
    assert token.hash == digest(secret)
    assert secret not in (token.hash, token.name)


def test_a_new_link_ends_the_earlier_ones(event, participant, link, second_device):
    participant.post(f"/e/{event.code}/return-link")
    assert second_device.get(link).status_code == 404
    assert second_device.post(link).status_code == 404


def test_a_revoked_link_opens_nothing_but_devices_stay(event, participant, link, second_device):
    second_device.post(link)
    participant.delete(f"/e/{event.code}/return-link")
    assert Visitor(second_device.browser, event.id).get(f"/e/{event.code}").status_code == 200
    answer = second_device.post(link)
    assert answer.status_code == 404
    assert "no longer valid" in answer.text


def test_a_removed_persons_link_opens_nothing(event, participant, link, second_device):
    with transaction():
        actions.remove_person(participant.person)
    assert second_device.post(link).status_code == 404


@pytest.mark.parametrize("secret", ["x", "a" * 500, "ä", "%00"])
def test_a_made_up_link_opens_nothing(app, browser, secret):
    assert browser().post(f"/return/{secret}").status_code == 404


def test_a_screens_link_is_no_return_link(event, second_device):
    with transaction():
        secret = actions.new_screen_link(event)
    assert second_device.post(f"/return/{secret}").status_code == 404


def test_nobody_makes_a_link_for_somebody_else(event, browser, outsider):
    for visitor in (Visitor(browser(), event.id), outsider):
        assert visitor.post(f"/e/{event.code}/return-link").status_code == 401
    assert db.session.scalars(select(Token).filter_by(kind=TokenKind.RETURN)).all() == []


def test_the_page_that_shows_the_link_is_kept_by_no_cache(event, participant):
    answer = participant.post(f"/e/{event.code}/return-link")
    assert (
        "no-cache" in answer.headers["Cache-Control"]
        or "no-store" in answer.headers["Cache-Control"]
    )
    assert answer.headers["Referrer-Policy"] == "same-origin"
