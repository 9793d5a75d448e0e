import json

from sqlalchemy import select

from app.database import transaction
from app.events import actions
from app.events.facts import ParticipantChanged
from app.extensions import db
from app.identity import Token
from app.livepolls.models import Concern, ConcernSupport
from app.permissions import Role
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, support, write


def test_everybody_can_take_along_what_is_theirs_and_nothing_else(event, join, municipality):
    ada, ben = join(event, "Ada", municipality("Kassel")), join(event, "Ben")
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, ada, "Childcare")
    write(poll, ben, "Money")
    support(concern, ben)
    answer = ada.get(f"/e/{event.code}/me.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.text)
    assert data["participant"]["name"] == "Ada"
    assert data["participant"]["municipality"] == "Kassel"
    assert [(c["text"], c["supports"]) for c in data["concerns"]] == [("Childcare", 1)]
    assert "Ben" not in answer.text
    assert "Money" not in answer.text


def test_nobody_takes_along_what_is_not_theirs(event, outsider, browser):
    assert outsider.get(f"/e/{event.code}/me.json").status_code == 401
    assert browser().get(f"/e/{event.code}/me.json").status_code == 401


def test_leaving_deletes_the_name_the_attendance_and_what_was_written(
    event, join, hear, municipality
):
    participant = join(event, "Paula", municipality("Kassel"))
    poll = open_poll(event, item_of_kind(event, "poll"))
    alone = write(poll, participant, "Only mine")
    shared = write(poll, participant, "Many share this")
    support(shared, join(event))
    others = write(poll, join(event), "Somebody else's")
    support(others, participant)
    participant.post(f"/e/{event.code}/return-link")
    person, hall, own = participant.person, hear(event), hear(participant)

    answer = participant.delete(f"/e/{event.code}/me")
    assert (answer.status_code, answer.location) == (303, "/")
    look_again()
    assert (person.name, person.municipality, person.state) == ("", None, "")
    assert not person.is_present
    assert alone.withdrawn_at is not None
    assert shared.withdrawn_at is None
    assert shared.participant_id is None
    gone = select(ConcernSupport).where(ConcernSupport.participant_id == person.id)
    assert db.session.scalars(gone).all() == []
    assert db.session.scalars(select(Token).filter_by(participant_id=person.id)).all() == []
    assert participant.browser.get(f"/e/{event.code}").status_code == 401
    assert f'action="remove" target="concern-{alone.id}"' in hall.html
    assert own.is_closed
    assert ParticipantChanged(event.id, person.id) in hall.facts


def test_what_was_deleted_is_not_in_the_database_any_more(event, participant):
    poll = open_poll(event, item_of_kind(event, "poll"))
    write(poll, participant, "A very personal concern")
    participant.delete(f"/e/{event.code}/me")
    texts = db.session.execute(select(Concern.text, Concern.submitted_text)).all()
    assert "personal" not in str(texts)


def test_who_leads_the_event_cannot_leave_it_this_way(event, moderator):
    assert moderator.delete(f"/e/{event.code}/me").status_code == 409
    assert moderator.person.name == "Mona Moderator"


def test_a_deleted_guest_may_join_anew_as_somebody_else(event, participant):
    old = participant.participant_id
    participant.delete(f"/e/{event.code}/me")
    participant.post(f"/join/{event.code}", {"name": "Fresh"})
    assert participant.participant_id != old


def test_a_member_who_left_may_join_anew(event, browser, account, appoint):
    from tests.browsers import Visitor

    mia = account()
    device = Visitor(browser().sign_in(mia), event.id)
    device.post(f"/join/{event.code}")
    assert device.delete(f"/e/{event.code}/me").status_code == 303
    assert device.post(f"/join/{event.code}").status_code == 303
    assert device.get(f"/e/{event.code}").status_code == 200


def test_hosts_and_observers_may_leave_too(event, appoint):
    for role in (Role.HOST, Role.OBSERVER):
        visitor = appoint(event, role)
        assert visitor.delete(f"/e/{event.code}/me").status_code == 303


def test_deleting_twice_does_no_harm(event, participant):
    with transaction():
        actions.forget_person(participant.person)
    assert participant.browser.delete(f"/e/{event.code}/me").status_code == 401
