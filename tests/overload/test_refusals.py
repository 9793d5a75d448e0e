"""What is too much is sent away: calmly, in one's language, and without losing a word."""

import io

import pytest

from tests.browsers import STREAMS

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def crowded(app, monkeypatch):
    """Nobody gets a turn."""
    turns = app.extensions["turns"]
    for line in (turns.pages, turns.submissions):
        monkeypatch.setattr(line, "most", 0)
    return turns


@pytest.mark.parametrize(
    ("language", "words"), [("en", "tries again by itself"), ("de", '<html lang="de"')]
)
def test_a_page_comes_again_by_itself(browser, crowded, language, words):
    answer = browser(language).get("/")
    assert answer.status_code == 503
    seconds = int(answer.headers["Retry-After"])
    assert 2 <= seconds <= 6
    assert f'<meta http-equiv="refresh" content="{seconds}">' in answer.text
    assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"]


def test_the_language_that_somebody_has_chosen_holds(browser, crowded, monkeypatch):
    client = browser("en")
    with client.session_transaction() as session:
        session["language"] = "de"
    assert '<html lang="de"' in client.get("/").text


def test_saying_no_asks_no_database(browser, account, crowded, statements):
    client = browser().sign_in(account())
    statements.clear()
    for _ in range(3):
        assert client.get("/").status_code == 503
    assert client.post("/join", data={"code": "x"}, headers={"Accept": STREAMS}).status_code == 503
    assert client.post("/join", data={"code": "my words"}).status_code == 503
    assert statements == []


def test_what_was_typed_without_a_script_comes_back_and_can_be_sent_again(browser, crowded):
    typed = {"text": "My <b>long</b> words", "key": "k1", "csrf_token": "t1"}
    answer = browser().post("/polls/1/concerns", data=typed)
    assert answer.status_code == 503
    assert "My &lt;b&gt;long&lt;/b&gt; words" in answer.text
    assert 'action="/polls/1/concerns"' in answer.text
    assert 'name="key" value="k1"' in answer.text
    assert "http-equiv" not in answer.text


def test_a_password_is_not_given_back(browser, crowded):
    answer = browser().post("/sign-in", data={"email": "a@b.example", "password": "open sesame"})
    assert answer.status_code == 503
    assert "open sesame" not in answer.text


def test_a_live_page_and_a_program_are_told_in_their_own_ways(browser, crowded):
    live = browser().post("/join", data={"code": "x"}, headers={"Accept": STREAMS})
    assert (live.status_code, live.mimetype) == (503, "text/vnd.turbo-stream.html")
    called = browser().get("/api/v1/polls/1")
    assert (called.status_code, called.mimetype) == (503, "application/problem+json")
    assert called.headers["Retry-After"]


@pytest.mark.parametrize("path", ["/health", "/static/images/nothing.svg"])
def test_some_things_need_no_turn(browser, crowded, path):
    assert browser().get(path).status_code in (200, 404)


def test_a_body_is_read_before_the_turn_begins(app, browser, monkeypatch, event, participant):
    """Whoever sends slowly holds nobody up."""
    turns = app.extensions["turns"]
    seen = []

    class Slow(io.BytesIO):
        def read(self, *length):
            seen.append(turns._working)
            return super().read(*length)

    body = b"code=ABC234"
    environ = {"wsgi.input": Slow(body), "CONTENT_LENGTH": str(len(body))}
    browser().post(
        "/join", environ_overrides=environ, content_type="application/x-www-form-urlencoded"
    )
    assert seen
    assert set(seen) == {0}


def test_every_turn_ends(app, browser, event, participant):
    participant.get(f"/e/{event.code}")
    participant.post("/nowhere", {"text": "x"})
    browser().get("/nowhere")
    assert app.extensions["turns"]._working == 0
