"""A guest becomes somebody with an account: by the device or the return link, never by a name."""

import json

import pytest
from sqlalchemy import select

from app.accounts import own_data
from app.accounts.actions import choose_password
from app.accounts.models import Account
from app.breakouts.models import Contribution, Placement
from app.database import now, transaction
from app.events import actions as events
from app.events.facts import ParticipantChanged
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post
from app.identity import Token
from app.livepolls.models import Concern, ConcernSupport
from app.permissions import Role
from app.proposals.models import Proposal, ProposalSupport
from tests.carryover.conferences import hold, make_event
from tests.factories import look_again, make_account


@pytest.fixture
def event(app):
    return make_event(None)


@pytest.fixture
def other(event, join):
    return join(event, "Otto Other")


@pytest.fixture
def conference(event, participant, other, host):
    return hold(event, participant, other, host)


@pytest.fixture
def paula(app):
    """The account of who was the guest."""
    return make_account("paula@example.org", name="Paula Meier", password_hash="none")


def claim(visitor, person_id=None):
    return visitor.post(f"/claims/{person_id or visitor.participant_id}")


def in_event(event, account):
    look_again()
    return db.session.scalar(
        select(Participant).where(
            Participant.event_id == event.id, Participant.account_id == account.id
        )
    )


def already_in(event, account, role=Role.PARTICIPANT):
    with transaction():
        return events.join(event, name=account.name, account_id=account.id, role=role)


def test_one_tap_on_the_device_makes_what_was_written_the_accounts(
    conference, event, participant, paula, announced
):
    guest_id = participant.participant_id
    participant.browser.sign_in(paula)
    for page in ("/profile", f"/e/{event.code}/me"):
        assert "as “Paula Participant”" in participant.get(page).text
    assert claim(participant).location == f"/e/{event.code}/me"
    assert in_event(event, paula).id == guest_id
    assert ParticipantChanged(event.id, guest_id) in announced(event.channel)
    exported = json.dumps(own_data.export(db.session.get_one(Account, paula.id)))
    for words in ("How do we reach parents?", "Let us *visit* them.", "Come along for a day."):
        assert words in exported
    assert "as “Paula" not in participant.get("/profile").text
    assert participant.get(f"/e/{event.code}").status_code == 200


def test_doing_it_twice_does_it_once(event, participant, paula):
    guest_id = participant.participant_id
    participant.browser.sign_in(paula)
    assert claim(participant, guest_id).status_code == 303
    assert claim(participant, guest_id).status_code == 303
    assert db.session.query(Participant).count() == 1


def test_the_return_link_does_it_on_another_device(event, participant, browser, paula):
    page = participant.post(f"/e/{event.code}/return-link").text
    secret = page.split("/return/")[1].split('"')[0].split("<")[0]
    device = browser().sign_in(paula)
    assert f"/return/{secret}/claim" in device.get(f"/return/{secret}").text
    assert device.post(f"/return/{secret}/claim").status_code == 303
    assert in_event(event, paula).id == participant.participant_id
    assert device.get(f"/e/{event.code}").status_code == 200


def test_a_link_that_was_revoked_gives_nothing(event, participant, browser, paula):
    page = participant.post(f"/e/{event.code}/return-link").text
    secret = page.split("/return/")[1].split('"')[0].split("<")[0]
    participant.delete(f"/e/{event.code}/return-link")
    assert browser().sign_in(paula).post(f"/return/{secret}/claim").status_code == 404
    assert in_event(event, paula) is None


def test_nobody_claims_a_guest_of_another_device(event, participant, browser, paula):
    thief = browser().sign_in(paula)
    assert thief.post(f"/claims/{participant.participant_id}").status_code == 404
    assert thief.post("/claims/999").status_code == 404
    assert in_event(event, paula) is None


def test_who_is_not_signed_in_claims_nothing(participant):
    assert claim(participant).status_code == 401
    page = participant.get(f"/e/{participant.person.event.code}/me").text
    assert "/claims/" not in page


def test_what_is_somebody_elses_already_stays_so(event, participant, paula):
    guest_id = participant.participant_id
    participant.browser.sign_in(paula)
    claim(participant)
    participant.browser.sign_in(make_account(password_hash="none"))
    assert claim(participant, guest_id).status_code == 404
    assert in_event(event, paula) is not None


def test_who_was_in_the_event_already_keeps_one_place_with_all_of_it(
    conference, event, participant, other, paula
):
    guest_id = participant.participant_id
    member = already_in(event, paula)
    with transaction() as session:
        concern = session.merge(conference.concerns[1])
        session.add_all(
            ConcernSupport(concern_id=concern.id, participant_id=id) for id in (guest_id, member.id)
        )
        session.add(ProposalSupport(proposal_id=conference.proposal.id, participant_id=member.id))
        first = session.scalars(select(Concern).where(Concern.participant_id == guest_id)).one()
        session.add(
            Concern(
                poll_id=first.poll_id,
                participant_id=member.id,
                key=first.key,
                text="By the member",
                submitted_text="By the member",
            )
        )
    participant.browser.sign_in(paula)
    assert f"/claims/{guest_id}" in participant.get("/profile").text
    assert claim(participant, guest_id).status_code == 303
    for table in (Concern, Proposal, Post, Contribution, ConcernSupport, Placement):
        owners = set(db.session.scalars(select(table.participant_id)))
        assert guest_id not in owners, table
    mine = db.session.scalars(select(Concern.text).where(Concern.participant_id == member.id)).all()
    assert set(mine) == {"How do we reach parents?", "By the member"}
    supports = db.session.scalars(select(ConcernSupport.participant_id)).all()
    assert supports == [member.id]
    # Nobody supports what is their own.
    assert db.session.query(ProposalSupport).count() == 0
    guest = db.session.get_one(Participant, guest_id)
    assert (guest.name, guest.account_id, guest.is_present) == ("", None, False)
    assert guest.removed_at is not None
    assert participant.get(f"/e/{event.code}").status_code == 200


