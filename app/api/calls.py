"""The table of calls: what Flask routes is what the OpenAPI document lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response

from app.api import tokens
from app.api.bodies import Body, read_body
from app.limits import READING, limited

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(tokens.present)

View = Callable[..., Any]


@dataclass(frozen=True)
class Call:
    """One call: where it is, what it takes, and what it answers when all is well."""

    method: str
    rule: str  # as Flask writes it, below /api/v1
    name: str
    summary: str
    feature: str
    body: Body | None
    answers: Mapping[int, str | None]  # the name of a shape by status, None for no content
    needs_token: bool
    query: Sequence[str] = ()  # what may stand behind the question mark, as texts


table: list[Call] = []


def call(
    method: str,
    rule: str,
    answers: Mapping[int, str | None],
    *,
    body: Body | None = None,
    limit: str = READING,
    needs_token: bool = True,
    query: Sequence[str] = (),
) -> Callable[[View], View]:
    """Mark the function that answers a call; it gets what was in the path, and the body's values.

    Its docstring is the summary, and its module the feature, in the OpenAPI document.
    """

    def register(view: View) -> View:
        feature = view.__module__.rpartition(".")[2]
        name = f"{feature}_{view.__name__}"
        summary = (view.__doc__ or "").splitlines()[0]
        asked = (body, answers, needs_token, query)
        table.append(Call(method, rule, name, summary, feature, *asked))
        checked = _checked(view, body, needs_token)
        bp.add_url_rule(rule, name, limited(limit, f"api {name}")(checked), methods=[method])
        return view

    return register


def _checked(view: View, body: Body | None, needs_token: bool) -> View:
    @wraps(view)
    def answer(**path: Any) -> Any:
        if needs_token:
            tokens.require_token()
        if body is not None:
            path["body"] = read_body(body)
        return view(**path)

    return answer


@bp.after_request
def _name_the_scheme(response: Response) -> Response:
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
