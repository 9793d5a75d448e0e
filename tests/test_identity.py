import pytest
from flask import session
from sqlalchemy import select

from app import identity
from app.database import transaction
from app.extensions import db
from app.identity import Token, TokenKind, digest, issue, revoke, valid_token


@pytest.fixture
def secret(participant):
    with transaction():
        return issue(TokenKind.API, participant_id=participant.participant_id)


def test_a_secret_is_long_random_and_not_kept(participant, secret):
    with transaction():
        other = issue(TokenKind.API, participant_id=participant.participant_id)
    assert secret != other
    assert len(secret) >= 32
    stored = db.session.scalars(select(Token).filter_by(kind=TokenKind.API)).all()
    assert {t.hash for t in stored} == {digest(secret), digest(other)}


def test_a_token_opens_what_it_was_made_for_and_nothing_else(secret, participant):
    assert valid_token(secret, TokenKind.API).participant_id == participant.participant_id
    for kind in set(TokenKind) - {TokenKind.API}:
        assert valid_token(secret, kind) is None
    assert valid_token(digest(secret), TokenKind.API) is None
    assert valid_token("", TokenKind.API) is None


def test_a_revoked_token_is_worthless_and_others_are_not(participant, join, secret):
    other_id = join(participant.person.event).participant_id
    with transaction():
        other = issue(TokenKind.API, participant_id=other_id)
        returning = issue(TokenKind.RETURN, participant_id=participant.participant_id)
    with transaction():
        revoke(TokenKind.API, participant_id=participant.participant_id)
    assert valid_token(secret, TokenKind.API) is None
    assert valid_token(other, TokenKind.API) is not None
    assert valid_token(returning, TokenKind.RETURN) is not None


def test_a_presented_token_speaks_for_its_bearer_only(app, participant, secret):
    """A cookie that comes with it does not count: nobody is two people at once."""
    with app.test_request_context():
        session["participants"] = {"1": 4711}
        identity.present_token(secret)
        assert identity.remembered_participant(1) is None
        assert identity.is_somebody()
        assert identity.presented_token().participant_id == participant.participant_id


def test_a_made_up_token_speaks_for_nobody(app):
    with app.test_request_context():
        session["participants"] = {"1": 4711}
        identity.present_token("made up")
        assert not identity.is_somebody()
        assert identity.presented_token() is None


def test_a_device_may_be_somebody_in_several_events(app):
    with app.test_request_context():
        identity.remember_participant(1, 10)
        identity.remember_participant(2, 20)
        identity.remember_participant(1, 11)
        assert (identity.remembered_participant(1), identity.remembered_participant(2)) == (11, 20)
        identity.forget_participant(1)
        assert identity.remembered_participant(1) is None
        assert identity.remembered_participant(2) == 20
        assert session.permanent


def test_a_limit_counts_people_and_not_addresses(app, account):
    def counted(**environment):
        with app.test_request_context(**environment):
            return identity.who()

    with app.test_request_context():
        identity.remember_participant(1, 10)
        one = identity.who()
    with app.test_request_context():
        identity.remember_participant(1, 11)
        assert identity.who() != one
    first = counted(environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert first != counted(environ_base={"REMOTE_ADDR": "192.0.2.2"})
    assert "192.0.2.1" in first
