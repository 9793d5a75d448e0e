import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.municipalities.models import Municipality
from app.permissions import SpaceRole
from app.spaces.actions import programme as building
from app.spaces.models import Invitation, InvitationPlace, Membership, Space
from tests.factories import make_account, make_member, make_municipality

DATA = Path("app/demo/data")
PEOPLE = """\
name,email,municipality,state,cluster,group,function,role,language
Ida Imker,ida@example.org,Auental,Bayern,Cluster A,Steuerungsgruppe|Zahlen,Leitung,coordinator,de
Kai Kern,,Auental,Bayern,Cluster A,,Hebamme,,en
Uli Ungar,uli@example.org,,,,,Zentrum,,
"""


@pytest.fixture
def lead(programme):
    """Who coordinates the programme."""
    return make_member(programme, SpaceRole.COORDINATOR, "Lea Lead")


@pytest.fixture
def lea(browser, lead):
    return browser().sign_in(lead)


def look(who, space, people="", municipalities="", **more):
    form = {
        "people": (io.BytesIO(people.encode()), "people.csv" if people else ""),
        "municipalities": (
            io.BytesIO(municipalities.encode()),
            "municipalities.csv" if municipalities else "",
        ),
        **more,
    }
    return who.post(f"/spaces/{space.id}/programme", data=form)


def build(who, space, people="", municipalities="", **more):
    form = {
        "people_text": people,
        "municipalities_text": municipalities,
        "confirmed": "1",
        **more,
    }
    return who.post(f"/spaces/{space.id}/programme", data=form)


def counts():
    tables = (Municipality, Space, Membership, Invitation, InvitationPlace)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def spaces():
    rows = db.session.scalars(select(Space).order_by(Space.id)).all()
    return {space.name: space for space in rows}


def test_looking_shows_all_of_it_and_makes_nothing(lea, programme, letters):
    before = counts()
    page = look(lea, programme, PEOPLE).text
    for words in (
        "1 municipality",
        "1 cluster",
        "2 groups",
        "2 invitations by mail",
        "1 person is noted",
    ):
        assert words in page
    assert counts() == before
    assert letters() == []


def test_one_button_makes_all_of_it(lea, programme, lead, letters):
    assert build(lea, programme, PEOPLE).status_code == 303
    made = spaces()
    cluster, zahlen = made["Cluster A"], made["Zahlen"]
    steering = next(s for s in made.values() if s.kind == "steering")
    assert cluster.parent_id == programme.id
    assert {steering.parent_id, zahlen.parent_id} == {cluster.id}
    assert all(space.is_private for space in (cluster, zahlen, steering))
    assert db.session.get(Membership, (zahlen.id, lead.id)).role == SpaceRole.COORDINATOR
    assert {letter.recipient for letter in letters()} == {"ida@example.org", "uli@example.org"}
    auental = db.session.scalar(select(Municipality).where(Municipality.name == "Auental"))
    assert (auental.state, auental.cluster) == ("Bayern", "Cluster A")
    ida = db.session.scalar(select(Invitation).where(Invitation.email == "ida@example.org"))
    assert {place.space_id: place.role for place in ida.places} == {
        programme.id: SpaceRole.MEMBER,
        cluster.id: SpaceRole.MEMBER,
        steering.id: SpaceRole.COORDINATOR,
        zahlen.id: SpaceRole.COORDINATOR,
    }


def test_one_letter_opens_all_of_somebodys_spaces(lea, browser, programme, letters, link_in):
    build(lea, programme, PEOPLE)
    letter = next(mail for mail in letters() if mail.recipient == "ida@example.org")
    assert "- Zahlen" in letter.text
    ida = browser()
    answer = ida.post(link_in(letter), data={"name": "Ida", "new_password": "a bee and a hive"})
    assert answer.location == f"/spaces/{programme.id}"
    for name in ("Cluster A", "Zahlen"):
        assert ida.get(f"/spaces/{spaces()[name].id}").status_code == 200


