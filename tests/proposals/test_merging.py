from datetime import timedelta

import pytest

from app.database import found, locked, now, transaction
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Thread
from app.proposals import actions
from app.proposals.models import Proposal
from app.proposals.queries import card_of, cards_of, supported_by
from app.realtime import View
from tests.factories import look_again
from tests.proposals.topics import choose_aspects, heard, listening_to, propose
from tests.together import failures, together


@pytest.fixture
def two(aspect, participant, host):
    """Two proposals that say the same: the participant's is kept, the host's goes into it."""
    return propose(aspect, participant, "Visit them", "a"), propose(aspect, host, "Call round", "b")


def merge(moderator, proposal, kept):
    answer = moderator.post(f"/proposals/{proposal.id}/merger", {"into": str(kept.id)})
    look_again()
    return answer


def take_out(moderator, proposal):
    answer = moderator.delete(f"/proposals/{proposal.id}/merger")
    look_again()
    return answer


def card(proposal):
    look_again()
    return card_of(db.session.get_one(Proposal, proposal.id))


def test_the_other_is_read_under_the_kept_one_with_its_author(aspect, two, moderator, participant):
    kept, other = two
    page = moderator.get(f"/proposals/{other.id}/merger").text
    assert "Visit them" in page
    assert merge(moderator, other, kept).location == f"/proposals/{kept.id}"
    listed = participant.get(f"/aspects/{aspect.id}").text
    assert f'id="proposal-{other.id}"' not in listed
    assert f'id="merged-proposal-{other.id}"' in listed
    for words in ("Visit them", "Call round", "Hanna Host"):
        assert words in listed
    assert [each.proposal.id for each in cards_of([aspect.id])] == [kept.id]


def test_whoever_supports_both_counts_once_and_nobody_supports_their_own(
    two, moderator, event, join, participant
):
    kept, other = two
    both, one = join(event), join(event)
    for person, proposal in ((both, kept), (both, other), (one, other), (participant, other)):
        assert person.post(f"/proposals/{proposal.id}/support").status_code == 303
    merge(moderator, other, kept)
    assert card(kept).supports == 2
    assert list(supported_by(one.person)) == [kept.id]
    take_out(moderator, other)
    assert (card(kept).supports, card(other).supports) == (1, 3)


def test_support_is_taken_back_from_both_and_stays_so(two, moderator, event, join):
    kept, other = two
    person = join(event)
    person.post(f"/proposals/{other.id}/support")
    merge(moderator, other, kept)
    assert person.delete(f"/proposals/{kept.id}/support").status_code == 303
    assert card(kept).supports == 0
    take_out(moderator, other)
    assert card(other).supports == 0


def test_comments_stay_where_they_are_and_go_on_under_the_kept_one(two, moderator, participant):
    kept, other = two
    participant.post(f"/threads/{other.thread_id}/posts", {"text": "Good", "key": "1"})
    merge(moderator, other, kept)
    page = participant.get(f"/proposals/{other.id}").text
    assert "Good" in page
    assert f"/proposals/{kept.id}" in page
    late = participant.post(f"/threads/{other.thread_id}/posts", {"text": "More", "key": "2"})
    assert late.status_code == 409
    assert card(kept).comments == 1
    take_out(moderator, other)
    again = participant.post(f"/threads/{other.thread_id}/posts", {"text": "More", "key": "2"})
    assert again.status_code == 303
    assert (card(kept).comments, card(other).comments) == (0, 2)


def test_a_thread_that_was_closed_before_stays_closed_afterwards(two, moderator, participant):
    kept, other = two
    closed_at = now() - timedelta(hours=1)
    with transaction():
        db.session.get_one(Thread, other.thread_id).closed_at = closed_at
    merge(moderator, other, kept)
    take_out(moderator, other)
    assert db.session.get_one(Thread, other.thread_id).closed_at == closed_at
    late = participant.post(f"/threads/{other.thread_id}/posts", {"text": "More", "key": "2"})
    assert late.status_code == 409


def test_a_thread_that_was_opened_meanwhile_stays_open(two, moderator):
    kept, other = two
    merge(moderator, other, kept)
    with transaction():
        db.session.get_one(Thread, other.thread_id).closed_at = None
    take_out(moderator, other)
    assert db.session.get_one(Thread, other.thread_id).is_open


def test_the_hall_sees_it_and_supporters_see_their_mark_at_the_kept_one(
    app, two, moderator, event, join, hear
):
    kept, other = two
    person = join(event)
    person.post(f"/proposals/{other.id}/support")
    theirs = join(event)
    hall, publisher = hear(event, View.HALL), listening_to(app, event, person, theirs)
    merge(moderator, other, kept)
    assert f'action="remove" target="proposal-{other.id}"' in hall.html
    assert f'target="proposal-page-{other.id}"' in hall.html
    assert "Call round" in hall.html
    assert "csrf_token" not in hall.html
    told = heard(publisher)
    assert f'data-supported="proposal-{kept.id}"' in told[person.person.channel]
    assert theirs.person.channel not in told


