"""The OpenAPI document: complete, valid, and true."""

import contextvars

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api import calls, openapi
from app.api.routes import bp
from app.ballots.queries import ballot_of
from app.database import transaction
from app.events import actions

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
UNWRITTEN = {"HEAD", "OPTIONS"}


@pytest.fixture
def database():
    return "sqlite"


def test_the_document_is_valid(app, program):
    answer = program().get("/openapi.json")
    assert answer.status_code == 200
    OpenAPIV31SpecValidator(answer.json).validate()


def test_every_route_is_in_the_document_and_no_other(app):
    routed = {
        (method, openapi.PATH_VALUE.sub(r"{\2}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - UNWRITTEN
    }
    document = openapi.document()["paths"]
    described = {(method.upper(), path) for path in document for method in document[path]}
    assert routed == described
    assert all(
        rule.endpoint.startswith(f"{bp.name}.")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    )


@pytest.mark.parametrize("call", [c for c in calls.table if c.body], ids=lambda call: call.name)
def test_the_example_of_a_body_is_taken(app, call):
    read = call.body.read(call.body.example)
    assert set(read) == set(call.body.example)


def test_every_call_says_what_it_does(app):
    for call in calls.table:
        assert call.summary.endswith("."), call.name
    assert len({call.name for call in calls.table}) == len(calls.table)


@pytest.fixture
def there(event, open_poll, leader, enter):
    """The ids of things that exist, by their names in paths."""
    cem, bob = enter(event, "Cem"), enter(event, "Bob")
    said = {"text": "Something", "key": "1"}
    ids = {"code": event.code, "poll_id": open_poll, "participant_id": bob.person.id}
    ids["concern_id"] = cem.post(f"/polls/{open_poll}/concerns", said).json["id"]
    ids["question_id"] = cem.post(f"/events/{event.code}/questions", said).json["id"]
    leader.post(f"/polls/{open_poll}/closure")
    wanted = {"aspects": [{"title": "Topic", "concerns": [ids["concern_id"]]}]}
    aspects = leader.put(f"/polls/{open_poll}/aspects", wanted).json["aspects"]
    ids["aspect_id"] = aspects[0]["id"]
    made = cem.post(f"/aspects/{ids['aspect_id']}/proposals", said)
    ids["proposal_id"] = made.json["id"]
    cem.post(f"/proposals/{ids['proposal_id']}/comments", said)
    with transaction():
        vote = actions.add_item(event, "choice", "Vote", settings={"options": ["A", "B"]})
        ids["ballot_id"] = ballot_of(vote).id
        item = actions.add_item(event, "breakout", "Round", settings={"mode": "self_select"})
    step = leader.put(f"/events/{event.code}/step", {"step": item.id}).json["step"]
    ids["round_id"] = step["round"]
    rooms = leader.get(f"/rounds/{step['round']}").json["rooms"]
    ids["room_id"] = rooms[0]["id"]
    bob.put(f"/rounds/{step['round']}/me", {"room": rooms[0]["id"]})
    return ids, {"leader": leader, "bob": bob}


@pytest.mark.parametrize("who", ["leader", "bob"])
def test_whatever_is_sent_no_call_fails(app, there, who):
    """Guessed values, and some that exist: nothing fails, and the document tells the truth."""
    ids, callers = there
    bears = {"Authorization": f"Bearer {callers[who].token}", "Accept-Encoding": "identity"}

    def check(case):
        for name in ids.keys() & case.path_parameters.keys():
            if sum(str(case.path_parameters[name]).encode()) % 4:
                case.path_parameters[name] = ids[name]
        answer = contextvars.Context().run(case.call, headers=bears)
        case.validate_response(answer, checks=CHECKS)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        cases = found.ok().as_strategy()
        settings(max_examples=10, phases=[Phase.generate], database=None)(given(cases)(check))()
