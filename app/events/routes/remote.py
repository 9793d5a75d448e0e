"""The remote for the presenter's phone, and the link that brings it there."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import external_url
from app.database import transaction
from app.events import actions, remote
from app.events.identity import participant_in, somebody_in
from app.events.routes import bp
from app.events.routes.cockpit import moderated, qr_image
from app.events.routes.joining import continue_as, whose
from app.identity import TokenKind, use_up, valid_token
from app.limits import opened_by_secret
from app.realtime.audiences import View


@bp.get("/e/<code>/remote")
def remote_page(code: str) -> str:
    """Next, back, the time, and the cards that can be shown: all under one thumb."""
    event = moderated(code)
    version = outbox.position(event.channel)
    context = remote.page_context(event)
    me = participant_in(event)
    return render_template(
        "events/remote.html", **context, me=me, version=version, view=View.REMOTE
    )


@bp.get("/e/<code>/remote-link")
def remote_link(code: str) -> str:
    """What the remote is, and the button that makes a link to it."""
    return render_template("events/remote_link.html", event=moderated(code), link="")


@bp.post("/e/<code>/remote-link")
def new_remote_link(code: str) -> str:
    """A personal link that opens the remote on one phone, once; earlier ones stop working."""
    with transaction():
        event = moderated(code)
        secret = actions.new_remote_link(somebody_in(event))
    link = external_url("events.open_remote", secret=secret)
    return render_template("events/remote_link.html", event=event, link=link, qr=qr_image(link))


@bp.route("/remote/<secret>", methods=["GET", "POST"])
@opened_by_secret
def open_remote(secret: str) -> str | Response:
    """The link to the moderator's phone: GET shows one button, which uses it up."""
    if request.method == "GET":
        person = whose(valid_token(secret, TokenKind.REMOTE))
        return render_template("events/return.html", person=person, event=person.event, secret="")
    with transaction():
        token = valid_token(secret, TokenKind.REMOTE)
        person = whose(token if token and use_up(token) else None)
    continue_as(person)
    return redirect(url_for(".remote_page", code=person.event.code), 303)
