"""The OpenAPI document, made from the table of calls."""

import re
from typing import Any

from app.addresses import MOST_ID
from app.api import calls, shapes
from app.api.calls import Call

INTRODUCTION = """\
Everything that people do in an event, for programs. A call speaks for whoever its token was
issued to, a participant or an account, and may do what that person may do on the pages.

Texts are sent with a `key` of the sender's own choice: sent again under the same key, for
instance because the answer was lost, a text is not written twice."""

DESCRIPTIONS = {200: "As asked.", 201: "Made.", 204: "Done."}
PATH_VALUE = re.compile(r"<(?:(\w+):)?(\w+)>")
PROBLEMS = {
    400: "The body cannot be read as JSON.",
    401: "No valid token came with the call.",
    403: "This person may not do this.",
    404: "There is no such thing, or not for this person.",
    409: "It does not fit the present state, or the key was used for something else.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "A field is missing, wrong, too long or empty; `field` names it.",
    429: "More than is allowed in this time; `Retry-After` says when to come again.",
    503: "The server cannot take this just now; `Retry-After` says when to come again.",
}


def document() -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls.table:
        path = paths.setdefault(path_of(call), {})
        path[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dialograum",
            "version": "1",
            "description": INTRODUCTION,
        },
        "paths": paths,
        "components": {
            "schemas": shapes.named,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def path_of(call: Call) -> str:
    """The path of a call as OpenAPI writes it."""
    return "/api/v1" + PATH_VALUE.sub(r"{\2}", call.rule)


def _operation(call: Call) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": call.name,
        "summary": call.summary,
        "tags": [call.feature],
        "security": [{"token": []}] if call.needs_token else [],
        "responses": {
            **{str(status): _answer(status, shape) for status, shape in call.answers.items()},
            **{str(status): _problem(status) for status in _problems(call)},
        },
    }
    parameters = [_parameter(*found.groups()) for found in PATH_VALUE.finditer(call.rule)]
    parameters += [{"name": n, "in": "query", "schema": {"type": "string"}} for n in call.query]
    if parameters:
        operation["parameters"] = parameters
    if call.body is not None:
        content = {"application/json": call.body.media}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameter(kind: str | None, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    if kind == "int":
        schema = {"type": "integer", "minimum": 1, "maximum": MOST_ID}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _answer(status: int, shape: str | None) -> dict[str, Any]:
    if shape is None:
        return {"description": DESCRIPTIONS[status]}
    schema = {"$ref": f"#/components/schemas/{shape}"}
    return {
        "description": DESCRIPTIONS[status],
        "content": {"application/json": {"schema": schema}},
    }


def _problems(call: Call) -> list[int]:
    statuses = [429]
    if call.needs_token:
        statuses += [401]
    if PATH_VALUE.search(call.rule):
        statuses += [404]
    if call.needs_token:
        statuses += [403]
    if call.body is not None:
        statuses += [400, 413, 415, 422]
    elif call.query:
        statuses += [422]
    if call.method != "GET":
        statuses += [409, 503]
    return sorted(statuses)


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": PROBLEMS[status],
        "content": {"application/problem+json": {"schema": schema}},
    }
