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


def test_whatever_is_sent_no_call_fails(app, event, leader, open_poll):
    """Guessed values, and some that exist: nothing fails, and the document tells the truth."""
    leads = {"Authorization": f"Bearer {leader.token}"}
    there = {"code": event.code, "poll_id": open_poll}

    def check(case):
        for name in there.keys() & case.path_parameters.keys():
            if len(str(case.path_parameters[name])) % 2:
                case.path_parameters[name] = there[name]
        answer = contextvars.Context().run(case.call, headers=leads)
        case.validate_response(answer, checks=CHECKS)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        cases = found.ok().as_strategy()
        settings(max_examples=12, phases=[Phase.generate], database=None)(given(cases)(check))()
