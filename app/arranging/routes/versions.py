"""What a post said before it was edited."""

from flask import render_template, url_for

from app.arranging.routes import bp
from app.arranging.wordings import wordings
from app.database import found
from app.errors import NotFound
from app.forums.identity import member_about
from app.forums.models import Post
from app.forums.versions import versions_of
from app.permissions import can, require
from app.spaces.frame import page_context
from app.spaces.models import Member


@bp.get("/posts/<int:post_id>/versions")
def versions(post_id: int) -> str:
    """The wordings of a post, the latest first."""
    post = found(Post, post_id)
    member = member_about(post.thread)
    require(member, "forums.read", post.thread)
    if post.is_withdrawn or (post.hidden_at and not _may_see_hidden(member, post)):
        raise NotFound
    earlier = [(version.written_at, version.text) for version in versions_of(post)]
    return render_template(
        "arranging/versions.html",
        post=post,
        wordings=wordings([(post.edited_at or post.created_at, post.text), *earlier]),
        back=url_for("forums.show", post_id=post.id),
        **page_context(post.thread.forum.space, member),
    )


def _may_see_hidden(member: Member, post: Post) -> bool:
    return member.wrote(post) or can(member, "forums.arrange", post)
