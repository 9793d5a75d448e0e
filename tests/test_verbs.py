import pytest
from flask import url_for

from app.verbs import VerbOverride


@pytest.fixture
def verb():
    """The verb that the application gets."""

    def of(method, query):
        application = VerbOverride(lambda environ, _start: environ["REQUEST_METHOD"])
        return application({"REQUEST_METHOD": method, "QUERY_STRING": query}, None)

    return of


@pytest.mark.parametrize(
    ("method", "query", "meant"),
    [
        ("POST", "_method=DELETE", "DELETE"),
        ("POST", "a=1&_method=PUT", "PUT"),
        ("POST", "", "POST"),
        ("POST", "_method=GET", "POST"),
        ("POST", "_method=delete", "POST"),
        ("POST", "_method=TRACE", "POST"),
        ("POST", "_method=POST&_method=DELETE", "POST"),
        ("GET", "_method=DELETE", "GET"),
        ("HEAD", "_method=DELETE", "HEAD"),
    ],
)
def test_only_a_post_can_mean_another_verb_and_only_two(verb, method, query, meant):
    assert verb(method, query) == meant


def test_links_say_the_verb_that_a_plain_form_cannot_send(app):
    with app.test_request_context():
        removal = url_for("events.remove", code="ABC234", person_id=3, _method="DELETE")
        assert removal == "/e/ABC234/people/3?_method=DELETE"
        assert url_for("events.lock", code="ABC234") == "/e/ABC234/joining-lock"
        assert url_for("events.unlock", code="ABC234", _method="DELETE", by=1, _anchor="top") == (
            "/e/ABC234/joining-lock?by=1&_method=DELETE#top"
        )


def test_a_plain_form_can_delete(event, moderator):
    moderator.post(f"/e/{event.code}/joining-lock")
    assert event.joining_locked
    answer = moderator.post(f"/e/{event.code}/joining-lock?_method=DELETE")
    assert answer.status_code == 303
    assert not event.joining_locked


def test_what_is_checked_for_a_deletion_is_checked_for_such_a_form(
    event, moderator, forgery_checked
):
    assert moderator.post(f"/e/{event.code}/joining-lock?_method=DELETE").status_code == 422
