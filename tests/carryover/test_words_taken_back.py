"""What vanishes in the event loses its words in the threads, and names end when they end there."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.carryover.facts import OriginChanged
from app.carryover.models import CarriedPiece, CarriedThread, PieceKind
from app.database import now, transaction
from app.events.retention import forget_guests
from app.extensions import db
from app.forums.models import Post, Thread
from app.livepolls.models import Concern, ConcernSupport, FlashPoll
from app.livepolls.splits import ConcernSplit
from app.livepolls.wordings import reword
from app.realtime import View
from tests.factories import look_again
from tests.together import together


@pytest.fixture
def carried(conference, event, leader):
    """The conference goes on in threads."""
    assert leader.post(f"/e/{event.code}/carry-over").status_code == 303
    return conference


def piece(kind, source_id):
    look_again()
    return db.session.scalar(
        select(CarriedPiece).where(CarriedPiece.kind == kind, CarriedPiece.source_id == source_id)
    )


def thread_of(kind, source_id):
    return piece(kind, source_id).carried.thread


def head(browser, thread):
    from app.carryover.broadcasts import above

    look_again()
    with browser.application.test_request_context():
        return "".join(above(db.session.get_one(Thread, thread.id)))


def test_a_withdrawn_comment_loses_its_words_for_good(carried, event, other, leader, announced):
    comment = db.session.query(Post).where(Post.participant_id.is_not(None)).one()
    thread = thread_of(PieceKind.COMMENT, comment.id)
    assert "We do that already." in head(leader.browser, thread)
    other.delete(f"/posts/{comment.id}")
    gone = piece(PieceKind.COMMENT, comment.id)
    assert (gone.text, gone.html) == ("", "")
    assert "We do that already." not in head(leader.browser, thread)
    assert OriginChanged(thread.id) in announced(thread.channel)
    leader.post(f"/e/{event.code}/carry-over")
    assert piece(PieceKind.COMMENT, comment.id).text == ""


def test_what_a_moderator_hides_is_gone_and_comes_back_when_it_is_shown_again(
    carried, event, leader
):
    proposal = carried.proposal
    thread = thread_of(PieceKind.PROPOSAL, proposal.id)
    url = f"/e/{event.code}/hidden/proposal/{proposal.id}"
    leader.post(url)
    assert piece(PieceKind.PROPOSAL, proposal.id).text == ""
    page = head(leader.browser, thread)
    assert "visit" not in page
    assert "We do that already." not in page
    leader.delete(url)
    assert piece(PieceKind.PROPOSAL, proposal.id).text == "Let us *visit* them."
    assert "We do that already." in head(leader.browser, thread)


def test_whoever_deletes_what_is_theirs_takes_their_words_and_name_along(
    carried, event, participant, leader
):
    concern, proposal = carried.concerns[0], carried.proposal
    thread = thread_of(PieceKind.CONCERN, concern.id)
    assert "Paula Participant" in head(leader.browser, thread)
    assert participant.delete(f"/e/{event.code}/me").status_code == 303
    page = head(leader.browser, thread)
    assert "How do we reach parents?" not in page
    assert "Come along for a day." not in page
    assert "Paula Participant" not in page
    # Others have built on the proposal, so it stays, without a name.
    assert piece(PieceKind.PROPOSAL, proposal.id).participant_id is None
    assert "visit" in page
    texts = db.session.scalars(select(CarriedPiece.text)).all()
    assert "How do we reach parents?" not in texts


def test_what_only_its_author_had_said_goes_and_what_others_support_stays(
    carried, event, participant, other, leader, hear
):
    concern = carried.concerns[0]
    thread = thread_of(PieceKind.CONCERN, concern.id)
    with transaction() as session:
        held = session.get_one(Concern, concern.id)
        support = ConcernSupport(concern_id=held.id, participant_id=other.participant_id)
        session.add(support)
        session.flush()
        reword(held, "How do we reach fathers?")
    piece(PieceKind.CONCERN, concern.id)
    ear = hear(event, View.SPACE, source=thread.channel)
    assert participant.delete(f"/e/{event.code}/me").status_code == 303
    assert concern.text == "How do we reach parents?"
    assert piece(PieceKind.CONCERN, concern.id).text == "How do we reach parents?"
    assert "fathers" not in head(leader.browser, thread)
    assert f'target="origin-{thread.id}"' in ear.html


@pytest.mark.parametrize("deed", ["hides", "withdraws"])
def test_a_concern_that_was_split_is_quoted_without_a_part_that_is_taken_off(
    carried, event, participant, leader, deed
):
    concern = carried.concerns[0]
    poll_url, words = f"/polls/{concern.poll_id}", "How do we reach parents?"
    parts = {"first": "Parents", "second": "Fathers"}
    leader.post(f"/concerns/{concern.id}/parts", parts)
    assert piece(PieceKind.CONCERN, concern.id).text == words, "people are discussing it"
    (second,) = db.session.scalars(select(ConcernSplit.second_id))
    if deed == "hides":
        leader.post(f"{poll_url}/hidden", {"concern": second})
    else:
        leader.delete(f"{poll_url}/closure")
        participant.delete(f"/concerns/{second}")
    assert piece(PieceKind.CONCERN, concern.id).text == "Parents"
    assert words not in head(leader.browser, thread_of(PieceKind.CONCERN, concern.id))


def test_a_name_changed_or_forgotten_in_the_event_is_so_in_the_thread(
    carried, event, participant, leader
):
    thread = thread_of(PieceKind.PROPOSAL, carried.proposal.id)
    with transaction():
        event.created_at = now() - timedelta(days=500)
    forget_guests()
    page = head(leader.browser, thread)
    assert "Paula Participant" not in page
    assert "Otto Other" not in page
    assert "visit" in page


def test_concerns_stand_without_names_and_know_none(carried):
    for concern in carried.concerns:
        assert piece(PieceKind.CONCERN, concern.id).participant_id is None


def test_a_report_that_is_emptied_is_so_in_the_thread(carried, event, participant, leader):
    from app.breakouts.models import Report

    report = db.session.query(Report).one()
    assert piece(PieceKind.REQUEST, report.id).text == "Please write a guide."
    form = {"discussed": "", "request": "", "ideas": "", "version": 1}
    participant.post(f"/rooms/{carried.room.id}/report", form)
    assert piece(PieceKind.REQUEST, report.id).text == ""


def test_open_pages_of_the_thread_are_redrawn(carried, event, leader, hear):
    concern = carried.concerns[0]
    thread = thread_of(PieceKind.CONCERN, concern.id)
    ear = hear(event, View.SPACE, source=thread.channel)
    leader.post(f"/e/{event.code}/hidden/concern/{concern.id}")
    assert f'target="origin-{thread.id}"' in ear.html
    assert "How do we reach parents?" not in ear.html
    assert "Visits at home?" in ear.html


def test_merged_aspects_lead_back_to_what_they_became(carried, event, leader):
    kept, merged = carried.aspects
    leader.delete(f"/polls/{kept.poll_id}/choice")
    answer = leader.post(f"/aspects/{merged.id}/merger", {"into": str(kept.id)})
    assert answer.status_code == 303
    for each in db.session.scalars(select(CarriedPiece)).all():
        there = leader.get(f"/carried-pieces/{each.id}/source")
        assert leader.get(there.location).status_code == 200
    assert db.session.query(FlashPoll).count() == 1


def test_when_their_merger_is_undone_they_lead_back_as_before(carried, event, leader):
    kept, merged = carried.aspects
    poll_id, merged_id, into = kept.poll_id, merged.id, {"into": str(kept.id)}
    with transaction() as session:
        session.execute(delete(CarriedThread).where(CarriedThread.source_id == kept.id))
    from_where = lambda: {  # noqa: E731
        each.id: each.source_id for each in db.session.query(CarriedThread)
    }
    before = from_where()
    leader.delete(f"/polls/{poll_id}/choice")
    leader.post(f"/aspects/{merged_id}/merger", into)
    look_again()
    assert set(before.values()) - set(from_where().values()) == {merged_id}
    assert leader.post(f"/polls/{poll_id}/undoing").status_code == 303
    look_again()
    assert from_where() == before


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_what_is_withdrawn_while_it_is_carried_over_is_never_in_the_thread(
    conference, event, leader, other, app
):
    comment = db.session.query(Post).one()
    answers = together(
        app,
        lambda: leader.post(f"/e/{event.code}/carry-over").status_code,
        lambda: other.delete(f"/posts/{comment.id}").status_code,
    )
    assert answers == [303, 303]
    assert "We do that already." not in db.session.scalars(select(CarriedPiece.text)).all()
