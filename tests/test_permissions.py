import re

import pytest

from app import permissions
from app.database import transaction
from app.errors import NeedsSignIn, NotFound, Refused
from app.livepolls import actions
from app.permissions import (
    ANSWERERS,
    EVERYBODY,
    MODERATORS,
    READERS,
    WRITERS,
    Role,
    can,
    require,
    table,
)
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, write


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


def test_the_table_says_for_every_permission_which_roles_have_it(app):
    assert table()
    for name, rule in table().items():
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", name), f"{name} is not feature.verb"
        assert rule.roles, f"nobody has {name}"
        assert rule.roles <= EVERYBODY | READERS, f"{name} has unknown roles"


def test_the_table_is_what_the_project_has_agreed_on(app):
    agreed = {
        "events.see": EVERYBODY,
        "events.write": WRITERS,
        "events.moderate": MODERATORS,
        "livepolls.see": EVERYBODY,
        "livepolls.write": WRITERS,
        "livepolls.support": WRITERS,
        "livepolls.edit": WRITERS,
        "livepolls.moderate": MODERATORS,
    }
    assert {name: table()[name].roles for name in agreed} == agreed


def test_whoever_moderates_any_feature_is_a_moderator(app):
    for name, rule in table().items():
        if name.endswith(".moderate"):
            assert rule.roles == MODERATORS, name


def test_an_observer_has_no_permission_that_changes_anything(app):
    """What observers may do is to see; a verb that they may use has to be named here."""
    for name, rule in table().items():
        if Role.OBSERVER in rule.roles and name != "eventdigests.ask":  # for what they took part in
            assert name.partition(".")[2].startswith(("see", "read")), name


def test_the_roles_are_four(app):
    assert set(Role) == EVERYBODY
    assert {Role.HOST, Role.MODERATOR} == ANSWERERS


@pytest.mark.parametrize(
    ("role", "may"),
    [("moderator", True), ("host", False), ("participant", False), ("observer", False)],
)
def test_a_role_decides(event, role, may, request):
    visitor = request.getfixturevalue(role)
    assert can(visitor.person, "events.moderate", event) is may


def test_a_role_in_another_event_means_nothing(event, other_event, moderator):
    assert can(moderator.person, "events.moderate", event)
    assert not can(moderator.person, "events.moderate", other_event)
    with pytest.raises(NotFound):
        require(moderator.person, "events.moderate", other_event)


def test_nobody_has_to_sign_in_first(event):
    assert not can(None, "events.see", event)
    with pytest.raises(NeedsSignIn):
        require(None, "events.see", event)


def test_a_wrong_role_is_refused(event, participant):
    with pytest.raises(Refused):
        require(participant.person, "events.moderate", event)


def test_what_is_own_is_for_its_author_only(poll, participant, join, moderator):
    concern = write(poll, participant, "Childcare")
    assert can(participant.person, "livepolls.edit", concern)
    for visitor in (join(poll.event), moderator):
        with pytest.raises(Refused):
            require(visitor.person, "livepolls.edit", concern)


def test_what_is_hidden_does_not_exist_for_others(poll, participant, join, moderator):
    concern = write(poll, participant, "Childcare")
    with transaction():
        concern.hide(True)
    assert can(moderator.person, "livepolls.support", concern)
    assert can(participant.person, "livepolls.support", concern)
    with pytest.raises(NotFound):
        require(join(poll.event).person, "livepolls.support", concern)


def test_one_condition_answers_for_lists_and_for_single_things(poll, participant, join):
    from sqlalchemy import select

    from app.extensions import db
    from app.livepolls.models import Concern
    from app.livepolls.permissions import visible_to

    concerns = [write(poll, participant, f"Concern {n}") for n in range(4)]
    with transaction():
        concerns[0].hide(True)
        actions.withdraw_concern(concerns[1], participant.person)
    for visitor in (participant, join(poll.event)):
        person = visitor.person
        listed = set(db.session.scalars(select(Concern.id).where(visible_to(person))))
        single = {c.id for c in concerns if can(person, "livepolls.support", c)}
        assert listed == single


def test_an_unknown_permission_is_a_programming_error(event, moderator):
    with pytest.raises(KeyError):
        can(moderator.person, "events.fly", event)


def test_a_row_is_added_by_allow(app, monkeypatch, event, host, participant):
    monkeypatch.setattr(permissions, "_rules", dict(permissions._rules))
    permissions.allow("events.test", ANSWERERS)
    assert can(host.person, "events.test", event)
    assert not can(participant.person, "events.test", event)
