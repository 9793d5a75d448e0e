"""The words that threads are found by."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.arranging import actions, queries
from app.arranging.forms import TagForm
from app.arranging.routes import bp
from app.arranging.routes.entering import settled
from app.database import found, locked, transaction
from app.errors import Refused
from app.forums.subjects import url_of
from app.forums.tags import LONGEST_TAG, Tag, tags_in_space, tags_of
from app.permissions import can, require
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Member, Space

Answer = str | Response


@bp.get("/threads/<int:thread_id>/tags")
def tags(thread_id: int) -> Answer:
    """The tags of the space, to choose from."""
    thread, member = settled(thread_id)
    carried = {tag.id for tag in tags_of([thread.id]).get(thread.id, [])}
    return render_template(
        "arranging/tags.html",
        thread=thread,
        tags=tags_in_space(member.space_id),
        carried=carried,
        may_add=can(member, "arranging.arrange", thread),
        most=actions.MOST_TAGS,
        longest=LONGEST_TAG,
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )


@bp.post("/threads/<int:thread_id>/tags")
def set_tags(thread_id: int) -> Answer:
    """Choose the tags of a thread; coordinators add new words too."""
    chosen = [int(id) for id in request.form.getlist("tag") if is_number(id)]
    words = [word for word in request.form.get("words", "").split(",") if word.strip()]
    with transaction():
        thread, member = settled(thread_id, held=True)
        if words and not can(member, "arranging.arrange", thread):
            raise Refused
        actions.set_tags(thread, member, chosen, words)
    return redirect(url_of(thread), 303)


@bp.get("/spaces/<int:space_id>/tags")
def space_tags(space_id: int) -> Answer:
    """All tags of a space, to call them differently or take them away."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "spaces.coordinate", space)
    return _space_page(space, member)


@bp.post("/tags/<int:tag_id>")
def rename_tag(tag_id: int) -> Answer:
    """Call a tag by another word."""
    form = TagForm()
    if not form.validate_on_submit():
        space, member = _place_of(found(Tag, tag_id))
        return _space_page(space, member, tag_id, form), 422  # type: ignore[return-value]
    with transaction():
        tag = locked(Tag, tag_id)
        _place_of(tag)
        actions.rename_tag(tag, form.name.data or "")
    return redirect(url_for(".space_tags", space_id=tag.space_id), 303)


@bp.delete("/tags/<int:tag_id>")
def delete_tag(tag_id: int) -> Answer:
    """Take a tag off all threads."""
    with transaction():
        tag = locked(Tag, tag_id)
        space, _member = _place_of(tag)
        actions.delete_tag(tag)
    return redirect(url_for(".space_tags", space_id=space.id), 303)


def _place_of(tag: Tag) -> tuple[Space, Member]:
    space = found(Space, tag.space_id)
    member = somebody_in(space)
    require(member, "spaces.coordinate", space)
    return space, member


def _space_page(
    space: Space, member: Member, tag_id: int | None = None, form: TagForm | None = None
) -> str:
    return render_template(
        "arranging/space_tags.html",
        uses=queries.tag_uses(space.id),
        wrong_id=tag_id,
        form=form,
        **page_context(space, member),
    )
