"""How admins keep the list of municipalities."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.breakouts.models import Room, Round
from app.database import transaction
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.municipalities.models import Municipality
from tests.factories import look_again, make_account

FORM = {"name": "Neustadt", "kind": "Stadt", "state": "Hessen", "cluster": "2"}


@pytest.fixture
def ada(browser, app):
    """An admin."""
    return browser().sign_in(make_account(standing="admin", password_hash="none", name="Ada Admin"))


def names():
    look_again()
    return list(db.session.scalars(select(Municipality.name).order_by(Municipality.name)))


def test_one_is_added_and_changed(ada):
    assert ada.post("/municipalities/new", data=FORM).status_code == 303
    (place,) = db.session.scalars(select(Municipality))
    assert (place.name, place.kind, place.state, place.cluster) == tuple(FORM.values())
    form = {**FORM, "name": "Altstadt", "kind": "Landkreis"}
    assert ada.post(f"/municipalities/{place.id}", data=form).status_code == 303
    assert names() == ["Altstadt"]
    page = ada.get("/municipalities").text
    assert "Altstadt" in page
    assert "Landkreis" in page


def test_a_name_is_there_once(ada, municipality):
    first, second = municipality("Neustadt"), municipality("Altstadt")
    answer = ada.post("/municipalities/new", data=FORM)
    assert answer.status_code == 422
    assert "of this name already" in answer.text
    answer = ada.post(f"/municipalities/{second.id}", data=FORM)
    assert answer.status_code == 422
    assert names() == ["Altstadt", "Neustadt"]
    assert ada.post("/municipalities/new", data={**FORM, "name": " "}).status_code == 422
    assert ada.post(f"/municipalities/{first.id}", data=FORM).status_code == 303


def test_two_that_are_the_same_become_one(ada, municipality, event, join):
    gone, kept = municipality("Neustadt i. H."), municipality("Neustadt")
    member = make_account(municipality_id=gone.id)
    join(event, "Paula", gone)
    answer = ada.post(f"/municipalities/{gone.id}/merge", data={"into": kept.id})
    assert answer.status_code == 303
    assert names() == ["Neustadt"]
    assert db.session.get_one(Account, member.id).municipality_id == kept.id
    assert db.session.scalar(select(Participant.municipality_id)) == kept.id


def test_it_is_not_merged_with_itself(ada, municipality):
    place = municipality("Neustadt")
    municipality("Altstadt")
    for into in (place.id, 9999, "x"):
        ada.post(f"/municipalities/{place.id}/merge", data={"into": into})
    assert names() == ["Altstadt", "Neustadt"]


def test_only_where_nobody_comes_from_it_is_deleted(ada, municipality):
    used, unused = municipality("Neustadt"), municipality("Altstadt")
    make_account(municipality_id=used.id)
    assert ada.delete(f"/municipalities/{used.id}").status_code == 409
    assert ada.delete(f"/municipalities/{unused.id}").status_code == 303
    assert names() == ["Neustadt"]
    assert "only be merged" in ada.get(f"/municipalities/{used.id}").text


def test_nobody_else_does(browser, municipality, account):
    place = municipality("Neustadt")
    for standing in ("member", "organiser"):
        here = browser().sign_in(account(standing=standing, password_hash="none"))
        assert here.get("/municipalities").status_code == 403
        assert here.get(f"/municipalities/{place.id}").status_code == 403
        assert here.post("/municipalities/new", data=FORM).status_code == 403
        assert here.post(f"/municipalities/{place.id}", data=FORM).status_code == 403
        assert here.post(f"/municipalities/{place.id}/merge", data={"into": 1}).status_code == 403
        assert here.delete(f"/municipalities/{place.id}").status_code == 403
    assert browser().post("/municipalities/new", data=FORM).status_code == 401
    assert names() == ["Neustadt"]


def test_a_room_of_a_municipality_follows_it(ada, municipality, event, app):
    gone, kept = municipality("Neustadt i. H."), municipality("Neustadt")
    with transaction() as session:
        item = session.scalar(select(AgendaItem).where(AgendaItem.event_id == event.id).limit(1))
        round_ = Round(event_id=event.id, item_id=item.id, mode="municipality")
        room = Room(round=round_, number=1, title="", municipality_ids=[gone.id, kept.id])
        session.add_all([round_, room])
    ada.post(f"/municipalities/{gone.id}/merge", data={"into": kept.id})
    look_again()
    assert db.session.scalar(select(Room)).municipality_ids == [kept.id]
