"""The routes of composing: whom one can name, what a quote looks like, and one's drafts."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.models import Account
from app.addresses import page_before
from app.composing import actions
from app.composing.places import Begun, begun, parts_of, require_place
from app.composing.queries import drafts_of, people_to_name
from app.composing.references import kinds
from app.database import found, transaction
from app.errors import NeedsSignIn, NotFound
from app.extensions import db
from app.forums.identity import member_about
from app.forums.models import Post
from app.forums.quotes import LONGEST_QUOTE, quote_of
from app.limits import LOOKING_UP, TAPPING, limited
from app.permissions import require
from app.realtime import Stream
from app.responses import done, notice
from app.spaces.identity import present_account, somebody_in
from app.spaces.models import Space

bp = Blueprint("composing", __name__)

LONGEST_QUERY = 60  # characters


@bp.get("/spaces/<int:space_id>/mentions")
@limited(TAPPING, "mentions")
def mentions(space_id: int) -> str:
    """Whose names go on from what was typed, as the options of a list."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "spaces.write", space)
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    offers = people_to_name(space.id, query, member.account_id)
    return render_template("composing/_people.html", offers=offers)


@bp.get("/spaces/<int:space_id>/linkables")
def linkables(space_id: int) -> str:
    """What came out of the space's events and can be linked, by kinds, as a piece of HTML."""
    space = found(Space, space_id)
    require(somebody_in(space), "spaces.write", space)
    offers = [(kind, kind.offer(space.id)) for kind in kinds().values()]
    shown = [(kind, some) for kind, some in offers if some]
    return render_template("composing/_linkables.html", offers=shown)


@bp.get("/posts/<int:post_id>/quote")
def quote(post_id: int) -> Response:
    """A post, or a part of it, as it is quoted in an answer: in Markdown."""
    post = found(Post, post_id)
    require(member_about(post.thread), "forums.write", post.thread)
    if post.is_hidden:
        raise NotFound
    part = request.args.get("part", "")[: 2 * LONGEST_QUOTE]
    return Response(quote_of(post, part), mimetype="text/plain")


@bp.get("/drafts")
def drafts() -> str:
    """What I have begun to write."""
    account = _account()
    mine: list[Begun] = begun(account.id, drafts_of(account.id))
    return render_template("composing/drafts.html", drafts=mine)


@bp.put("/drafts/<place>")
@limited(LOOKING_UP, "drafts")
def save(place: str) -> tuple[str, int]:
    """Keep what is being written; what was sent meanwhile is no draft any more."""
    form = request.form
    with transaction():
        require_place(place)
        account = _account()
        if not _is_sent(account, form.get("key", "")[:64]):
            actions.save_draft(account.id, place, form.get("title", ""), form.get("text", ""))
    return "", 204


def _is_sent(account: Account, key: str) -> bool:
    query = select(Post.id).where(Post.account_id == account.id, Post.key == key)
    return bool(key) and db.session.scalar(query) is not None


@bp.delete("/drafts/<place>")
def discard(place: str) -> AnyResponse:
    """Throw a draft away; it is one's own even where one may no longer write."""
    parts_of(place)
    with transaction():
        actions.discard_draft(_account().id, place)
    gone = [Stream("remove", f"{id}-{place}").markup() for id in ("draft-offer", "draft")]
    back = page_before(otherwise=url_for(".drafts"))
    return done(back, *gone, notice(_("Your draft is discarded.")))


def _account() -> Account:
    account = present_account()
    if account is None:
        raise NeedsSignIn
    return account
