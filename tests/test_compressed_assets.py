import gzip
import json
from pathlib import Path

import pytest

KILOBYTE = 1024
BUDGETS = {  # compressed with gzip, as browsers take them on plain http
    "main.css": 20 * KILOBYTE,
    "leading.css": 6 * KILOBYTE,
    "main.js": 41 * KILOBYTE,
    "live.js": 18 * KILOBYTE,
    "discussing.js": 10 * KILOBYTE,
    "moderating.js": 6 * KILOBYTE,
    "planning.js": KILOBYTE,
    "notes.js": 96 * KILOBYTE,  # an editor, and the shared text
    "images/icons.svg": 4 * KILOBYTE,
}
PARTS = ("live.js", "discussing.js", "moderating.js", "notes.js")  # which need more of it


@pytest.fixture
def database():
    return "sqlite"


@pytest.fixture
def main_js(app):
    """The address of a built script, and its text."""
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("main.js")
    return url, (Path(app.static_folder) / url.removeprefix("/static/")).read_bytes()


def test_built_assets_go_compressed_to_whoever_takes_them_so(browser, main_js):
    url, text = main_js
    packed = browser().get(url, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.content_encoding == "gzip"
    assert "Accept-Encoding" in packed.vary
    assert packed.mimetype == "text/javascript"
    assert packed.cache_control.immutable
    assert gzip.decompress(packed.data) == text
    assert packed.content_length < len(text) / 3


def test_the_smaller_form_is_sent_to_whoever_takes_both(browser, main_js):
    url, _text = main_js
    both = browser().get(url, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    gzip_only = browser().get(url, headers={"Accept-Encoding": "gzip, br;q=0"})
    assert (both.content_encoding, gzip_only.content_encoding) == ("br", "gzip")
    assert both.content_length < gzip_only.content_length


def test_whoever_takes_no_compressed_assets_gets_them_plain(browser, main_js):
    url, text = main_js
    plain = browser().get(url, headers={"Accept-Encoding": "identity"})
    assert plain.content_encoding is None
    assert "Accept-Encoding" in plain.vary
    assert plain.data == text


def test_a_compressed_asset_is_asked_about_and_taken_in_parts_as_any_other(browser, main_js):
    url, text = main_js
    takes = {"Accept-Encoding": "gzip"}
    whole = browser().get(url, headers=takes)
    head = browser().head(url, headers=takes)
    assert (head.data, head.content_length) == (b"", whole.content_length)
    part = browser().get(url, headers={**takes, "Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    known = browser().get(url, headers={**takes, "If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    assert known.cache_control.immutable
    plain = browser().get(url, headers={"If-None-Match": whole.headers["ETag"]})
    assert (plain.status_code, plain.data) == (200, text), "its other form is another thing"


@pytest.mark.parametrize("path", ["dist/../../verbs.py", "dist/%00", "dist/nothing.js"])
def test_nothing_else_is_found_by_asking_for_a_compressed_form(browser, path):
    answer = browser().get(f"/static/{path}", headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 404
    assert not answer.cache_control.immutable


@pytest.mark.parametrize("name", BUDGETS)
def test_what_a_phone_has_to_fetch_stays_small(app, browser, name):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"](name)
    answer = browser().get(url, headers={"Accept-Encoding": "gzip"})
    assert answer.content_length <= BUDGETS[name]


def test_parts_of_the_scripts_share_the_one_main_script(app):
    built = Path(app.static_folder) / "dist"
    names = json.loads((built / "manifest.json").read_text())
    for part in PARTS:
        assert f'"./{names["main.js"]}"' in (built / names[part]).read_text()


def test_whoever_is_not_known_needs_no_connection(app, browser, event, participant):
    with app.test_request_context():
        live = app.jinja_env.globals["asset"]("live.js")
    assert live not in browser().get(f"/join/{event.code}").text
    assert live in participant.get(f"/e/{event.code}").text


def test_only_those_who_lead_and_the_screen_fetch_their_styles(
    app, browser, event, participant, moderator
):
    with app.test_request_context():
        leading = app.jinja_env.globals["asset"]("leading.css")
    own = [f"/e/{event.code}{place}" for place in ("", "/me", "/questions", "/results")]
    pages = [browser().get(f"/join/{event.code}"), *map(participant.get, own)]
    theirs = [
        moderator.get(f"/e/{event.code}/{place}") for place in ("cockpit", "remote", "screen")
    ]
    theirs += map(moderator.get, own)
    assert {page.status_code for page in (*pages, *theirs)} == {200}
    assert not any(leading in page.text for page in pages)
    assert all(leading in page.text for page in theirs)
