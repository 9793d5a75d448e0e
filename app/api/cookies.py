"""No cookies in the API: a program speaks for whoever its token names, and for nobody else."""

from typing import Any


class WithoutCookies:
    """Middleware: below `/api/` no cookie comes in, and none goes out."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Pass the request on, without its cookies if it is one to the API."""
        if not environ.get("PATH_INFO", "").startswith("/api/"):
            return self.application(environ, start_response)
        environ.pop("HTTP_COOKIE", None)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "set-cookie"]
            return start_response(status, kept, *rest)

        return self.application(environ, start)
