from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import by_email
from app.database import now, transaction
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.models import Invitation, Membership
from app.spaces.retention import drop_old_invitations
from tests.factories import make_account, make_member, make_municipality
from tests.spaces.conftest import HASH, PASSWORD


def invite(who, space, email="ida@example.org", **more):
    form = {"email": email, "name": "Ida Invited", "role": "member", "language": "de", **more}
    return who.post(f"/spaces/{space.id}/invitations", data=form)


def accept(browser, link, **form):
    form = {"name": "Ida Ivers", "new_password": PASSWORD, **form}
    return browser.post(link, data=form)


def role(space, email):
    account = by_email(email)
    row = db.session.get(Membership, (space.id, account.id)) if account else None
    return row.role if row else None


@pytest.fixture
def cora(browser, coordinator):
    return browser().sign_in(coordinator)


@pytest.fixture
def link(cora, cluster, letters, link_in):
    assert invite(cora, cluster).status_code == 303
    return link_in(letters()[-1])


def test_an_invitation_is_a_letter_and_no_account(cora, cluster, letters):
    assert invite(cora, cluster, " Ida@Example.org ").status_code == 303
    (letter,) = letters()
    assert (letter.recipient, letter.language) == ("ida@example.org", "de")
    assert "Cora Coordinator" in letter.text
    assert "Cluster 1" in letter.subject
    assert by_email("ida@example.org") is None
    assert "Ida Invited" in cora.get(f"/spaces/{cluster.id}/invitations").text


def test_who_has_no_account_comes_in_with_a_name_and_a_password(browser, cluster, link):
    ida = browser()
    page = ida.get(link).text
    assert "Cluster 1" in page
    assert "Ida Invited" in page
    assert accept(ida, link).location == f"/spaces/{cluster.id}"
    assert ida.get(f"/spaces/{cluster.id}").status_code == 200
    assert by_email("ida@example.org").name == "Ida Ivers"
    assert role(cluster, "ida@example.org") == SpaceRole.MEMBER
    signing = {"email": "ida@example.org", "password": PASSWORD}
    assert browser().post("/sign-in", data=signing).status_code == 303


def test_looking_at_the_link_uses_nothing_up(browser, link):
    for _ in range(3):
        assert browser().get(link).status_code == 200
    assert accept(browser(), link, new_password="short").status_code == 422
    assert accept(browser(), link).status_code == 303


def test_a_used_link_leads_to_the_space_and_makes_nothing(browser, cluster, link):
    accept(browser(), link)
    assert accept(browser(), link, name="Eve").location == f"/spaces/{cluster.id}"
    assert browser().get(link).location == f"/spaces/{cluster.id}"
    assert by_email("ida@example.org").name == "Ida Ivers"


def test_who_has_an_account_accepts_with_one_button(browser, cora, cluster, letters, link_in):
    known = make_account("ida@example.org", name="Ida Known", password_hash=HASH)
    invite(cora, cluster)
    link = link_in(letters()[-1])
    ida = browser().sign_in(known)
    assert "new_password" not in ida.get(link).text
    assert ida.post(link).location == f"/spaces/{cluster.id}"
    assert role(cluster, "ida@example.org") == SpaceRole.MEMBER


def test_accepting_signs_nobody_in_who_has_an_account(browser, cora, cluster, letters, link_in):
    make_account("ida@example.org", name="Ida Known", password_hash=HASH)
    invite(cora, cluster)
    stranger = browser()
    answer = stranger.post(link_in(letters()[-1]))
    assert answer.location.startswith("/sign-in")
    assert stranger.get(f"/spaces/{cluster.id}").status_code == 401
    assert role(cluster, "ida@example.org") == SpaceRole.MEMBER


def test_an_address_without_account_may_be_answered_from_another_account(browser, cluster, link):
    other = make_account("ida@home.example.org", name="Ida at home", password_hash=HASH)
    ida = browser().sign_in(other)
    assert "Ida at home" in ida.get(link).text
    assert ida.post(link).status_code == 303
    assert role(cluster, "ida@home.example.org") == SpaceRole.MEMBER
    assert by_email("ida@example.org") is None


def test_an_invitation_belongs_to_the_account_of_its_address(
    browser, cora, cluster, outsider, letters, link_in
):
    make_account("ida@example.org", name="Ida Known", password_hash=HASH)
    invite(cora, cluster)
    browser().sign_in(outsider).post(link_in(letters()[-1]))
    assert role(cluster, outsider.email) is None
    assert role(cluster, "ida@example.org") == SpaceRole.MEMBER


def test_who_waits_for_an_account_gets_it_here(browser, cora, cluster, letters, link_in):
    make_account("ida@example.org", name="Ida Waiting", standing="organiser")
    invite(cora, cluster)
    assert accept(browser(), link_in(letters()[-1])).status_code == 303
    ida = by_email("ida@example.org")
    assert (ida.name, ida.standing, ida.is_invited) == ("Ida Ivers", "organiser", False)


def test_who_may_not_come_in_does_not_by_an_invitation(browser, cora, cluster, letters, link_in):
    make_account("ida@example.org", password_hash=HASH, deactivated_at=now())
    assert invite(cora, cluster).status_code == 303
    link = link_in(letters()[-1])
    assert browser().get(link).status_code == 404
    assert accept(browser(), link).status_code == 404


