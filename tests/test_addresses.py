from dataclasses import replace

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from app import create_app
from app.addresses import MOST_ID, external_url, lan_address, local_path, public_root
from tests.factories import make_forum, make_member, make_space, make_thread


@pytest.fixture
def settings(app, monkeypatch):
    """Change settings for a test."""

    def change(**changes):
        changed = replace(app.extensions["settings"], **changes)
        monkeypatch.setitem(app.extensions, "settings", changed)

    return change


def test_links_carry_the_public_address_where_one_is_set(app, settings):
    settings(public_url="https://dialog.example.org/")
    with app.test_request_context():
        assert (
            external_url("events.join", code="ABC234") == "https://dialog.example.org/join/ABC234"
        )


def test_links_carry_the_lan_address_where_the_server_listens_to_all(app, settings):
    settings(host="0.0.0.0", port=8123)
    assert public_root() == f"http://{lan_address()}:8123"
    assert not lan_address().startswith("127.")


def test_links_carry_host_and_port_otherwise(app, settings):
    settings(host="127.0.0.1", port=8123)
    assert public_root() == "http://127.0.0.1:8123"


def test_the_host_of_a_request_is_not_believed(app, settings, event, moderator):
    """A forged Host header must not turn up in links that are passed on."""
    settings(public_url="https://dialog.example.org")
    forged = {"Host": "evil.example", "Cookie": moderator.browser.cookie()}
    anybody = app.test_client(use_cookies=False)  # whose cookies are not kept to one host
    page = anybody.post(f"/e/{event.code}/return-link", headers=forged).text
    assert "https://dialog.example.org/return/" in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/e/ABC234", True),
        ("/", True),
        ("/a?b=c#d", True),
        ("", False),
        (None, False),
        ("https://evil.example", False),
        ("//evil.example", False),
        ("/\\evil", False),
        ("/\t/evil.example", False),
        ("e/ABC234", False),
    ],
)
def test_a_local_path_never_leads_to_another_host(path, kept):
    assert local_path(path) == (path if kept else "/")


@pytest.mark.parametrize("id", [MOST_ID + 1, 10**30, -1])
def test_a_number_that_no_database_can_hold_is_a_page_that_does_not_exist(event, moderator, id):
    assert moderator.get(f"/e/{event.code}/items/{id}").status_code == 404
    assert moderator.post(f"/concerns/{id}/support").status_code == 404
    assert moderator.get(f"/e/{event.code}/items/{MOST_ID}").status_code == 404


def test_an_impossible_number_in_a_form_is_the_forms_fault(event, moderator):
    answer = moderator.post(f"/e/{event.code}/step", {"item": "9" * 30})
    assert answer.status_code in (404, 422)


def test_proxies_are_trusted_only_where_the_operator_says_so(app, tmp_path):
    assert not isinstance(app.wsgi_app, ProxyFix)
    behind = create_app({"INSTANCE_PATH": str(tmp_path), "TRUSTED_PROXIES": "1"})

    @behind.get("/whoami")
    def whoami():
        from app.addresses import client_address

        return client_address()

    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    assert behind.test_client().get("/whoami", headers=forwarded).text == "192.0.2.7"


def test_a_script_that_follows_a_redirect_is_told_the_place_once_more(browser, app):
    space = make_space()
    member = make_member(space)
    thread = make_thread(make_forum(space), member)
    post = thread.last_post_id
    here, address = browser().sign_in(member), f"/threads/{thread.id}?at={post}"
    plain = here.get(f"/posts/{post}")
    assert plain.location == f"{address}#post-{post}"
    asked = here.get(f"/posts/{post}", headers={"X-Turbo-Request-Id": "1"})
    assert asked.location == f"{address}&goal=post-{post}#post-{post}"
