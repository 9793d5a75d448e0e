"""The routes of municipalities: admins keep the list."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from app.accounts.permissions import require_admin
from app.database import found, locked, transaction
from app.errors import Conflict
from app.municipalities import actions, queries, usage
from app.municipalities.forms import MergeForm, MunicipalityForm
from app.municipalities.models import Municipality

bp = Blueprint("municipalities", __name__, url_prefix="/municipalities")
Answer = str | Response | tuple[str, int]


@bp.get("")
@login_required
def index() -> str:
    """All municipalities, and how many people come from each."""
    require_admin()
    return render_template("municipalities/index.html", rows=queries.with_people())


@bp.route("/new", methods=["GET", "POST"])
@login_required
def add() -> Answer:
    """Add one."""
    require_admin()
    form = MunicipalityForm()
    if form.validate_on_submit():
        try:
            with transaction():
                require_admin()
                actions.add_municipality(**form.columns)
            flash(_("%(name)s is added.", name=form.name.data))
            return redirect(url_for(".index"), 303)
        except Conflict as error:
            form.form_errors = [str(error.message)]
    page = render_template("municipalities/edit.html", form=form, municipality=None)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:municipality_id>", methods=["GET", "POST"])
@login_required
def edit(municipality_id: int) -> Answer:
    """Change one, merge it with another, or delete it."""
    require_admin()
    municipality = found(Municipality, municipality_id)
    form = MunicipalityForm(obj=municipality)
    if form.validate_on_submit():
        try:
            with transaction():
                require_admin()
                actions.change_municipality(locked(Municipality, municipality_id), **form.columns)
            flash(_("%(name)s is saved.", name=form.name.data))
            return redirect(url_for(".index"), 303)
        except Conflict as error:
            form.form_errors = [str(error.message)]
    return _editing(municipality_id, form), 422 if form.is_submitted() else 200


def _editing(municipality_id: int, form: MunicipalityForm) -> str:
    municipality = found(Municipality, municipality_id)
    return render_template(
        "municipalities/edit.html",
        form=form,
        municipality=municipality,
        is_used=usage.used(municipality),
        merge_form=MergeForm(municipality_id, formdata=None),
    )


@bp.post("/<int:municipality_id>/merge")
@login_required
def merge(municipality_id: int) -> Response:
    """Let another one take its place."""
    require_admin()
    form = MergeForm(municipality_id)
    if not form.validate():
        return redirect(url_for(".edit", municipality_id=municipality_id), 303)
    with transaction():
        require_admin()
        gone, kept = _both(municipality_id, form.into.data)
        names = {"gone": gone.name, "kept": kept.name}
        actions.merge_municipalities(gone, kept)
    flash(_("%(gone)s is now %(kept)s.", **names))
    return redirect(url_for(".index"), 303)


def _both(gone_id: int, kept_id: int) -> tuple[Municipality, Municipality]:
    """The two, held in one order, so that two merges cannot wait for each other."""
    held = {id: locked(Municipality, id) for id in sorted({gone_id, kept_id})}
    return held[gone_id], held[kept_id]


@bp.delete("/<int:municipality_id>")
@login_required
def delete(municipality_id: int) -> Response:
    """Take one off the list that nobody comes from."""
    with transaction():
        require_admin()
        municipality = locked(Municipality, municipality_id)
        name = municipality.name
        actions.delete_municipality(municipality)
    flash(_("%(name)s is deleted.", name=name))
    return redirect(url_for(".index"), 303)
