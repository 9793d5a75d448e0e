import pytest
from sqlalchemy import func, select

from app.accounts.models import Standing
from app.database import transaction
from app.events import actions
from app.events.facts import ParticipantArrived, ParticipantJoined
from app.events.models import CODE_LETTERS, LEASE, Participant, new_code
from app.extensions import db
from app.permissions import Role
from app.realtime import View
from tests.browsers import Visitor
from tests.together import together


def people(event):
    return db.session.scalar(select(func.count()).where(Participant.event_id == event.id))


def test_a_code_has_six_characters_that_nobody_misreads():
    for _ in range(200):
        code = new_code()
        assert len(code) == 6
        assert set(code) <= set(CODE_LETTERS)
    assert not set("01OIl") & set(CODE_LETTERS)


@pytest.mark.parametrize(
    "typing",
    [
        lambda c: c,
        str.lower,
        lambda c: f" {c} ",
        lambda c: f"{c[:3]}-{c[3:]}",
        lambda c: " ".join(c.lower()),
        lambda c: f"{c[:3]} {c[3:]}\n",
    ],
)
def test_the_code_is_found_however_it_is_typed(event, browser, typing):
    answer = browser().post("/join", data={"code": typing(event.code)})
    assert (answer.status_code, answer.location) == (303, f"/join/{event.code}")


@pytest.mark.parametrize("url", ["/join/NOPE23", "/e/NOPE23", "/e/NOPE23/cockpit", "/e/NOPE23/me"])
def test_an_unknown_code_in_an_address_is_not_found(event, browser, url):
    assert browser().get(url).status_code == 404


def test_a_wrong_code_is_told_beside_the_field_and_stays_in_it(event, browser):
    answer = browser().post("/join", data={"code": "NOPE23"})
    assert answer.status_code == 404
    assert "There is no event with the code NOPE23" in answer.text
    assert 'value="NOPE23"' in answer.text


def test_an_empty_code_is_asked_for(event, browser):
    answer = browser().post("/join", data={"code": "  "})
    assert answer.status_code == 422
    assert "Please type the code" in answer.text


def test_joining_by_name_makes_a_participant_who_is_present(event, join, municipality, announced):
    kassel = municipality("Kassel")
    ada = join(event, "  Ada  ", kassel)
    assert ada.person.name == "Ada"
    assert ada.person.municipality is kassel
    assert ada.person.role == Role.PARTICIPANT
    assert ada.person.language == "en"
    assert ada.person.is_present
    assert announced(event.channel)[-2:] == [
        ParticipantJoined(event.id, ada.participant_id),
        ParticipantArrived(event.id, ada.participant_id),
    ]


def test_the_cockpit_hears_of_it_and_the_hall_does_not(event, join, hear):
    cockpit, hall = hear(event, View.COCKPIT), hear(event)
    ada = join(event, "Ada")
    assert f'id="person-{ada.participant_id}"' in cockpit.html
    assert "Ada" in cockpit.html
    assert hall.messages == []


def test_who_sees_the_name_and_for_how_long_it_is_kept_is_said_before_joining(event, browser):
    page = browser().get(f"/join/{event.code}").text
    assert event.title in page
    assert "name" in page
    assert "kept" in page


def test_a_name_is_needed_and_what_was_typed_stays(event, browser, municipality):
    kassel = municipality("Kassel")
    answer = browser().post(
        f"/join/{event.code}", data={"name": " ", "municipality": kassel.id, "state": "Hessen <b>"}
    )
    assert answer.status_code == 422
    assert "Please tell us your name." in answer.text
    assert f'selected value="{kassel.id}"' in answer.text
    assert "Hessen &lt;b&gt;" in answer.text
    assert people(event) == 0


@pytest.mark.parametrize(
    "form",
    [
        {"name": "x" * 81},
        {"name": "Ada", "municipality": "4711"},
        {"name": "Ada", "municipality": "x"},
        {"name": "Ada", "state": "x" * 61},
    ],
)
def test_bad_input_is_refused(event, browser, form):
    assert browser().post(f"/join/{event.code}", data=form).status_code == 422
    assert people(event) == 0


def test_who_comes_from_no_municipality_of_the_list_may_name_a_state(event, browser):
    visitor = Visitor(browser(), event.id)
    visitor.post(f"/join/{event.code}", {"name": "Ada", "state": "Bremen"})
    assert visitor.person.municipality is None
    assert visitor.person.state == "Bremen"


