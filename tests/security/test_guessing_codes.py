"""Codes cannot be tried out, and no one in a hall can lock the others out by trying."""

import pytest

from tests.browsers import Visitor

pytestmark = pytest.mark.usefixtures("limited")


def guess(browser, times=125):
    """Wrong codes, more than twice a minute's worth, since a minute may end meanwhile."""
    client = browser()
    return {client.get(f"/join/WRONG{number}").status_code for number in range(times)}


@pytest.mark.parametrize("path", ["", "/qr.svg", "/screen", "/results", "/me.json"])
def test_wrong_codes_are_counted_on_every_page(event, browser, path):
    client = browser()
    statuses = {client.get(f"/e/WRONG{number}{path}").status_code for number in range(125)}
    assert statuses == {404, 429}


def test_a_guesser_does_not_learn_which_code_is_right(event, browser):
    guess(browser)
    assert browser().get(f"/e/{event.code}/qr.svg").status_code == 429
    assert browser().get(f"/join/{event.code}").status_code == 429


def test_a_guesser_does_not_lock_out_the_hall_that_joins(event, browser, join):
    join(event)
    guess(browser)
    join(event)
    assert browser().get(f"/join/{event.code}").status_code == 200


def test_who_is_in_an_event_is_not_locked_out_by_a_guesser(event, browser, appoint):
    from app.permissions import Role

    person: Visitor = appoint(event, Role.PARTICIPANT)
    guess(browser)
    assert person.get(f"/e/{event.code}").status_code == 200


def test_made_up_tokens_count_as_one_guesser(event, app):
    client = app.test_client()
    path = f"/api/v1/events/{event.code}/people"
    left = set()
    for number in range(3):
        answer = client.get(path, headers={"Authorization": f"Bearer made-up-{number}"})
        left.add(answer.headers["X-RateLimit-Remaining"])
    assert len(left) == 3
