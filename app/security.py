"""Headers, tokens against forgery, and limits that hold for every page."""

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.kept import hole

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# On plain http browsers pass these over; the second with a complaint in the console.
HTTPS_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Attach the headers, and give templates the hidden field of a form."""
    app.after_request(protect)
    app.jinja_env.globals["csrf_field"] = csrf_field
    app.context_processor(lambda: {"csrf_token": csrf_token})  # instead of the library's


def protect(response: Response) -> Response:
    """The answer with the headers that hold for every page."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        kept = "private, no-cache" if request.method == "GET" else "no-store"
        response.headers.setdefault("Cache-Control", kept)
    if current_app.extensions["settings"].is_https:
        for name, value in HTTPS_HEADERS.items():
            response.headers.setdefault(name, value)
    return response


csrf_token = hole(generate_csrf)


@hole
def csrf_field() -> Markup:
    """The hidden token of a form; a broadcast holds none, and the page adds its own."""
    if g.get("broadcast"):
        return Markup()
    g.forms = g.get("forms", 0) + 1
    return Markup('<input type="hidden" name="csrf_token" id="csrf-{}" value="{}">').format(
        g.forms, generate_csrf()
    )