def test_the_role_that_the_guest_was_given_stays(event, appoint, paula):
    hosting = appoint(event, Role.HOST, "Hanna")
    already_in(event, paula)
    hosting.browser.sign_in(paula)
    assert claim(hosting).status_code == 303
    assert in_event(event, paula).role == Role.HOST


def test_who_was_removed_does_not_come_back_this_way(event, participant, paula):
    member = already_in(event, paula)
    with transaction():
        db.session.merge(member).removed_at = now()
    participant.browser.sign_in(paula)
    assert claim(participant).status_code == 403
    assert participant.person.account_id is None


def test_a_removed_guest_cannot_be_claimed(event, participant, paula):
    guest = participant.person
    with transaction():
        events.remove_person(db.session.merge(guest))
    participant.browser.sign_in(paula)
    assert claim(participant).status_code == 409
    assert "/claims/" not in participant.get("/profile").text


def test_in_an_open_round_the_guests_place_becomes_the_members(
    event, participant, other, host, paula
):
    from tests.factories import item_of_kind

    hold(event, participant, other, host)
    with transaction():
        item = events.add_item(db.session.merge(event), "breakout", "Round 2", "")
        db.session.flush()
    with transaction():
        events.start_step(db.session.merge(event), db.session.merge(item))
    guest_id = participant.participant_id
    member = already_in(event, paula, Role.OBSERVER)
    with transaction():
        db.session.merge(member).role = Role.PARTICIPANT
    participant.browser.sign_in(paula)
    assert claim(participant, guest_id).status_code == 303
    inside = db.session.scalars(select(Placement.participant_id)).all()
    assert guest_id not in inside
    assert member.id in inside
    assert item_of_kind(event, "breakout")


def test_links_and_keys_of_the_guest_are_worth_nothing_after_they_became_a_member(
    event, participant, paula
):
    participant.post(f"/e/{event.code}/return-link")
    already_in(event, paula)
    guest_id = participant.participant_id
    participant.browser.sign_in(paula)
    claim(participant, guest_id)
    tokens = db.session.scalars(select(Token).where(Token.participant_id == guest_id)).all()
    assert tokens == []


def test_no_other_device_that_was_the_guest_is_the_account_from_then_on(
    event, participant, browser, paula
):
    """Else whoever has somebody claim their guest would act as that account."""
    page = participant.post(f"/e/{event.code}/return-link").text
    secret = page.split("/return/")[1].split('"')[0].split("<")[0]
    device = browser().sign_in(paula)
    assert device.post(f"/return/{secret}/claim").status_code == 303
    assert participant.get(f"/e/{event.code}").status_code == 401
    assert participant.post(f"/return/{secret}").status_code == 404
    assert device.get(f"/e/{event.code}").status_code == 200


def test_who_signs_out_leaves_a_device_that_is_nobody(event, participant, paula):
    """The account's place may have a greater role than the guest had."""
    already_in(event, paula, Role.MODERATOR)
    participant.browser.sign_in(paula)
    claim(participant)
    assert participant.get(f"/e/{event.code}/cockpit").status_code == 200
    participant.post("/sign-out")
    assert participant.get(f"/e/{event.code}/cockpit").status_code == 401


def test_another_password_ends_what_a_members_link_has_opened(event, browser, paula):
    already_in(event, paula)
    page = browser().sign_in(paula).post(f"/e/{event.code}/return-link").text
    secret = page.split("/return/")[1].split('"')[0].split("<")[0]
    device = browser()
    device.post(f"/return/{secret}")
    assert device.get(f"/e/{event.code}").status_code == 200
    with transaction():
        choose_password(db.session.merge(paula), "another")
    assert device.get(f"/e/{event.code}").status_code == 401


def test_every_column_that_names_a_participant_is_moved(app):
    """A new table that knows participants needs its move, or a word here why it has none."""
    from app.database import Base

    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "participant"
    }
    moved = {
        "board_action.participant_id",
        "board_action.undone_by_id",
        "carried_piece.participant_id",
        "concern.participant_id",
        "concern_support.participant_id",
        "contribution.participant_id",
        "contribution_reaction.participant_id",
        "digest_address.participant_id",
        "duty.participant_id",
        "help_call.answered_by_id",
        "nomination.participant_id",
        "notes_writer.participant_id",
        "official_answer.participant_id",
        "placement.participant_id",
        "prepared_place.participant_id",
        "post.participant_id",
        "proposal.participant_id",
        "proposal_flag.participant_id",
        "proposal_reaction.participant_id",
        "proposal_support.participant_id",
        "question.participant_id",
        "question_support.participant_id",
        "report.changed_by_id",
        "room_message.participant_id",
        "round_pair.first_id",
        "round_pair.second_id",
        "round_wish.participant_id",
        "seat_wanted.participant_id",
        "sent_digest.participant_id",
        "stay.participant_id",
        "token.participant_id",  # deleted
        "vote.participant_id",
    }
    assert named <= moved
