"""What happens to the list of municipalities; runs inside a transaction."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid
from app.extensions import db
from app.municipalities import usage
from app.municipalities.facts import MunicipalitiesMerged
from app.municipalities.models import Municipality
from app.outbox import announce

TAKEN = _l("There is a municipality of this name already.")


def add_municipality(name: str, *, kind: str, state: str, cluster: str) -> Municipality:
    """A town or district that people can come from; raises `Conflict` if the name is taken."""
    municipality = Municipality(name=name, kind=kind, state=state, cluster=cluster)
    try:
        with db.session.begin_nested():
            db.session.add(municipality)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    return municipality


def change_municipality(
    municipality: Municipality, *, name: str, kind: str, state: str, cluster: str
) -> None:
    """Call it otherwise; raises `Conflict` if the name is taken."""
    try:
        with db.session.begin_nested():
            municipality.name, municipality.kind = name, kind
            municipality.state, municipality.cluster = state, cluster
    except IntegrityError as error:
        raise Conflict(TAKEN) from error


def merge_municipalities(gone: Municipality, kept: Municipality) -> None:
    """Two are the same: who came from the one comes from the other, and the one is gone."""
    if gone.id == kept.id:
        raise Invalid(_l("Please choose another municipality."))
    usage.point_elsewhere(gone, kept)
    announce(MunicipalitiesMerged(kept.id, gone.id))
    db.session.delete(gone)


def delete_municipality(municipality: Municipality) -> None:
    """Take it off the list; raises `Conflict` while somebody comes from there."""
    if usage.used(municipality):
        raise Conflict(_l("People come from there. Please merge it with another one instead."))
    db.session.delete(municipality)
