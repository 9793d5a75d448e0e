"""What happens to the list of municipalities; runs inside a transaction."""

from app.extensions import db
from app.municipalities.models import Municipality


def add_municipality(name: str, *, kind: str, state: str, cluster: str) -> Municipality:
    """A town or district that people can come from."""
    municipality = Municipality(name=name, kind=kind, state=state, cluster=cluster)
    db.session.add(municipality)
    db.session.flush()
    return municipality
