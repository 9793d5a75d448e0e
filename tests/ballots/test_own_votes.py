"""Votes are taken along, deleted and merged with their person."""

from datetime import timedelta

from sqlalchemy import select

from app.ballots.merging import move_votes
from app.ballots.models import Ballot, Vote
from app.ballots.queries import tallies
from app.database import now, transaction
from app.extensions import db
from tests.ballots.asking import ask, cast, votes
from tests.factories import look_again


def test_one_takes_along_ones_own_votes_and_no_others(event, dots, participant, join):
    cast(dots, participant, dots={"Apples": 2})
    cast(dots, join(event), dots={"Plums": 1})
    feedback = ask(event, "feedback")
    cast(feedback, participant, value=8, reason="Good talks")
    first, second = participant.get(f"/e/{event.code}/me.json").json["votes"]
    assert (first["question"], first["options"]) == ("Which do you like?", {"Apples": 2})
    assert (second["value"], second["reason"], second["round"]) == (8, "Good talks", 1)


def test_who_leaves_takes_the_vote_along_while_it_could_be_changed(scale, participant, join, hear):
    cast(scale, participant, value=1)
    cast(scale, join(scale.event), value=5)
    hall = hear(scale.event)
    participant.delete(f"/e/{scale.event.code}/me")
    assert [vote.value for vote in votes(scale)] == [5]
    assert "1 vote<" in hall.html


def test_what_was_counted_stays_without_the_person_and_their_words(
    feedback, participant, moderator
):
    cast(feedback, participant, value=9, reason="Said by Paula")
    moderator.delete(f"/ballots/{feedback.id}/opening")
    moderator.post(f"/ballots/{feedback.id}/rounds")
    cast(feedback, participant, value=3, reason="Said by Paula, too")
    participant.delete(f"/e/{feedback.event.code}/me")
    look_again()
    (kept,) = votes(feedback)
    assert (kept.round, kept.value, kept.reason, kept.participant_id) == (1, 9, "", None)


def merge(guest, member):
    with transaction():
        move_votes(guest.person, member.person)
    look_again()


def test_of_two_votes_of_one_person_the_newer_counts(scale, join):
    guest, member, other = (join(scale.event) for _ in range(3))
    for newer, wanted in ((guest, 2), (member, 4)):
        cast(scale, guest, value=2)
        cast(scale, member, value=4)
        cast(scale, other, value=5)
        with transaction() as session:
            late = select(Vote).where(Vote.participant_id == newer.participant_id)
            session.scalars(late).one().cast_at = now() + timedelta(seconds=1)
        merge(guest, member)
        found = {vote.participant_id: vote.value for vote in votes(scale)}
        assert found == {member.participant_id: wanted, other.participant_id: 5}
        (tally,) = tallies(Ballot.id == scale.id)
        assert tally.votes == 2


def test_what_only_the_guest_voted_becomes_the_members(event, dots, join):
    guest, member = join(event), join(event)
    cast(dots, guest, dots={"Apples": 2, "Pears": 1})
    merge(guest, member)
    (vote,) = votes(dots)
    assert vote.participant_id == member.participant_id
    (tally,) = tallies(Ballot.id == dots.id)
    assert tally.latest.dots == 3


def test_each_round_is_merged_by_itself(scale, join, moderator):
    guest, member = join(scale.event), join(scale.event)
    cast(scale, member, value=1)
    cast(scale, guest, value=2)
    moderator.delete(f"/ballots/{scale.id}/opening")
    moderator.post(f"/ballots/{scale.id}/rounds")
    cast(scale, guest, value=5)
    merge(guest, member)
    assert [(vote.round, vote.value) for vote in votes(scale)] == [(1, 2), (2, 5)]
    assert {vote.participant_id for vote in votes(scale)} == {member.participant_id}
    assert db.session.query(Vote).count() == 2