def test_who_has_joined_is_the_same_person_on_reload_and_on_joining_again(event, participant):
    for _ in range(2):
        assert participant.get(f"/e/{event.code}").status_code == 200
    answer = participant.get(f"/join/{event.code}")
    assert (answer.status_code, answer.location) == (302, f"/e/{event.code}")
    answer = participant.post(f"/join/{event.code}", {"name": "Somebody else"})
    assert answer.location == f"/e/{event.code}"
    assert people(event) == 1
    assert participant.person.name == "Paula Participant"


def test_a_guest_is_known_by_the_cookie_alone_and_never_by_a_name(
    event, participant, join, browser
):
    other = join(event, "Paula Participant")
    assert other.participant_id != participant.participant_id
    answer = browser().get(f"/e/{event.code}")
    assert answer.status_code == 401
    assert f'href="/join/{event.code}"' in answer.text


def test_a_cookie_that_somebody_wrote_themselves_is_worthless(event, participant, browser):
    forger = browser()
    signed = participant.browser.get_cookie("dialograum").value
    forger.set_cookie("dialograum", f"{signed[:-8]}{signed[-8:][::-1]}")
    assert forger.get(f"/e/{event.code}").status_code == 401


def test_in_another_event_the_same_browser_is_somebody_else(event, other_event, participant):
    assert participant.get(f"/e/{other_event.code}").status_code == 401
    participant.post(f"/join/{other_event.code}", {"name": "Paula"})
    assert participant.get(f"/e/{other_event.code}").status_code == 200
    assert participant.get(f"/e/{event.code}").status_code == 200


def test_nobody_joins_while_joining_is_locked(event, moderator, browser, participant):
    moderator.post(f"/e/{event.code}/joining-lock")
    before = people(event)
    answer = browser().post(f"/join/{event.code}", data={"name": "Ada"})
    assert answer.status_code == 409
    assert "Joining is locked" in answer.text
    assert 'value="Ada"' in answer.text
    assert people(event) == before
    assert participant.get(f"/e/{event.code}").status_code == 200
    moderator.delete(f"/e/{event.code}/joining-lock")
    assert browser().post(f"/join/{event.code}", data={"name": "Ada"}).status_code == 303


def test_nobody_joins_a_template(app, browser):
    with transaction():
        template = actions.create_event("Template", is_template=True)
    answer = browser().post(f"/join/{template.code}", data={"name": "Ada"})
    assert answer.status_code == 409


def test_a_member_joins_as_themselves(event, browser, account, municipality):
    mia = account(name="Mia Member", municipality_id=municipality("Kassel").id, language="en")
    visitor = browser().sign_in(mia)
    visitor.post(f"/join/{event.code}", data={"name": "Somebody else"})
    person = db.session.scalars(select(Participant)).one()
    assert (person.name, person.account_id) == ("Mia Member", mia.id)
    assert person.municipality.name == "Kassel"
    assert person.role == Role.PARTICIPANT


def test_a_member_is_the_same_person_on_every_device(event, browser, account):
    mia = account()
    for _ in range(2):
        browser().sign_in(mia).post(f"/join/{event.code}")
    assert people(event) == 1


def test_a_member_who_joins_twice_at_once_is_one_person(app, event, browser, account):
    mia = account()
    devices, url = [browser().sign_in(mia) for _ in range(4)], f"/join/{event.code}"
    answers = together(app, *[lambda d=d: d.post(url).status_code for d in devices])
    assert set(answers) <= {303, 403, 409}
    assert 303 in answers
    assert people(event) == 1


def test_a_removed_member_does_not_come_back_by_the_code(event, browser, account):
    mia = account()
    device = browser().sign_in(mia)
    device.post(f"/join/{event.code}")
    with transaction():
        actions.remove_person(db.session.scalars(select(Participant)).one())
    answer = device.post(f"/join/{event.code}")
    assert answer.status_code == 403
    assert "removed" in answer.text


def test_who_runs_the_installation_leads_every_event_they_join(event, browser, account):
    browser().sign_in(account(standing=Standing.ADMIN)).post(f"/join/{event.code}")
    assert db.session.scalars(select(Participant)).one().role == Role.MODERATOR


def test_a_deleted_account_is_nobody(event, browser, account):
    from app.database import now

    mia = account()
    device = browser().sign_in(mia)
    device.post(f"/join/{event.code}")
    with transaction():
        mia.deleted_at = now()
    assert device.get(f"/e/{event.code}").status_code == 401


def test_the_qr_code_is_an_image_that_needs_nobody_else(event, browser):
    answer = browser().get(f"/e/{event.code}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_opening_the_page_begins_a_lease_of_three_quarters_of_a_minute(event, participant):
    with transaction():
        participant.person.present_until = None
    participant.get(f"/e/{event.code}")
    assert participant.person.is_present
    assert LEASE.total_seconds() == 45
