"""DELETE and PUT for plain HTML forms, which know only GET and POST."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask

VERBS = frozenset({"PUT", "DELETE"})


class Application(Flask):
    """Flask, whose links say the verb where a plain form could not: `url_for(…, _method="PUT")`."""

    def url_for(self, /, endpoint: str, *, _method: str | None = None, **values: Any) -> str:
        """The address, with `_method` in its query if that is what only `VerbOverride` brings."""
        url = super().url_for(endpoint, _method=_method, **values)
        if _method not in VERBS:
            return url
        parts = urlsplit(url)
        query = f"{parts.query}&" if parts.query else ""
        return parts._replace(query=f"{query}_method={_method}").geturl()


class VerbOverride:
    """Middleware: a POST to `…?_method=DELETE` is a DELETE, with all that is checked for one."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Pass the request on under the verb that was meant."""
        if environ["REQUEST_METHOD"] == "POST" and "_method=" in environ.get("QUERY_STRING", ""):
            verb = parse_qs(environ["QUERY_STRING"]).get("_method", [""])[0]
            if verb in VERBS:
                environ["REQUEST_METHOD"] = verb
        return self.application(environ, start_response)
