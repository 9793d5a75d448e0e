import json

import pytest
from flask_babel import force_locale
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from app.database import transaction
from app.errors import (
    Busy,
    Conflict,
    DomainError,
    Invalid,
    NeedsSignIn,
    NotFound,
    Refused,
    TooMany,
)

STREAMS = {"Accept": "text/vnd.turbo-stream.html"}


@pytest.fixture
def failing(app, monkeypatch):
    """Let the start page, a form and a call of the API fail in some way."""

    def fail(error):
        def raises(**_values):
            raise error

        for endpoint in ("events.home", "events.find", "events.lock"):
            monkeypatch.setitem(app.view_functions, endpoint, raises)

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DomainError, 400),
        (NeedsSignIn, 401),
        (Refused, 403),
        (NotFound, 404),
        (Conflict, 409),
        (Invalid, 422),
        (TooMany, 429),
        (Busy, 503),
    ],
)
def test_each_error_has_its_status_and_a_sentence(browser, failing, error, status):
    failing(error())
    answer = browser().get("/")
    assert answer.status_code == status == error.status
    with force_locale("en"):
        assert str(error.message) in answer.text
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("error", [TooMany, Busy])
def test_who_may_come_again_is_told_when(browser, failing, error):
    failing(error())
    assert browser().get("/").headers["Retry-After"] == str(error.retry_after)


def test_a_live_page_is_told_by_a_notice_and_keeps_its_form(browser, failing):
    failing(Conflict("The poll is <closed>."))
    answer = browser().post("/join", data={"code": "ABC234"}, headers=STREAMS)
    assert answer.status_code == 409
    assert answer.mimetype == "text/vnd.turbo-stream.html"
    assert 'action="notice"' in answer.text
    assert "The poll is &lt;closed&gt;." in answer.text


def test_any_other_page_gives_back_what_was_typed_but_no_secrets(browser, failing):
    failing(Conflict())
    typed = {
        "text": "<b>My words</b>",
        "password": "open sesame",
        "csrf_token": "abcdef",
        "new_password": "open sesame 2",
    }
    answer = browser().post("/join", data=typed)
    assert "&lt;b&gt;My words&lt;/b&gt;" in answer.text
    assert "open sesame" not in answer.text
    assert "abcdef" not in answer.text


def test_a_lost_sign_in_offers_a_way_back_that_keeps_the_text(browser, failing):
    failing(NeedsSignIn())
    typed = {"text": "My long words"}
    page = browser().post("/join", data=typed, headers={"Referer": "http://localhost/e/ABC234"})
    assert "My long words" in page.text
    assert "next=/e/ABC234" in page.text or "next=%2Fe%2FABC234" in page.text
    live = browser().post(
        "/join", data=typed, headers={**STREAMS, "Referer": "https://evil.example/e/ABC234"}
    )
    assert live.status_code == 401
    assert "evil.example" not in live.text


def test_no_log_names_what_somebody_has_typed(browser, failing, caplog):
    said = "duplicate key\nDETAIL:  Key (email)=(mia@town.example) already exists."
    parameters = {"email": "mia@town.example"}
    for error in (IntegrityError, DataError, OperationalError):
        failing(error("INSERT INTO account VALUES (:email)", parameters, Exception(said)))
        browser().get("/")
    assert caplog.text.count("duplicate key") == 3
    assert "mia@" not in caplog.text


def test_nor_does_a_value_that_no_column_holds(browser, failing, caplog):
    said = 'invalid input syntax for type integer: "mia@town.example"'
    failing(DataError("SELECT", {}, Exception(said)))
    assert browser().get("/").status_code == 422
    assert "invalid input syntax for type integer: …" in caplog.text
    assert "mia@" not in caplog.text


def test_a_program_gets_a_problem_in_json(browser):
    answer = browser().get("/api/nowhere")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    problem = json.loads(answer.text)
    assert problem["status"] == 404
    assert problem["title"]


def test_pages_that_do_not_exist_say_so(browser):
    answer = browser().get("/nowhere")
    assert answer.status_code == 404
    assert "does not exist" in answer.text
    assert browser().post("/nowhere").status_code == 404


def test_a_wrong_method_is_told_with_its_own_status(browser):
    assert browser().get("/join").status_code == 405


def test_what_is_too_large_is_refused(browser):
    answer = browser().post("/join", data={"code": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "larger than what can be sent" in answer.text


def test_our_own_faults_are_admitted_without_details(app, browser, failing, caplog):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    failing(ZeroDivisionError("secret detail"))
    answer = browser().get("/")
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status_code == 500
    assert "went wrong on our side" in answer.text
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text


def test_a_busy_database_is_a_moments_patience(browser, failing):
    failing(OperationalError("select", {}, Exception("locked")))
    answer = browser().get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_a_constraint_that_refuses_is_a_conflict(app, browser, monkeypatch, municipality):
    from app.municipalities.models import Municipality

    municipality("Kassel")

    def twice():
        with transaction() as session:
            session.add(Municipality(name="Kassel"))

    monkeypatch.setitem(app.view_functions, "events.home", twice)
    assert browser().get("/").status_code == 409


def test_messages_are_in_the_persons_language(browser):
    import app.failures  # noqa: F401

    english, german = browser("en").get("/nowhere"), browser("de").get("/nowhere")
    assert '<html lang="en"' in english.text
    assert '<html lang="de"' in german.text


@pytest.mark.parametrize("text", ["a\x00b", "\x00"])
def test_characters_that_a_database_cannot_hold_are_no_fault_of_ours(event, participant, text):
    from tests.factories import item_of_kind
    from tests.livepolls.polls import open_poll

    poll = open_poll(event, item_of_kind(event, "poll"))
    answer = participant.post(f"/polls/{poll.id}/concerns", {"text": text, "key": "k"})
    assert answer.status_code in (303, 422)
