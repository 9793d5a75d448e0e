import pytest

from app.events.facts import ParticipantChanged
from app.permissions import Role
from app.realtime import View


def url(event, visitor, tail=""):
    return f"/e/{event.code}/people/{visitor.participant_id}{tail}"


@pytest.mark.parametrize("role", list(Role))
def test_a_moderator_gives_any_role(event, moderator, participant, role, announced):
    answer = moderator.post(url(event, participant, "/role"), {"role": role.value})
    assert answer.status_code == 303
    assert participant.person.role == role
    assert announced(event.channel)[-1] == ParticipantChanged(event.id, participant.participant_id)


def test_a_role_counts_at_once(event, moderator, participant):
    assert participant.get(f"/e/{event.code}/cockpit").status_code == 403
    moderator.post(url(event, participant, "/role"), {"role": "moderator"})
    assert participant.get(f"/e/{event.code}/cockpit").status_code == 200
    moderator.post(url(event, participant, "/role"), {"role": "participant"})
    assert participant.get(f"/e/{event.code}/cockpit").status_code == 403


def test_the_persons_connections_are_closed_so_that_they_subscribe_anew(
    event, moderator, participant, host, hear
):
    theirs, others = hear(participant), hear(host)
    moderator.post(url(event, participant, "/role"), {"role": "host"})
    assert theirs.is_closed
    assert not others.is_closed


@pytest.mark.parametrize("role", ["", "king", "Moderator"])
def test_a_role_that_does_not_exist_is_refused(event, moderator, participant, role):
    assert moderator.post(url(event, participant, "/role"), {"role": role}).status_code == 422
    assert participant.person.role == Role.PARTICIPANT


def test_nobody_changes_their_own_role(event, moderator):
    assert moderator.post(url(event, moderator, "/role"), {"role": "host"}).status_code == 403
    assert moderator.person.role == Role.MODERATOR


def test_a_removed_person_is_out_at_once(event, moderator, participant, hear):
    theirs, cockpit = hear(participant), hear(event, View.COCKPIT)
    id = participant.participant_id
    assert moderator.delete(url(event, participant)).status_code == 303
    assert participant.person.removed_at is not None
    assert not participant.person.is_present
    assert participant.get(f"/e/{event.code}").status_code == 401
    assert theirs.is_closed
    assert f'action="remove" target="person-{id}"' in cockpit.html


def test_removing_twice_is_removing_once(event, moderator, participant):
    moderator.delete(url(event, participant))
    assert moderator.delete(url(event, participant)).status_code in (303, 404)
    assert participant.person.removed_at is not None


def test_moderators_are_not_removed(event, moderator, appoint):
    other = appoint(event, Role.MODERATOR, "Maria")
    assert moderator.delete(url(event, other)).status_code == 409
    assert other.person.removed_at is None


def test_people_of_another_event_are_not_found(event, moderator, outsider):
    assert moderator.delete(url(event, outsider)).status_code == 404
    assert moderator.post(url(event, outsider, "/role"), {"role": "host"}).status_code == 404
    assert outsider.person.removed_at is None


def test_the_cockpit_lists_those_who_lead_first_and_counts_who_is_there(
    event, moderator, participant, host, observer
):
    page = moderator.get(f"/e/{event.code}/cockpit").text
    order = [page.index(name) for name in ("Mona Moderator", "Hanna Host", "Otto Observer")]
    assert order == sorted(order)
    assert "4 people here" in page or "4 people" in page
