"""The description of the API itself."""

from typing import Any

from app.api import openapi
from app.api.calls import call


@call("GET", "/openapi.json", {200: "Document"}, needs_token=False)
def document() -> dict[str, Any]:
    """This document."""
    return openapi.document()
