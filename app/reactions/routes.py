"""Reacting to a post."""

from flask import Blueprint, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.database import found, transaction
from app.forums.identity import member_about
from app.forums.models import Post
from app.forums.subjects import url_of
from app.limits import TAPPING, limited
from app.permissions import require
from app.reactions import actions, broadcasts, queries
from app.reactions.models import Reaction
from app.realtime import View
from app.responses import done

bp = Blueprint("reactions", __name__)


@bp.route("/posts/<int:post_id>/reactions/<kind>", methods=["PUT", "DELETE", "POST"])
@limited(TAPPING, "reactions")
def react(post_id: int, kind: str) -> Response:
    """Say something with one tap, or take it back; a form says by `supported` which of the two."""
    with transaction():
        post = found(Post, post_id)
        member = member_about(post.thread)
        require(member, "reactions.react", post)
        actions.react(post, member, Reaction.called(kind), _is_wanted())
    version = outbox.position(member.channel)
    said = queries.own_reactions(member.account_id, [post.id]).get(post.id, [])
    context = broadcasts.own_context(post.id, said)
    mine = broadcasts.own.stream((member.account_id, post.id), context, View.PERSON, version)
    return done(f"{url_of(post.thread)}#post-{post.id}", mine, _counts(post))


def _counts(post: Post) -> Markup:
    version = outbox.position(post.thread.channel)
    context = {"post": post, "part": queries.counts_of([post])[post.id]}
    return broadcasts.counts.stream(post.id, context, View.SPACE, version)


def _is_wanted() -> bool:
    if request.method == "POST":
        return request.form.get("supported") != "0"
    return request.method == "PUT"
