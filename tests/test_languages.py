from datetime import UTC, datetime

import pytest
from flask import render_template_string
from flask_babel import force_locale


@pytest.mark.parametrize(
    ("asked_for", "language"),
    [
        ("de", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9,de;q=0.5", "en"),
        ("fr,de;q=0.4", "de"),
        ("fr", "de"),
        ("", "de"),
        ("*", "de"),
        ("nonsense;;;", "de"),
    ],
)
def test_pages_are_in_the_browsers_language_or_german(browser, asked_for, language):
    assert f'<html lang="{language}"' in browser(asked_for).get("/").text


def test_a_choice_is_kept_on_this_device(browser):
    client = browser("de")
    answer = client.post("/language", data={"language": "en", "back": "/join/ABC234"})
    assert (answer.status_code, answer.location) == (303, "/join/ABC234")
    assert '<html lang="en"' in client.get("/").text
    assert '<html lang="de"' in browser("de").get("/").text


def test_an_unknown_language_changes_nothing(browser):
    client = browser("de")
    client.post("/language", data={"language": "xx"})
    assert '<html lang="de"' in client.get("/").text


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "evil",
        "",
        "javascript:x",
        "/\t/evil.example",
        "/\n/evil.example",
    ],
)
def test_the_way_back_leads_nowhere_else(browser, back):
    assert browser().post("/language", data={"language": "en", "back": back}).location == "/"


def test_an_accounts_language_is_used_until_another_is_chosen_here(browser, account):
    client = browser("de").sign_in(account(language="en"))
    assert '<html lang="en"' in client.get("/").text
    client.post("/language", data={"language": "de"})
    assert '<html lang="de"' in client.get("/").text


def test_the_screen_speaks_the_events_language(event, appoint):
    from app.permissions import Role

    moderator = appoint(event, Role.MODERATOR, language="de")
    assert '<html lang="en"' in moderator.get(f"/e/{event.code}/screen").text
    assert '<html lang="de"' in moderator.get(f"/e/{event.code}/cockpit").text


@pytest.mark.parametrize("language", ["de", "en"])
def test_times_are_those_of_a_clock_in_germany(app, language):
    with app.test_request_context(), force_locale(language):
        moment = "{{ when | datetimeformat('short') }}, {{ when | timeformat('short') }}"
        for month, shown in ((1, "15.01.26, 13:05, 13:05"), (7, "15.07.26, 14:05, 14:05")):
            when = datetime(2026, month, 15, 12, 5, tzinfo=UTC)
            assert render_template_string(moment, when=when) == shown
