from datetime import timedelta

import pytest

from app.database import now, transaction
from app.events import actions
from app.events.models import Event, Participant
from app.extensions import db
from app.permissions import Role, SpaceRole
from app.spaces import actions as spaces
from tests.factories import make_account, make_member, make_space


@pytest.fixture
def space(app):
    return make_space("Cluster 1")


@pytest.fixture
def member(space):
    return make_member(space, name="Mia Member")


@pytest.fixture
def coordinator(space):
    return make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator")


def make_event(space, title="Workshop", **changes):
    with transaction():
        event = actions.create_event(title)
        actions.change_event(event, space_id=space.id, **changes)
        return event


def calendar(browser, account, space):
    return browser().sign_in(account).get(f"/spaces/{space.id}/events").text


def test_a_member_joins_with_one_tap_as_themselves(browser, space, member):
    event = make_event(space)
    mia = browser().sign_in(member)
    for page in (f"/spaces/{space.id}", f"/spaces/{space.id}/events"):
        assert f'formaction="/join/{event.code}"' in mia.get(page).text
    assert mia.post(f"/join/{event.code}").location == f"/e/{event.code}"
    person = db.session.query(Participant).one()
    assert (person.account_id, person.name) == (member.id, "Mia Member")
    assert f'formaction="/join/{event.code}"' not in mia.get(f"/spaces/{space.id}").text


def test_events_of_a_space_are_for_its_readers(browser, space):
    make_event(space)
    outsider = make_member(make_space())
    assert browser().sign_in(outsider).get(f"/spaces/{space.id}/events").status_code == 404
    assert browser().get(f"/spaces/{space.id}/events").status_code == 401


def test_what_is_on_comes_first_and_then_what_comes_next(browser, space, member):
    day = timedelta(days=1)
    make_event(space, "Later", starts_at=now() + 9 * day)
    make_event(space, "Undated")
    make_event(space, "Sooner", starts_at=now() + day)
    make_event(space, "Bygone", starts_at=now() - 9 * day)
    running = make_event(space, "Running", starts_at=now() - timedelta(hours=1))
    with transaction():
        actions.join(running, name="Somebody")
    text = calendar(browser, member, space)
    order = ["Running", "Sooner", "Later", "Undated", "Bygone"]
    assert sorted(order, key=text.index) == order
    assert "1 person is there" in text
    front = browser().sign_in(member).get(f"/spaces/{space.id}").text
    assert "Running" in front
    assert "Bygone" not in front


def test_templates_and_other_spaces_events_are_not_listed(browser, space, member):
    make_event(space, "A template", is_template=True)
    make_event(make_space(), "Elsewhere")
    text = calendar(browser, member, space)
    assert "A template" not in text
    assert "Elsewhere" not in text
    assert "No event yet" in text


def create(who, space, title="Workshop", **form):
    data = {"title": title, "language": "de", "template": "", "space": str(space.id), **form}
    return who.post("/events/new", data=data)


def test_coordinators_make_events_in_their_space(browser, space, coordinator):
    cora = browser().sign_in(coordinator)
    assert "Cluster 1" in cora.get(f"/events/new?space={space.id}").text
    assert create(cora, space, starts_at="2027-03-01T10:00").status_code == 303
    event = db.session.query(Event).one()
    assert event.space_id == space.id
    assert event.starts_at.isoformat() == "2027-03-01T09:00:00+00:00"  # in Berlin it is ten
    assert db.session.query(Participant).one().role == Role.MODERATOR
    assert "10:00" in calendar(browser, coordinator, space)


def test_they_make_none_elsewhere(browser, space, coordinator):
    cora = browser().sign_in(coordinator)
    assert create(cora, make_space()).status_code == 422
    assert cora.post("/events/new", data={"title": "Free", "language": "de"}).status_code == 422
    assert db.session.query(Event).count() == 0


def test_members_make_no_events_and_organisers_do_where_they_are(browser, space, member):
    assert create(browser().sign_in(member), space).status_code == 403
    organiser = make_account(name="Otto", standing="organiser", password_hash="x")
    assert create(browser().sign_in(organiser), space).status_code == 422
    with transaction():
        spaces.admit(space, organiser)
    assert create(browser().sign_in(organiser), space).status_code == 303


def test_date_and_space_can_be_changed_by_who_leads(browser, space, coordinator, member):
    cora = browser().sign_in(coordinator)
    create(cora, space)
    event = db.session.query(Event).one()
    form = {"title": "Renamed", "starts_at": "2027-07-01T10:00", "space": ""}
    url = f"/e/{event.code}/details"
    assert "Workshop" in cora.get(url).text
    mia = browser().sign_in(member)
    mia.post(f"/join/{event.code}")
    assert mia.post(url, data=form).status_code == 403
    assert cora.post(url, data=form).status_code == 303
    assert (event.title, event.space_id) == ("Renamed", None)
    assert "2027-07-01T10:00" in cora.get(url).text