def test_the_author_of_the_other_finds_it_as_theirs_and_may_still_change_it(two, moderator, host):
    kept, other = two
    merge(moderator, other, kept)
    assert f"merged-proposal-{other.id}" in host.get(f"/proposals/{kept.id}").text
    assert host.post(f"/proposals/{other.id}", {"text": "Call first"}).status_code == 303
    assert "Call first" in moderator.get(f"/proposals/{kept.id}").text
    assert host.delete(f"/proposals/{other.id}").status_code == 303
    assert "Call first" not in moderator.get(f"/proposals/{kept.id}").text
    assert card(kept).merged == []


def test_what_others_were_merged_into_stays_when_its_author_leaves(two, moderator, participant):
    kept, other = two
    merge(moderator, other, kept)
    answer = participant.delete(f"/proposals/{kept.id}", live=True)
    assert "without your name" in answer.text
    assert "Call round" in moderator.get(f"/proposals/{kept.id}").text


def test_a_merger_is_taken_back_with_what_had_come_before(aspect, two, moderator, participant):
    kept, other = two
    third = propose(aspect, participant, "Ring the bell", "c")
    merge(moderator, third, other)
    merge(moderator, other, kept)
    assert [each.id for each in card(kept).merged] == [other.id, third.id]
    take_out(moderator, other)
    assert [each.id for each in card(other).merged] == [third.id]
    assert card(kept).merged == []
    merge(moderator, other, kept)
    take_out(moderator, third)
    assert [each.id for each in card(kept).merged] == [other.id]
    take_out(moderator, other)
    assert card(other).merged == []


def test_what_is_hidden_is_neither_shown_nor_counted_under_the_kept_one(
    two, moderator, event, join, participant
):
    kept, other = two
    join(event).post(f"/proposals/{other.id}/support")
    merge(moderator, other, kept)
    moderator.post(f"/e/{event.code}/hidden/proposal/{other.id}")
    assert "Call round" not in participant.get(f"/proposals/{kept.id}").text
    assert card(kept).supports == 0


def test_the_results_tell_of_both_with_what_was_said_about_each(two, moderator, participant, event):
    kept, other = two
    participant.post(f"/threads/{other.thread_id}/posts", {"text": "Said early", "key": "1"})
    merge(moderator, other, kept)
    page = participant.get(f"/e/{event.code}/results").text
    told = page.partition(f'id="result-proposal-{kept.id}"')[2]
    for words in ("Visit them", "Call round", "Hanna Host", "Said early"):
        assert words in told


def test_what_was_merged_goes_on_in_forums_and_letters_too(two, moderator, host, event):
    from app.carryover.models import PieceKind
    from app.carryover.sources import sources_of
    from app.eventdigests.contents import digest_of

    kept, other = two
    moderator.post(f"/threads/{other.thread_id}/posts", {"text": "Said early", "key": "1"})
    merge(moderator, other, kept)
    (source, *_rest) = sources_of(event)
    found = {(find.kind, find.thing.text) for find in source.finds}
    assert (PieceKind.PROPOSAL, "Call round") in found
    assert (PieceKind.COMMENT, "Said early") in found
    mine = digest_of(event).own[host.participant_id]
    assert [(own.kind, own.text) for own in mine] == [("proposal", "Call round")]


def test_the_merged_one_leaves_the_screen(two, moderator, event):
    kept, other = two
    moderator.post(f"/e/{event.code}/highlight/proposal/{other.id}", {"shown": "1"})
    merge(moderator, other, kept)
    db.session.refresh(event)
    assert event.highlight_kind is None


@pytest.mark.parametrize("into", ["", "x", "-1", "99999999999"])
def test_nothing_is_merged_into_what_is_not_a_proposal(two, moderator, into):
    answer = moderator.post(f"/proposals/{two[1].id}/merger", {"into": into})
    assert answer.status_code in (404, 422)


def test_nothing_is_merged_twice_or_into_itself_or_into_what_was_merged(
    aspect, two, moderator, participant
):
    kept, other = two
    third = propose(aspect, participant, "Ring the bell", "c")
    assert merge(moderator, other, other).status_code == 409
    merge(moderator, other, kept)
    for one, into in ((other, third), (third, other), (kept, other)):
        assert merge(moderator, one, into).status_code == 409
    assert take_out(moderator, third).status_code == 409
    assert card(kept).merged == [other]


def test_only_moderators_merge_and_take_back(two, moderator, participant, host, observer, outsider):
    kept, other = two
    for someone in (participant, host, observer):
        assert merge(someone, other, kept).status_code == 403
        assert someone.get(f"/proposals/{other.id}/merger").status_code == 403
    assert merge(outsider, other, kept).status_code == 401
    merge(moderator, other, kept)
    for someone in (participant, host, observer):
        assert take_out(someone, other).status_code == 403
    assert take_out(outsider, other).status_code == 401
    assert card(kept).merged == [other]