def test_doing_it_twice_makes_no_doubles(lea, programme, letters):
    build(lea, programme, PEOPLE, with_groups="1")
    before = counts()
    assert "All of this is here already" in look(lea, programme, PEOPLE, with_groups="1").text
    assert build(lea, programme, PEOPLE, with_groups="1").status_code == 303
    assert counts() == before
    assert len(letters()) == 2


def test_doing_it_after_people_came_in_makes_no_doubles(lea, browser, programme, letters, link_in):
    build(lea, programme, PEOPLE)
    for letter in letters():
        form = {"name": "Whoever", "new_password": "a bee and a hive"}
        browser().post(link_in(letter), data=form)
    before = counts()
    build(lea, programme, PEOPLE)
    assert counts() == before


def test_who_was_noted_is_written_to_once_the_address_is_known(lea, programme, letters):
    build(lea, programme, PEOPLE)
    before = counts()
    build(lea, programme, PEOPLE.replace("Kai Kern,,", "Kai Kern,kai@example.org,"))
    assert counts() == before
    assert [letter.recipient for letter in letters()].count("kai@example.org") == 1
    assert letters()[-1].language == "en"


def test_an_address_can_be_entered_by_hand_too(lea, programme, letters):
    build(lea, programme, PEOPLE)
    kai = db.session.scalar(select(Invitation).where(Invitation.name == "Kai Kern"))
    here = f"/spaces/{programme.id}/invitations/{kai.id}/letter"
    assert lea.post(here, data={"email": "no address"}).status_code == 422
    assert lea.post(here, data={"email": "ida@example.org"}).status_code == 409
    assert lea.post(here, data={"email": "kai@example.org"}).status_code == 303
    assert letters()[-1].recipient == "kai@example.org"


def test_who_is_in_the_programme_comes_into_the_rest_without_a_letter(lea, programme, letters, put):
    ida = make_account("ida@example.org", name="Ida", password_hash="x")
    put(programme, ida)
    assert "1 person of the programme comes into more spaces" in look(lea, programme, PEOPLE).text
    build(lea, programme, PEOPLE)
    membership = db.session.get(Membership, (spaces()["Zahlen"].id, ida.id))
    assert membership.role == SpaceRole.COORDINATOR
    assert "ida@example.org" not in {letter.recipient for letter in letters()}


def test_who_has_an_account_elsewhere_is_invited_like_anybody(lea, programme, letters):
    make_account("ida@example.org", name="Ida", password_hash="x")
    page = look(lea, programme, PEOPLE).text
    assert "2 invitations by mail" in page
    build(lea, programme, PEOPLE)
    assert "ida@example.org" in {letter.recipient for letter in letters()}


def test_the_lists_of_the_world_build_the_programme(lea, programme, letters):
    people = (DATA / "people.csv").read_text()
    municipalities = (DATA / "municipalities.csv").read_text()
    assert build(lea, programme, people, municipalities, with_groups="1").status_code == 303
    kinds = [space.kind.value for space in spaces().values()]
    assert [kinds.count(kind) for kind in ("cluster", "steering", "implementation")] == [6, 6, 6]
    assert counts()[0] == 23
    assert letters() == []
    before = counts()
    build(lea, programme, people, municipalities, with_groups="1")
    assert counts() == before


def test_what_is_known_stays_as_it_is(lea, programme, lead, cluster, put):
    put(cluster, lead, SpaceRole.COORDINATOR)
    make_municipality("Auental", state="Hessen", cluster="")
    renamed = PEOPLE.replace("Cluster A", "cluster 1")
    build(lea, programme, renamed)
    auental = db.session.scalar(select(Municipality).where(Municipality.name == "Auental"))
    assert auental.state == "Hessen"
    assert [name for name in spaces() if name.casefold() == "cluster 1"] == ["Cluster 1"]
    assert spaces()["Zahlen"].parent_id == cluster.id


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",x@example.org,,,,,,,", "The name is missing"),
        ("X,nonsense,,,,,,,", "is no mail address"),
        ("X,,,,,,,boss,", "There is no role"),
        ("X,,,,,,,,fr", "There is no language"),
        ("X,,,,,,,reader,", "invited one by one"),
        ("Kai Kern,,Auental,Bayern,,,,,", "stands in line 3 already"),
        ("X,,Auental,Hessen,,,,,", "is said to be in two states"),
    ],
)
def test_one_wrong_line_stops_all_of_it(lea, programme, letters, line, words):
    before = counts()
    for send in (look, build):
        answer = send(lea, programme, PEOPLE + line + "\n")
        assert answer.status_code == 422
        assert "line 5" in answer.text
        assert words in answer.text
    assert counts() == before
    assert letters() == []


