"""Codes cannot be tried out, and no one in a hall can lock the others out by trying."""

import pytest
from limits import parse

from app.events.guessing import WRONG_CODES_IN_ALL
from app.events.models import CODE_LETTERS, new_code
from tests.browsers import Visitor

pytestmark = pytest.mark.usefixtures("limited")


ENOUGH = 405  # more than twice a minute's worth, since a minute may end meanwhile


def guess(browser, times=ENOUGH, path="/join/WRONG{}"):
    """Wrong codes, until there have been so many or one is told to stop."""
    client, statuses = browser(), set()
    for number in range(times):
        statuses.add(client.get(path.format(number)).status_code)
        if 429 in statuses:
            break
    return statuses


@pytest.mark.parametrize("path", ["", "/qr.svg", "/screen", "/results", "/me.json"])
def test_wrong_codes_are_counted_on_every_page(event, browser, path):
    assert guess(browser, path=f"/e/WRONG{{}}{path}") == {404, 429}


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


def test_who_prepares_the_hall_opens_it_for_all_who_come(event, browser, appoint):
    from app.permissions import Role

    appoint(event, Role.MODERATOR).get(f"/e/{event.code}/cockpit")
    guess(browser)
    assert browser().get(f"/join/{event.code}").status_code == 200


def test_ten_who_type_wrong_stop_nobody(event, browser):
    for _ in range(10):
        assert guess(browser, times=12) == {404}
    assert browser().get(f"/join/{event.code}").status_code == 200


def test_a_guesser_is_told_when_to_come_again(browser):
    guess(browser)
    answer = browser().get("/join/WRONG1")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_a_guesser_needs_years_for_one_event():
    codes = len(CODE_LETTERS) ** len(new_code())
    guesses_a_day = 24 * parse(WRONG_CODES_IN_ALL).amount
    assert codes / guesses_a_day / 365 > 60


def test_made_up_tokens_count_as_one_guesser(app):
    client = app.test_client()
    statuses = set()
    for number in range(610):
        headers = {"Authorization": f"Bearer made-up-{number}"}
        statuses.add(client.get("/api/v1/polls/1", headers=headers).status_code)
        if 429 in statuses:
            break
    assert statuses == {401, 429}
