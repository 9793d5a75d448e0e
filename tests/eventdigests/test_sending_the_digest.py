"""What came out goes to those who took part: once, in their language, with what was theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.database import now, transaction
from app.eventdigests.models import DigestAddress, DigestOrder, SentDigest
from app.eventdigests.sending import drop_unconfirmed, find_unfinished, send
from app.events import actions as events
from app.events.own_data import export
from app.events.retention import forget_guests
from app.extensions import db
from app.mail.models import Mail
from app.notifications.models import Preferences
from app.permissions import Role, SpaceRole
from tests.carryover.conferences import hold, make_event
from tests.factories import look_again, make_account, make_member, make_space

pytestmark = pytest.mark.usefixtures("jobs_at_once")


@pytest.fixture
def space(app):
    return make_space("Programme")


@pytest.fixture
def event(space):
    return make_event(space.id)


@pytest.fixture
def other(event, join):
    return join(event, "Otto Other", language="de")


@pytest.fixture
def conference(event, participant, other, host):
    return hold(event, participant, other, host)


@pytest.fixture
def leader(event, space, appoint):
    coordinator = make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator")
    visitor = appoint(event, Role.MODERATOR, "Cora", account_id=coordinator.id)
    visitor.browser.sign_in(coordinator)
    return visitor


def letters(letter=""):
    look_again()
    return db.session.scalars(
        select(Mail).where(Mail.subject.contains(letter)).order_by(Mail.id)
    ).all()


def ask(visitor, email="paula@example.org"):
    return visitor.post(f"/e/{visitor.person.event.code}/digest-address", {"email": email})


def link_in(mail):
    return next(line for line in mail.text.splitlines() if "/digest-confirmations/" in line)


def path_of(link):
    return "/digest-confirmations/" + link.rsplit("/", 1)[1]


def confirmed(visitor, browser, email="paula@example.org"):
    ask(visitor, email)
    path = path_of(link_in(letters()[-1]))
    assert browser().post(path).status_code == 200


def order(leader, event):
    return leader.post(f"/e/{event.code}/digests")


def digests(of="en"):
    return [m for m in letters() if "confirm" not in m.subject.lower() and m.language == of]


def test_a_guest_confirms_the_address_by_the_button_behind_the_link(event, participant, browser):
    assert ask(participant, " Paula@Example.org ").status_code == 303
    (mail,) = letters()
    assert mail.recipient == "paula@example.org"
    path = path_of(link_in(mail))
    gateway = browser()
    assert "<button" in gateway.get(path).text
    address = db.session.query(DigestAddress).one()
    assert address.confirmed_at is None
    assert browser().post(path).status_code == 200
    look_again()
    assert db.session.query(DigestAddress).one().confirmed_at is not None
    assert browser().post(path).status_code == 200
    assert "It will go to paula@example.org" in participant.get(f"/e/{event.code}/digest").text


def test_a_link_expires_and_the_address_is_forgotten(event, participant, browser):
    ask(participant)
    path = path_of(link_in(letters()[0]))
    with transaction() as session:
        session.execute(update(DigestAddress).values(asked_at=now() - timedelta(days=15)))
    assert browser().get(path).status_code == 404
    assert browser().post(path).status_code == 404
    drop_unconfirmed()
    assert db.session.query(DigestAddress).count() == 0


def test_another_address_makes_the_first_link_worthless(participant, browser):
    ask(participant, "wrong@example.org")
    ask(participant, "right@example.org")
    first, second = (path_of(link_in(mail)) for mail in letters())
    assert browser().post(first).status_code == 404
    assert browser().post(second).status_code == 200
    assert db.session.query(DigestAddress).one().email == "right@example.org"


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.org", "x" * 260 + "@example.org"])
def test_what_is_no_address_is_refused(email, participant):
    assert ask(participant, email).status_code == 422
    assert letters() == []


def test_members_get_it_at_their_accounts_address(event, leader):
    assert ask(leader).status_code == 409
    assert "of your account" in leader.get(f"/e/{event.code}/digest").text


def test_outsiders_leave_no_address_and_order_nothing(event, outsider, browser):
    for visitor in (outsider, browser()):
        assert visitor.get(f"/e/{event.code}/digest").status_code == 401
        assert visitor.post(f"/e/{event.code}/digest-address").status_code == 401
        assert visitor.post(f"/e/{event.code}/digests").status_code == 401


@pytest.mark.parametrize("who", ["participant", "host", "observer"])
def test_only_who_leads_the_event_has_it_sent(who, event, request):
    assert request.getfixturevalue(who).post(f"/e/{event.code}/digests").status_code == 403
    assert db.session.query(DigestOrder).count() == 0


def test_the_digest_tells_what_came_out_and_what_was_ones_own(
    conference, event, participant, leader, browser
):
    confirmed(participant, browser)
    assert order(leader, event).status_code == 303
    mine = next(mail for mail in digests() if mail.recipient == "paula@example.org")
    number = next(n for n, a in enumerate(conference.aspects, 1) if a.title == "Reaching parents")
    for words in (
        f"Your concern went into aspect {number}: “How do we reach parents?”",
        f"Your solution proposal stands under aspect {number}: “Let us *visit* them.”",
        "“Come along for a day.”",
        f"{number}. Reaching parents (2 people)",
        "Official answer: We **fund** it.",
        "Asked of the centre: Please write a guide.",
        f"/e/{event.code}/results",
    ):
        assert words in mine.text, mine.text
    theirs = next(mail for mail in digests() if mail.recipient != "paula@example.org")
    assert "WHAT BECAME OF WHAT YOU SAID" not in theirs.text
    assert "\n\n\n" not in mine.text


def test_everybody_gets_it_in_their_own_language(conference, event, other, leader, browser):
    confirmed(other, browser, "otto@example.org")
    order(leader, event)
    assert [mail.language for mail in letters() if mail.recipient == "otto@example.org"] == [
        "de",
        "de",
    ]


def test_nobody_gets_it_twice(conference, event, participant, leader, browser):
    confirmed(participant, browser)
    order(leader, event)
    order(leader, event)
    send(event.id)
    find_unfinished()
    assert len(digests()) == 2
    assert db.session.query(SentDigest).count() == 2
    assert "has got it" in leader.get(f"/e/{event.code}/results").text


def test_a_guests_address_is_deleted_when_it_has_done_its_work(
    conference, event, participant, leader, browser
):
    confirmed(participant, browser)
    order(leader, event)
    look_again()
    assert db.session.query(DigestAddress).count() == 0
    assert "You have got it already." in participant.get(f"/e/{event.code}/digest").text


def test_an_address_that_is_not_confirmed_gets_nothing(conference, event, participant, leader):
    ask(participant)
    order(leader, event)
    assert "paula@example.org" not in {mail.recipient for mail in digests()}


def test_who_confirms_after_it_was_sent_gets_it_at_once(
    conference, event, participant, leader, browser
):
    order(leader, event)
    confirmed(participant, browser)
    assert [mail.recipient for mail in digests()][-1] == "paula@example.org"


def test_what_a_restart_has_interrupted_goes_on(conference, event, leader, app, monkeypatch):
    from app.jobs import Jobs

    monkeypatch.setitem(app.extensions, "jobs", Jobs(app))  # nobody takes anything out
    order(leader, event)
    assert digests() == []
    again = Jobs(app)
    again.immediate = True
    monkeypatch.setitem(app.extensions, "jobs", again)
    find_unfinished()
    assert len(digests()) == 1
    look_again()
    assert db.session.query(DigestOrder).one().finished_at is not None


def test_members_read_where_it_goes_on(conference, event, participant, leader, browser):
    confirmed(participant, browser)
    leader.post(f"/e/{event.code}/carry-over")
    order(leader, event)
    texts = {mail.recipient: mail.text for mail in digests()}
    guest = texts.pop("paula@example.org")
    (member,) = texts.values()
    assert "/threads/" in member
    assert "/threads/" not in guest


def test_who_is_removed_or_deactivated_gets_nothing(
    conference, event, participant, leader, browser
):
    gone = make_account(deactivated_at=now(), password_hash="none")
    with transaction():
        events.join(db.session.merge(event), name="Gone", account_id=gone.id)
    confirmed(participant, browser)
    with transaction():
        events.remove_person(participant.person)
    order(leader, event)
    assert len(digests()) == 1
    assert db.session.query(DigestAddress).count() == 0


def test_accounts_that_do_not_want_it_are_spared(conference, event, leader, monkeypatch):
    from app.accounts.models import Account
    from app.eventdigests import queries

    monkeypatch.setattr(queries, "_refusals", [lambda: Account.name == "Cora Coordinator"])
    order(leader, event)
    assert digests() == []


def test_the_address_is_a_guests_own_data(event, participant):
    ask(participant)
    look_again()
    assert export(participant.person)["digest"]["email"] == "paula@example.org"
    participant.delete(f"/e/{event.code}/me")
    assert db.session.query(DigestAddress).count() == 0


def test_the_address_ends_with_the_events_retention(event, participant, browser):
    confirmed(participant, browser)
    with transaction():
        event.created_at = now() - timedelta(days=500)
    forget_guests()
    look_again()
    assert db.session.query(DigestAddress).count() == 0


def test_who_becomes_a_member_gets_it_there_and_only_once(
    conference, event, participant, leader, browser
):
    confirmed(participant, browser)
    paula = make_account("other@example.org", password_hash="none")
    participant.browser.sign_in(paula)
    participant.post(f"/claims/{participant.participant_id}")
    assert db.session.query(DigestAddress).count() == 0
    order(leader, event)
    assert [mail.recipient for mail in digests()].count("other@example.org") == 1


def test_who_got_it_as_a_guest_does_not_get_it_again_as_a_member(
    conference, event, participant, leader, browser
):
    confirmed(participant, browser)
    order(leader, event)
    paula = make_account("other@example.org", password_hash="none")
    with transaction():
        events.join(db.session.merge(event), name="Paula", account_id=paula.id)
    participant.browser.sign_in(paula)
    assert participant.post(f"/claims/{participant.participant_id}").status_code == 303
    order(leader, event)
    assert "other@example.org" not in {mail.recipient for mail in digests()}


def test_a_guest_tells_a_stranger_nothing(event, join):
    """Whoever enters an address chooses a name too, in which an advertisement could stand."""
    ask(join(event, "Win at evil.example"), "stranger@example.org")
    (mail,) = letters()
    assert mail.recipient == "stranger@example.org"
    assert "evil" not in mail.text + mail.subject


@pytest.mark.usefixtures("limited")
def test_nobody_is_flooded_with_letters(participant):
    answers = [ask(participant).status_code for _ in range(6)]
    assert 429 in answers
    assert len(letters()) <= 4


def test_who_does_not_want_it_gets_none(conference, event, leader, app):
    willing, unwilling = (make_account(name=name, password_hash="none") for name in ("Wil", "Una"))
    with transaction() as session:
        for account in (willing, unwilling):
            events.join(event, name=account.name, account_id=account.id)
        session.add(Preferences(account_id=unwilling.id, event_digest=False))
    leader.post(f"/e/{event.code}/digests")
    told = {mail.recipient for mail in letters()}
    assert willing.email in told
    assert unwilling.email not in told
