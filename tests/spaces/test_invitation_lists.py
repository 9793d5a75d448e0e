import io

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.permissions import SpaceRole
from app.spaces.models import Invitation, InvitationPlace
from tests.factories import make_municipality

LIST = """\
email;name;municipality;function;role
ida@example.org;Ida;Auental;Hebamme;
kai@example.org;Kai;;;coordinator
"""


@pytest.fixture
def cora(browser, coordinator):
    return browser().sign_in(coordinator)


@pytest.fixture(autouse=True)
def auental(app):
    return make_municipality("Auental")


def look(who, space, data):
    data = data.encode() if isinstance(data, str) else data
    form = {"people": (io.BytesIO(data), "people.csv")}
    return who.post(f"/spaces/{space.id}/invitations/list", data=form)


def confirm(who, space, text):
    form = {"people_text": text, "confirmed": "1"}
    return who.post(f"/spaces/{space.id}/invitations/list", data=form)


def count():
    return db.session.scalar(select(func.count()).select_from(Invitation))


def test_a_list_is_shown_before_anything_happens(cora, cluster, letters):
    answer = look(cora, cluster, LIST)
    assert answer.status_code == 200
    assert "2 people would get a mail" in answer.text
    assert "ida@example.org" in answer.text
    assert (count(), letters()) == (0, [])


def test_one_button_invites_them_all(cora, cluster, letters, auental):
    assert confirm(cora, cluster, LIST).status_code == 303
    assert {letter.recipient for letter in letters()} == {"ida@example.org", "kai@example.org"}
    ida = db.session.scalar(select(Invitation).where(Invitation.email == "ida@example.org"))
    assert (ida.function, ida.municipality_id) == ("Hebamme", auental.id)
    roles = db.session.scalars(select(InvitationPlace.role).order_by(InvitationPlace.role)).all()
    assert roles == [SpaceRole.COORDINATOR, SpaceRole.MEMBER]


def test_doing_it_twice_writes_to_nobody_twice(cora, cluster, letters):
    confirm(cora, cluster, LIST)
    assert "is invited already" in look(cora, cluster, LIST).text
    assert confirm(cora, cluster, LIST).status_code == 303
    assert (count(), len(letters())) == (2, 2)


def test_who_is_in_the_space_is_passed_over(cora, cluster, member, letters):
    text = LIST + f"{member.email};Mia;;;\n"
    assert "is in this space already" in look(cora, cluster, text).text
    assert confirm(cora, cluster, text).status_code == 303
    assert len(letters()) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("no address;Ida;;;", "is no mail address"),
        (";Ida;;;", "The mail address is missing"),
        ("x@example.org;;;;", "The name is missing"),
        ("x@example.org;X;Nowhere;;", "There is no municipality"),
        ("x@example.org;X;;;boss", "There is no role"),
        ("x@example.org;X;;;reader", "only read along"),
        ("ida@example.org;Ida again;;;", "stands in line 2 already"),
    ],
)
def test_one_wrong_line_stops_the_whole_list(cora, cluster, letters, line, words):
    text = LIST + line + "\n"
    for answer in (look(cora, cluster, text), confirm(cora, cluster, text)):
        assert answer.status_code == 422
        assert "Line 4:" in answer.text
        assert words in answer.text
    assert (count(), letters()) == (0, [])


def test_a_list_from_windows_is_read(cora, cluster):
    answer = look(
        cora, cluster, "Name;E-Mail;Funktion\r\nJürgen;j@example.org;Träger\r\n".encode("cp1252")
    )
    assert "Jürgen" in answer.text
    assert "Träger" in answer.text


@pytest.mark.parametrize("data", ["", "name\nIda\n", "\x00\x01\x02", "email,name\n", '"' * 200_000])
def test_what_is_no_list_is_refused(cora, cluster, letters, data):
    assert look(cora, cluster, data).status_code == 422
    assert confirm(cora, cluster, data).status_code == 422
    assert letters() == []


def test_there_is_an_end_to_a_list(cora, cluster):
    text = "email,name\n" + "".join(f"p{n}@example.org,P\n" for n in range(1001))
    assert "more than 1000 lines" in look(cora, cluster, text).text


def test_what_people_write_in_lists_is_no_markup(cora, cluster):
    assert "<b>" not in look(cora, cluster, "email,name\nx@example.org,<b>X</b>\n").text


def test_lists_are_the_coordinators_business(browser, cluster, member, outsider, letters):
    for who, status in ((member, 403), (outsider, 404)):
        assert look(browser().sign_in(who), cluster, LIST).status_code == status
        assert confirm(browser().sign_in(who), cluster, LIST).status_code == status
    assert confirm(browser(), cluster, LIST).status_code == 401
    assert letters() == []
