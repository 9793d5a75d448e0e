"""Every address of the application, asked by everybody in and out of a closed group.

The table of `rules` says who may; the world holds a real thing for every placeholder.
"""

from urllib.parse import unquote_plus

import pytest
from markupsafe import escape
from sqlalchemy import func, select

from app.database import Base
from app.extensions import db
from tests.factories import look_again
from tests.security.rules import (
    ACCOUNT,
    ANYBODY,
    AUTHOR,
    CENTRE,
    EVENT,
    OF_ENDPOINTS,
    RANKS,
    READER,
    STANDING,
    STEWARD,
    rule_of,
)
from tests.security.world import FORM, INSIDE, OUTSIDE, SECRET, SECRETS, make_world

ALL_OUTSIDE = ("nobody", "guest", *OUTSIDE)
OF_A_SPACE = {*RANKS, AUTHOR, CENTRE}
CALLS = {"api.forums_start": ("title", "text", "key")}
# Admins see what a group is called and who is in it, and mails that no mail server takes away.
FOR_ADMINS = {"mail.outbox", "spaces.administration", "spaces.people"}
LASTING = {"outbox_entry", "channel"}


@pytest.fixture
def world(app, browser, indexed_at_once):
    return make_world(app, browser)


def routes(app, *rules):
    """Method and rule of every route that one of these rules is for, by endpoint."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if rule_of(rule.endpoint) in rules:
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, rule


def ask(app, world, browser, method, rule, token="made-up"):
    """Send what the route could take, so that nothing but the person is a reason to refuse."""
    values = {name: world.value(rule, name) for name in rule.arguments}
    with app.test_request_context():
        if method == "GET" and rule.endpoint == "forums.note_without_script":
            values["post"] = world.values["post_id"]
        url = app.url_for(rule.endpoint, **values)
    if rule.endpoint.startswith("api."):
        known = CALLS.get(rule.endpoint, ("text", "key"))
        json = None if method == "GET" else {name: FORM[name] for name in known}
        headers = {"Authorization": f"Bearer {token}"}
        return browser.open(url, method=method, json=json, headers=headers)
    others = {"into": world.values["other_thread_id"], "forum": world.values["other_forum_id"]}
    return browser.open(url, method=method, data=None if method == "GET" else {**FORM, **others})


def tells(answer):
    """Whether it says anything of what the group keeps to itself."""
    return any(secret.encode() in answer.data for secret in SECRETS)


def everything():
    """How many rows each table has."""
    look_again()
    tables = [table for name, table in Base.metadata.tables.items() if name not in LASTING]
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in tables)
    names = [table.name for table in tables]
    return dict(zip(names, db.session.execute(select(*counts)).one(), strict=True))


def test_every_route_has_a_rule_and_every_rule_a_route(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {endpoint for endpoint in endpoints if rule_of(endpoint) is None} == set()
    assert set(OF_ENDPOINTS) - endpoints == set()


def test_whoever_is_outside_gets_nothing_of_a_closed_group(app, world, subtests):
    for who in ALL_OUTSIDE:
        with subtests.test(who):
            gets_nothing(app, world, who)


def gets_nothing(app, world, who):
    browser, token, before = world.browser(who), world.token(who), everything()
    asked = 0
    for method, rule in routes(app, *OF_A_SPACE):
        if who == "admin" and (rule_of(rule.endpoint) == STEWARD or rule.endpoint in FOR_ADMINS):
            continue
        answer = ask(app, world, browser, method, rule, token)
        wanted = (302, 401, 404) if who in ("nobody", "guest") else (404,)
        assert answer.status_code in wanted, f"{method} {rule} for {who}: {answer.status_code}"
        assert not tells(answer), f"{method} {rule} tells {who}"
        asked += 1
    assert asked > 80
    assert everything() == before


def test_no_other_page_tells_an_outsider_anything_of_it(app, world, subtests):
    for who in ALL_OUTSIDE:
        with subtests.test(who):
            is_told_nothing(app, world, who)


def is_told_nothing(app, world, who):
    browser = world.browser(who)
    for method, rule in routes(app, ANYBODY, ACCOUNT, STANDING, EVENT):
        if method == "GET" and not (who == "admin" and rule.endpoint in FOR_ADMINS):
            answer = ask(app, world, browser, method, rule)
            assert not tells(answer), f"{rule} tells {who}"
            # No publisher runs beside this test, and readiness says so.
            assert answer.status_code < 500 or rule.endpoint == "observability.ready", rule
    token = world.token(who)
    for query in (SECRET, SECRET.lower(), SECRET[:7], f"{SECRET}x", f'"{SECRET}"'):
        assert SECRET not in found(browser, query, token), f"search tells {who}"


def found(browser, query, token):
    """What a search shows, without the question itself."""
    bearer = {"Authorization": f"Bearer {token}"}
    text = browser.get("/search", query_string={"q": query}).text
    text += browser.get("/api/v1/search", query_string={"q": query}, headers=bearer).text
    text = unquote_plus(unquote_plus(text))  # addresses that lead back here
    return text.replace(query, "").replace(str(escape(query)), "")


def test_whoever_is_inside_may_what_their_role_says_and_no_more(app, world, subtests):
    for who in INSIDE:
        with subtests.test(who):
            may_what_their_role_says(app, world, who)


def may_what_their_role_says(app, world, who):
    browser, token = world.browser(who), world.token(who)
    for method, rule in routes(app, *RANKS):
        may = RANKS[who] >= RANKS[rule_of(rule.endpoint)]
        if may and method != "GET":
            continue  # what it then does is for the tests of its feature
        answer = ask(app, world, browser, method, rule, token)
        wanted = (200, 204, 302, 303) if may else (403, 404)
        assert answer.status_code in wanted, f"{method} {rule} for {who}: {answer.status_code}"


def test_what_is_its_authors_or_the_centres_is_not_for_others(app, world, subtests):
    for who in ("reader", "member"):
        with subtests.test(who):
            may_nothing_of_authors_or_the_centre(app, world, who)


def may_nothing_of_authors_or_the_centre(app, world, who):
    browser, before = world.browser(who), everything()
    for method, rule in routes(app, AUTHOR, CENTRE):
        answer = ask(app, world, browser, method, rule)
        assert answer.status_code in (403, 404), f"{method} {rule} for {who}"
    assert everything() == before


def test_a_reader_changes_nothing_that_others_see(app, world):
    browser, token = world.browser("reader"), world.token("reader")
    for method, rule in routes(app, *OF_A_SPACE):
        if method != "GET" and rule_of(rule.endpoint) != READER:
            answer = ask(app, world, browser, method, rule, token)
            assert answer.status_code in (403, 404), rule


def test_no_channel_of_it_is_heard_outside(app, world, subtests):
    for who in ALL_OUTSIDE:
        with subtests.test(who):
            for channel in (*world.channels, world.reports):
                assert not world.hears(who, channel), f"{who} hears {channel}"


def test_its_channels_are_heard_inside(app, world, subtests):
    for who in INSIDE:
        with subtests.test(who):
            for channel in world.channels:
                assert world.hears(who, channel), f"{who} does not hear {channel}"
            assert world.hears(who, world.reports) == (who == "coordinator")


def test_no_mail_tells_anybody_outside(app, world):
    told = world.letters()
    inside = {world.account(who).email for who in (*INSIDE, "author", "second", "centre")}
    inside.add("new@example.org")  # who is invited
    assert {mail.recipient for mail in told if SECRET in mail.text + mail.subject} <= inside
    assert told


def test_whoever_has_left_holds_nothing_any_more(app, world, subtests):
    """Not even with the addresses that they were given."""
    for who in INSIDE:
        with subtests.test(who):
            holds_nothing_once_gone(world, who)


def holds_nothing_once_gone(world, who):
    addresses = world.addresses_given_to(who)
    assert addresses
    for address in addresses:
        assert world.browser("nobody").get(address).status_code == 200
    world.let_go(who)
    for address in addresses:
        browser = world.browser("nobody")
        in_mail = address.startswith("/m/")  # there a GET shows no more than a button
        answer = browser.post(address) if in_mail else browser.get(address)
        assert SECRET not in answer.text
        assert answer.status_code == (410 if in_mail else 404), address


def test_a_group_that_becomes_private_is_hidden_from_all_who_read_it(app, world):
    world.set_privacy(False)
    browser = world.browser("sibling")
    readable = [(m, r) for m, r in routes(app, READER) if m == "GET"]
    token = world.token("sibling")
    seen = [ask(app, world, browser, method, rule, token).status_code for method, rule in readable]
    assert seen.count(200) > 5
    assert SECRET in browser.get("/search", query_string={"q": SECRET[:7]}).text
    world.set_privacy(True)
    for method, rule in readable:
        assert ask(app, world, browser, method, rule, token).status_code == 404, rule
    assert SECRET not in found(browser, SECRET[:7], token)
