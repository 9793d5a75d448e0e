"""Two municipalities turn out to be one: the rooms of the one are the other's."""

from sqlalchemy import select

from app.breakouts.models import Room
from app.extensions import db
from app.municipalities.facts import MunicipalitiesMerged
from app.outbox import follows


@follows(MunicipalitiesMerged)
def _merged(fact: MunicipalitiesMerged) -> None:
    for room in db.session.scalars(select(Room)):
        if fact.gone_id in room.municipality_ids:
            ids = [fact.kept_id if id == fact.gone_id else id for id in room.municipality_ids]
            room.municipality_ids = list(dict.fromkeys(ids))