def test_a_proposal_of_another_event_is_no_choice(two, moderator, event, browser):
    from app.events import actions as events
    from tests.browsers import Visitor
    from tests.factories import AGENDA

    with transaction():
        elsewhere = events.create_event("Elsewhere", items=AGENDA)
        guest = events.join(elsewhere, name="Gina")
    visitor = Visitor(browser(), elsewhere.id)
    visitor.browser.become(guest)
    (aspect,) = choose_aspects(elsewhere, visitor)
    theirs = propose(aspect, visitor, "Not yours", "z")
    assert "Not yours" not in moderator.get(f"/proposals/{two[1].id}/merger").text
    assert merge(moderator, two[1], theirs).status_code in (401, 404)


def test_of_two_opposite_mergers_at_once_one_holds(app, two):
    ids = [proposal.id for proposal in two]

    def put(one, into):
        def deed():
            with transaction():
                held = {id: locked(Proposal, id) for id in sorted((one, into))}
                actions.merge(held[one], held[into])

        return deed

    results = together(app, put(*ids), put(*reversed(ids)))
    (failure,) = failures(results)
    assert isinstance(failure, Conflict)
    assert db.session.query(Proposal).filter(Proposal.within_id.is_not(None)).count() == 1


def test_mergers_taken_back_at_once_leave_everything_by_itself(app, aspect, two, moderator, host):
    kept, other = two
    third = propose(aspect, host, "Ring the bell", "c")
    merge(moderator, third, other)
    merge(moderator, other, kept)
    kept_id, ids = kept.id, [other.id, third.id]

    def part(id):
        def deed():
            with transaction():
                held = locked(Proposal, kept_id)
                actions.take_out(locked(Proposal, id), held)

        return deed

    failed = failures(together(app, *map(part, ids)))
    assert all(isinstance(failure, Conflict) for failure in failed)
    assert len(failed) <= 1
    rows = db.session.query(Proposal).filter(Proposal.id.in_(ids)).all()
    for row in rows:
        assert (row.within_id is None) == (row.merged_into_id is None)
        assert row.within_id in (None, ids[0])


def test_support_while_it_is_merged_is_not_lost(app, two, event, join):
    kept, other = (proposal.id for proposal in two)
    people = [join(event).participant_id for _ in range(4)]

    def put():
        with transaction():
            held = {id: locked(Proposal, id) for id in sorted((kept, other))}
            actions.merge(held[other], held[kept])

    def say(person_id):
        def deed():
            with transaction():
                proposal = locked(Proposal, other, shared=True)
                actions.support(proposal, found(Participant, person_id), True)

        return deed

    assert failures(together(app, put, *map(say, people))) == []
    assert card(two[0]).supports == 4


@pytest.fixture
def three(aspect, event, join):
    """Three proposals that say the same; each is merged into the one before."""
    return [propose(aspect, join(event), f"Visit {n}", f"k{n}") for n in ("them", "her", "him")]


def test_a_merger_of_a_merger_and_its_end_are_seen_by_all_that_it_carries_along(
    app, three, moderator, event, join, hear
):
    kept, between, deep = three
    person = join(event)
    person.post(f"/proposals/{deep.id}/support")
    merge(moderator, deep, between)
    for change, where in (
        (lambda: merge(moderator, between, kept), kept),
        (lambda: take_out(moderator, between), between),
    ):
        hall, publisher = hear(event, View.HALL), listening_to(app, event, person)
        change()
        redrawn = hall.html.partition(f'target="proposal-page-{deep.id}"')[2]
        assert f'href="/proposals/{where.id}"' in redrawn.partition("</turbo-stream>")[0]
        assert f'data-supported="proposal-{where.id}"' in heard(publisher)[person.person.channel]


def test_taking_a_merger_back_says_no_word_of_what_is_hidden(two, moderator, event, hear):
    kept, other = two
    merge(moderator, other, kept)
    moderator.post(f"/e/{event.code}/hidden/proposal/{other.id}")
    hall = hear(event, View.HALL)
    take_out(moderator, other)
    assert "Call round" not in hall.html


def test_what_is_hidden_is_not_read_through_what_was_merged_into_it(
    two, moderator, participant, host, event, join, hear
):
    kept, other = two
    merge(moderator, other, kept)
    hall = hear(event, View.HALL)
    moderator.post(f"/e/{event.code}/hidden/proposal/{kept.id}")
    assert f'target="proposal-page-{other.id}"' in hall.html
    assert "Visit them" not in hall.html
    for person in (host, participant, moderator, join(event)):
        page = person.get(f"/proposals/{other.id}").text
        assert "into another one, which is hidden now" in page
        assert "Call round" in page
        assert "Visit them" not in page
    take_out(moderator, other)
    assert "Call round" in host.get(f"/proposals/{other.id}").text


@pytest.mark.parametrize("later", [False, True])
def test_mergers_and_their_ends_hold_proposals_in_one_order(two, moderator, monkeypatch, later):
    held = []

    def hold(table, id, **how):
        if table is Proposal:
            held.append(id)
        return locked(table, id, **how)

    monkeypatch.setattr("app.proposals.routes.merging.locked", hold)
    proposal, kept = two if later else reversed(two)
    merge(moderator, proposal, kept)
    take_out(moderator, proposal)
    assert held == [each.id for each in two] * 2
