"""What machines ask: is the process alive, may it be sent requests, how is it."""

import hmac

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.errors import NotFound
from app.observability.readiness import Readiness
from app.observability.readings import Everything

RETRY_AFTER = "2"

bp = Blueprint("observability", __name__)


@bp.get("/health")
def health() -> dict[str, bool]:
    """Whether this process answers; it asks nobody else."""
    return {"ok": True}


@bp.get("/ready")
def ready() -> tuple[dict[str, object], int, dict[str, str]]:
    """Whether this process should be sent people, and if not, why."""
    readiness: Readiness = current_app.extensions["readiness"]
    obstacles = readiness.obstacles()
    if obstacles:
        return {"ready": False, "waiting_for": obstacles}, 503, {"Retry-After": RETRY_AFTER}
    return {"ready": True}, 200, {}


@bp.get("/metrics")
def metrics() -> Response:
    """The metrics of this process, for whoever has the token that the operator has set."""
    token = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token is None:
        raise NotFound
    if not hmac.compare_digest(given.encode(), token.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return Response(generate_latest(Everything(app)), content_type=CONTENT_TYPE_LATEST)