def test_the_coordinator_does_not_learn_who_has_an_account(cora, cluster):
    make_account("ida@example.org", password_hash=HASH)
    known, unknown = invite(cora, cluster), invite(cora, cluster, "new@example.org")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    page = cora.get(f"/spaces/{cluster.id}/invitations").text
    assert page.count("written to on") == 2


def test_who_is_in_the_space_is_not_invited(cora, cluster, member, letters):
    answer = invite(cora, cluster, member.email)
    assert answer.status_code == 409
    assert letters() == []


def test_an_invitation_never_takes_a_role_away(
    browser, cora, cluster, coordinator, letters, link_in
):
    ida = make_account("ida@example.org", password_hash=HASH)
    invite(cora, cluster)
    with transaction():
        actions.admit(cluster, ida, SpaceRole.COORDINATOR)
    browser().sign_in(ida).post(link_in(letters()[0]))
    assert role(cluster, "ida@example.org") == SpaceRole.COORDINATOR


def test_inviting_again_ends_the_earlier_link(browser, cora, cluster, link, letters, link_in):
    assert invite(cora, cluster, role="coordinator").status_code == 303
    assert browser().get(link).status_code == 404
    assert accept(browser(), link_in(letters()[-1])).status_code == 303
    assert role(cluster, "ida@example.org") == SpaceRole.COORDINATOR
    assert len(db.session.scalars(select(Invitation)).all()) == 1


def test_a_letter_can_be_sent_again_and_withdrawn(browser, cora, cluster, link, letters, link_in):
    (waiting,) = db.session.scalars(select(Invitation)).all()
    here = f"/spaces/{cluster.id}/invitations/{waiting.id}"
    assert cora.post(f"{here}/letter").status_code == 303
    newer = link_in(letters()[-1])
    assert [browser().get(link).status_code, browser().get(newer).status_code] == [404, 200]
    assert cora.delete(here).status_code == 303
    assert browser().get(newer).status_code == 404
    assert db.session.scalars(select(Invitation)).all() == []


def test_what_is_accepted_is_not_withdrawn(browser, cora, cluster, link):
    accept(browser(), link)
    (answered,) = db.session.scalars(select(Invitation)).all()
    here = f"/spaces/{cluster.id}/invitations/{answered.id}"
    assert cora.delete(here).status_code == 409
    assert cora.post(f"{here}/letter").status_code == 409
    assert (answered.email, answered.name) == (None, "")


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 404)])
def test_a_link_holds_a_fortnight(browser, link, days, status):
    with transaction():
        (waiting,) = db.session.scalars(select(Invitation)).all()
        waiting.sent_at = now() - timedelta(days=days)
    assert browser().get(link).status_code == status
    assert accept(browser(), link).status_code == (303 if status == 200 else 404)


def test_function_and_municipality_come_along(browser, cora, cluster, letters, link_in):
    place = make_municipality("Auental")
    invite(cora, cluster, function="Midwife", municipality=str(place.id))
    accept(browser(), link_in(letters()[-1]))
    ida = by_email("ida@example.org")
    assert (ida.function, ida.municipality_id) == ("Midwife", place.id)


def test_readers_are_invited_only_where_there_are_any(cora, cluster, letters):
    assert invite(cora, cluster, role="reader").status_code == 422
    with transaction():
        actions.allow_readers(cluster, True)
    assert invite(cora, cluster, role="reader").status_code == 303


def test_invitations_are_the_coordinators_business(browser, cluster, link, member, outsider, group):
    (waiting,) = db.session.scalars(select(Invitation)).all()
    below = make_member(group, SpaceRole.COORDINATOR)
    for who, status in ((member, 403), (outsider, 404), (below, 404)):
        someone = browser().sign_in(who)
        assert someone.get(f"/spaces/{cluster.id}/invitations").status_code == status
        assert invite(someone, cluster, "x@example.org").status_code == status
        here = f"/spaces/{cluster.id}/invitations/{waiting.id}"
        assert someone.post(f"{here}/letter").status_code == status
        assert someone.delete(here).status_code == status


def test_coordinators_of_one_space_do_not_reach_invitations_of_another(
    browser, cluster, group, link
):
    (waiting,) = db.session.scalars(select(Invitation)).all()
    below = browser().sign_in(make_member(group, SpaceRole.COORDINATOR))
    assert below.delete(f"/spaces/{group.id}/invitations/{waiting.id}").status_code == 404


@pytest.mark.parametrize("email", ["", "ida", "a@b.org,c@d.org", "a@b\r\nBcc: c@d.org"])
def test_what_is_no_mail_address_is_refused(cora, cluster, letters, email):
    answer = invite(cora, cluster, email)
    assert answer.status_code == 422
    assert "Ida Invited" in answer.text
    assert letters() == []


def test_a_made_up_link_opens_nothing(browser):
    assert browser().get("/spaces/invitations/made-up").status_code == 404
    assert browser().post("/spaces/invitations/made-up").status_code == 404


def test_old_invitations_are_forgotten_and_names_that_wait_stay(cora, cluster, coordinator, link):
    with transaction():
        sent = db.session.scalars(select(Invitation)).one()
        sent.sent_at = now() - timedelta(days=181)
        actions.invite(cluster, coordinator, None, {cluster.id: SpaceRole.MEMBER}, name="Kai")
    drop_old_invitations()
    assert [i.name for i in db.session.scalars(select(Invitation))] == ["Kai"]