def test_nothing_is_half_made(lea, programme, letters, monkeypatch, put):
    """What goes wrong at the end takes back what was done at the beginning."""

    def fail(*_args):
        raise RuntimeError("in the middle")

    put(programme, make_account("ida@example.org", name="Ida", password_hash="x"))
    before = counts()
    monkeypatch.setattr(building, "_admit", fail)
    assert build(lea, programme, PEOPLE).status_code == 500
    assert counts() == before
    assert letters() == []


def test_without_a_list_nothing_happens(lea, programme):
    assert look(lea, programme).status_code == 422
    assert build(lea, programme).status_code == 422


def test_only_the_top_has_a_programme_and_only_for_who_looks_after_it(
    browser, lea, programme, cluster, coordinator, outsider
):
    member = make_member(programme)
    for who, status in ((member, 403), (outsider, 404)):
        assert look(browser().sign_in(who), programme, PEOPLE).status_code == status
        assert build(browser().sign_in(who), programme, PEOPLE).status_code == status
    assert browser().sign_in(coordinator).get(f"/spaces/{cluster.id}/programme").status_code == 404
    assert build(browser(), programme, PEOPLE).status_code == 401


def test_who_leads_the_programme_opens_no_space_that_others_look_after(
    lea, programme, lead, cluster, group
):
    """Least of all to themselves."""
    before = counts()
    line = f"Lea Lead,{lead.email},,,cluster 1,Steuerungsgruppe|Neu,,coordinator,\n"
    others = "Eve Evil,eve@example.org,,,cluster 1,Steuerungsgruppe,,coordinator,\n"
    for people in (line, others, others.replace("eve@example.org", "")):
        page = build(lea, programme, PEOPLE.splitlines()[0] + "\n" + people)
        assert page.status_code == 422
        assert "“Steering group 1”, its coordinators say" in page.text
    assert counts() == before


def test_nobody_becomes_more_in_a_space_that_others_look_after(lea, programme, lead, cluster, put):
    put(cluster, lead)
    line = f"Lea Lead,{lead.email},,,cluster 1,,,coordinator,\n"
    build(lea, programme, PEOPLE.splitlines()[0] + "\n" + line)
    assert db.session.get(Membership, (cluster.id, lead.id)).role == SpaceRole.MEMBER


def test_an_address_opens_no_space_that_others_look_after(lea, browser, programme, letters):
    """Neither by hand nor by a list."""
    build(lea, programme, PEOPLE)
    made = spaces()
    kai = db.session.scalar(select(Invitation).where(Invitation.name == "Kai Kern"))
    cora = browser().sign_in(make_member(made["Cluster A"], SpaceRole.COORDINATOR, "Cora"))
    here = f"/spaces/{made['Cluster A'].id}/invitations/{kai.id}/letter"
    answer = cora.post(here, data={"email": "cora.again@example.org"})
    assert answer.status_code == 409
    assert "is for other spaces too" in answer.text
    second = browser().sign_in(make_member(programme, SpaceRole.COORDINATOR, "Sam Second"))
    named = PEOPLE.replace("Kai Kern,,", "Kai Kern,sam.again@example.org,")
    assert build(second, programme, named).status_code == 422
    assert "again@example.org" not in {letter.recipient for letter in letters()}
