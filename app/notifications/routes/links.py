"""Links from mails. Mail gateways fetch links ahead: a GET shows a button, its POST acts."""

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.accounts.models import Account
from app.database import transaction
from app.errors import Invalid
from app.extensions import csrf, db
from app.forums import passes
from app.forums.models import Post, Thread
from app.forums.subjects import url_of
from app.limits import LETTERS_TO, opened_by_secret, require_within
from app.notifications import actions, links, queries
from app.notifications.letters import write_new_link
from app.notifications.links import Stop, StopLink
from app.notifications.models import Level, MailLink, Rhythm
from app.notifications.routes import Answer, bp


@bp.get("/m/<secret>")
@opened_by_secret
def link(secret: str) -> Answer:
    """One button; who has pressed it in this browser before, or is signed in, is let through."""
    known = links.link_of(secret)
    place = _open_already(known) if known else None
    if place is not None:
        return redirect(place)
    if known is None or not links.is_good(known):
        return render_template("notifications/link_ended.html", secret=secret), 410
    return render_template("notifications/link.html", secret=secret)


@bp.post("/m/<secret>")
@opened_by_secret
def open_link(secret: str) -> Answer:
    """Use the link up, and let this browser read and answer its thread as its person."""
    with transaction():
        used = links.use_link(secret)
    account = db.session.get(Account, used.account_id) if used else None
    if used is None or account is None or not queries.is_readable(account.id, _thread_id(used)):
        return render_template("notifications/link_ended.html", secret=secret), 410
    if not current_user.is_authenticated:
        passes.hand_out(_thread_id(used), account)
    return redirect(_place(used), 303)


@bp.post("/m/<secret>/renewal")
@opened_by_secret
def renew_link(secret: str) -> Answer:
    """Send a new link to whom the old one was for; the answer is the same if there was none."""
    with transaction():
        known = links.link_of(secret)
        if known is not None and queries.is_readable(known.account_id, _thread_id(known)):
            require_within(LETTERS_TO, "new link", known.hash)
            account = db.session.get_one(Account, known.account_id)
            thread = db.session.get_one(Thread, _thread_id(known))
            write_new_link(account, thread, known.post_id)
    return redirect(url_for(".link_renewed"), 303)


@bp.get("/m/renewed")
def link_renewed() -> str:
    """Where to look for the new link."""
    return render_template("notifications/link_renewed.html")


def _open_already(known: MailLink) -> str | None:
    """The place it leads to, for whom it is open without the link."""
    if current_user.is_authenticated:
        is_theirs = current_user.id == known.account_id
        return _place(known) if is_theirs else None
    thread = db.session.get(Thread, _thread_id(known))
    bearer = passes.bearer_of(thread) if thread is not None else None
    return _place(known) if bearer and bearer.account_id == known.account_id else None


def _place(known: MailLink) -> str:
    post = _post(known)
    if post is not None:
        return url_for("forums.show", post_id=post.id)
    return url_of(db.session.get_one(Thread, known.thread_id))


def _thread_id(known: MailLink) -> int:
    """Where its post stands now: threads are split and merged."""
    post = _post(known)
    return post.thread_id if post is not None else known.thread_id


def _post(known: MailLink) -> Post | None:
    return db.session.get(Post, known.post_id) if known.post_id is not None else None


@bp.get("/notifications/stop/<signed>")
@opened_by_secret
def stop(signed: str) -> str:
    """One button that ends these mails."""
    return _stop_page(signed, links.read_stop_address(signed), done="")


@bp.post("/notifications/stop/<signed>")
@csrf.exempt  # mail programs send this by themselves (RFC 8058); the address is the proof
@opened_by_secret
def stop_now(signed: str) -> str:
    """End them, or more of them, or take that back; whatever else is chosen stays."""
    asked = links.read_stop_address(signed)
    wish = request.form.get("wish", "")
    with transaction():
        if wish == "everything":
            _end_everything(asked.account)
        elif wish == "again":
            _take_back(asked)
        elif wish == "":
            _end(asked)
        else:
            raise Invalid
    return _stop_page(signed, asked, done=wish or "stopped")


def _end(asked: StopLink) -> None:
    if asked.what == Stop.DIGEST:
        actions.keep_preferences(asked.account.id, rhythm=Rhythm.NEVER)
    elif db.session.get(Thread, asked.thread_id) is not None:
        actions.set_thread_level(asked.account.id, asked.thread_id, Level.SILENT)


def _take_back(asked: StopLink) -> None:
    if asked.what == Stop.DIGEST:
        actions.keep_preferences(asked.account.id, rhythm=Rhythm.WEEKLY)
    else:
        actions.set_thread_level(asked.account.id, asked.thread_id, None)


def _end_everything(account: Account) -> None:
    actions.forget_levels(account.id)
    actions.keep_preferences(
        account.id, level=Level.SILENT, rhythm=Rhythm.NEVER, event_digest=False
    )


def _stop_page(signed: str, asked: StopLink, *, done: str) -> str:
    thread = db.session.get(Thread, asked.thread_id) if asked.thread_id else None
    is_theirs = thread is not None and queries.is_readable(asked.account.id, thread.id)
    return render_template(
        "notifications/stop.html",
        signed=signed,
        asked=asked,
        title=thread.title if thread is not None and is_theirs else "",
        done=done,
    )
