import stat
from collections import Counter

import pytest

from app.accounts import passwords
from app.accounts.models import Account, Standing
from app.accounts.queries import by_email
from app.carryover.models import CarriedThread
from app.demo import sample
from app.demo.agenda import AGENDA, PAST_TITLE, TITLE
from app.demo.greeting import greeting
from app.demo.people import everybody, in_role, polls
from app.events import steps
from app.events.models import Event, Participant
from app.extensions import db
from app.forums.models import Forum
from app.livepolls.models import Concern
from app.mail.models import Mail
from app.municipalities.models import Municipality
from app.notifications.models import NotificationWork
from app.permissions import Role
from app.spaces.models import Space
from app.spaces.permissions import reads


@pytest.fixture
def made(app, tmp_path):
    """The sample in an empty database."""
    assert sample.make_sample(tmp_path)
    return tmp_path


def events(is_template):
    return db.session.query(Event).filter_by(is_template=is_template).all()


def next_event():
    return next(event for event in events(False) if event.title == TITLE)


def an_empty_database_gets_a_conference_that_can_begin(made):
    event = next_event()
    assert [item.kind for item in event.items] == [item["kind"] for item in AGENDA]
    assert all(steps.kind_of(item) for item in event.items)
    roles = {p.role for p in db.session.query(Participant).filter_by(event_id=event.id)}
    assert roles == {Role.MODERATOR, Role.HOST}
    assert not event.joining_locked


def its_agenda_is_a_template_too(made):
    (template,) = events(True)
    assert [item.kind for item in template.items] == [item["kind"] for item in AGENDA]
    assert db.session.query(Participant).filter_by(event_id=template.id).count() == 0


def the_municipalities_and_their_people_are_there(made):
    assert db.session.query(Municipality).count() == 23
    member = by_email("member1@dialograum.example")
    assert member.municipality.name == "Auental"
    assert member.function


def the_moderators_password_is_kept_for_its_owner_alone(made):
    path = made / sample.PASSWORD_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    moderator = by_email(sample.MODERATOR)
    assert moderator.standing == Standing.ADMIN
    assert passwords.fits(path.read_text().strip(), moderator.password_hash)


def nobody_knows_the_others_passwords(made):
    others = db.session.query(Account).filter(Account.email != sample.MODERATOR)
    assert others.count() > 100
    (hash,) = {account.password_hash for account in others}
    assert hash != by_email(sample.MODERATOR).password_hash


def an_earlier_conference_has_results_that_are_being_discussed(made):
    past = next(event for event in events(False) if event.title == PAST_TITLE)
    assert past.current_item.kind == "plenum"
    assert db.session.query(Concern).count() == len(polls()[0].concerns)
    carried = db.session.query(CarriedThread).filter_by(event_id=past.id).all()
    assert len(carried) == 6
    assert any(thread.thread.post_count > 3 for thread in carried)


def the_programme_has_its_tree_and_its_forums(made):
    spaces = db.session.query(Space).all()
    kinds = Counter(space.kind for space in spaces)
    assert kinds == {"programme": 1, "cluster": 6, "steering": 6, "implementation": 6}
    moderator = by_email(sample.MODERATOR)
    (top,) = [space for space in spaces if space.parent_id is None]
    read = db.session.query(Space).where(reads(moderator.id)).order_by(Space.id)
    mine = [space.name for space in read]
    assert mine == [top.name, "Cluster 1", "Steuerungsgruppe 1", "Umsetzungsgruppe 1"]
    assert db.session.query(Forum).filter_by(space_id=top.id).count() == 4


def nobody_is_written_to_about_it(made):
    assert db.session.query(NotificationWork).count() == 0
    assert db.session.query(Mail).count() == 0


def a_second_time_nothing_is_made(made):
    before = db.session.query(Account).count()
    password = sample.kept_password(made)
    assert not sample.make_sample(made)
    assert db.session.query(Account).count() == before
    assert len(events(False)) == 2
    assert sample.kept_password(made) == password


def test_beside_any_event_nothing_is_made(event, tmp_path):
    assert not sample.make_sample(tmp_path)
    assert db.session.query(Account).count() == 0
    assert list(tmp_path.iterdir()) == []


def the_greeting_says_how_to_join_and_how_to_lead(made):
    event = next_event()
    said = greeting(made)
    for part in (event.code, f"/join/{event.code}", sample.MODERATOR, "/cockpit", "/screen", "▀"):
        assert part in said
    assert sample.kept_password(made) in said


def a_password_that_was_changed_is_not_told(made):
    (made / sample.PASSWORD_FILE).write_text("another one")
    assert sample.kept_password(made) is None
    assert "another one" not in greeting(made)


# In this order, for the last one changes something; made once, since that takes seconds.
CLAIMS = [
    an_empty_database_gets_a_conference_that_can_begin,
    its_agenda_is_a_template_too,
    the_municipalities_and_their_people_are_there,
    the_moderators_password_is_kept_for_its_owner_alone,
    nobody_knows_the_others_passwords,
    an_earlier_conference_has_results_that_are_being_discussed,
    the_programme_has_its_tree_and_its_forums,
    nobody_is_written_to_about_it,
    a_second_time_nothing_is_made,
    the_greeting_says_how_to_join_and_how_to_lead,
    a_password_that_was_changed_is_not_told,
]


def test_the_sample_holds_what_is_said_of_it(made, subtests):
    for claim in CLAIMS:
        with subtests.test(claim.__name__):
            claim(made)


def test_without_any_event_the_greeting_is_short(app, tmp_path):
    assert "Join code" not in greeting(tmp_path)


def test_the_command_makes_it_and_says_so(app):
    first = app.test_cli_runner().invoke(args=["demo", "sample"])
    assert first.exit_code == 0, first.output
    assert "Join code" in first.output
    again = app.test_cli_runner().invoke(args=["demo", "sample"])
    assert "nothing was made" in again.output


def test_the_people_of_the_sample_live_in_its_municipalities():
    known = {row["name"] for row in sample.rows("municipalities.csv")} | {""}
    assert {person.municipality for person in everybody()} <= known
    assert in_role("moderator")
    assert in_role("host")
    assert len(polls()) == 6
