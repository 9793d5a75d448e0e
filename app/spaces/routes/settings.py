"""Making a space, and setting it up."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import locked, transaction
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.forms import SettingsForm, SpaceForm
from app.spaces.frame import page_context
from app.spaces.identity import member_in, present_account, steward_of
from app.spaces.models import Joining, Space, SpaceKind
from app.spaces.permissions import require_founder
from app.spaces.routes import Answer, bp
from app.spaces.routes.front import held, stewarded


@bp.route("/spaces/new", methods=["GET", "POST"])
def new() -> Answer:
    """A programme, or a group of its own."""
    require_founder(present_account())
    return _make(None)


@bp.route("/spaces/<int:space_id>/new", methods=["GET", "POST"])
def new_below(space_id: int) -> Answer:
    """A space below this one."""
    return _make(stewarded(space_id))


def _make(parent: Space | None) -> Answer:
    form = SpaceForm(parent)
    if not form.validate_on_submit():
        page = render_template("spaces/new.html", form=form, parent=parent)
        return page, 422 if form.is_submitted() else 200
    parent_id = parent.id if parent else None
    with transaction():
        parent = locked(Space, parent_id, shared=True) if parent_id else None
        founder = steward_of(parent) if parent else require_founder(present_account())
        space = actions.create_space(
            form.name.data or "",
            SpaceKind(form.kind.data),
            parent,
            is_private=form.is_private,
            allows_readers=bool(form.allows_readers.data),
            description=form.description.data or "",
        )
        actions.change_space(space, joining=Joining(form.joining.data), accent=form.accent.data)
        actions.admit(space, founder, SpaceRole.COORDINATOR)
    flash(_("%(space)s is made, and you coordinate it. Now invite its people.", space=space.name))
    return redirect(url_for(".invitations", space_id=space.id), 303)


@bp.route("/spaces/<int:space_id>/settings", methods=["GET", "POST"])
def settings(space_id: int) -> Answer:
    """What the space is called, and who may come in and read."""
    space = stewarded(space_id)
    privacy = "private" if space.is_private else "open"
    form = SettingsForm(obj=space, privacy=privacy, joining=space.joining.value)
    if not form.validate_on_submit():
        context = page_context(space, member_in(space))
        page = render_template("spaces/settings.html", **context, form=form)
        return page, 422 if form.is_submitted() else 200
    with transaction():
        _save(held(space_id), form)
    flash(_("The settings are saved."))
    return redirect(url_for(".settings", space_id=space_id), 303)


def _save(space: Space, form: SettingsForm) -> None:
    actions.change_space(
        space,
        name=form.name.data,
        description=form.description.data or "",
        joining=Joining(form.joining.data),
        accent=space.accent if space.parent_id else form.accent.data,
    )
    if form.is_private != space.is_private:
        actions.set_privacy(space, form.is_private)
    if bool(form.allows_readers.data) != space.allows_readers:
        actions.allow_readers(space, bool(form.allows_readers.data))


@bp.post("/spaces/<int:space_id>/archive")
def archive(space_id: int) -> Response:
    """Close the space: it can still be read."""
    with transaction():
        actions.archive(held(space_id), True)
    flash(_("The space is archived: it can be read, and is in no list any more."))
    return redirect(url_for(".settings", space_id=space_id), 303)


@bp.delete("/spaces/<int:space_id>/archive")
def revive(space_id: int) -> Response:
    """Take the space up again."""
    with transaction():
        actions.archive(held(space_id), False)
    flash(_("The space is in use again."))
    return redirect(url_for(".settings", space_id=space_id), 303)
