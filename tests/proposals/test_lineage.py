import pytest

from app.extensions import db
from app.livepolls.board.models import BoardAction, Gesture
from app.livepolls.models import Aspect
from app.proposals.models import OfficialAnswer, Proposal
from tests.factories import look_again
from tests.livepolls.polls import write
from tests.proposals.topics import choose_aspects, propose


def test_when_aspects_are_merged_what_is_written_moves_along(event, participant, host, moderator):
    kept, other = choose_aspects(event, participant, ("One", "Two"))
    propose(other, participant, "Visit them")
    host.post(f"/aspects/{other.id}/answers", {"text": "We help"})
    moderator.delete(f"/polls/{kept.poll_id}/choice")
    into = {"into": str(kept.id)}
    assert moderator.post(f"/aspects/{other.id}/merger", into).status_code == 303
    moderator.post(f"/polls/{kept.poll_id}/choice")
    page = host.get(f"/aspects/{kept.id}").text
    assert "Visit them" in page
    assert "We help" in page


def test_an_aspect_under_which_people_have_written_does_not_vanish(event, participant, moderator):
    (aspect,) = choose_aspects(event, participant)
    propose(aspect, participant, "Visit them")
    moderator.delete(f"/polls/{aspect.poll_id}/choice")
    for answer in (
        moderator.delete(f"/aspects/{aspect.id}", live=True),
        moderator.post(
            f"/polls/{aspect.poll_id}/loose", {"concern": str(aspect.concerns[0].id)}, live=True
        ),
    ):
        assert answer.status_code == 409
        assert "Merge it" in answer.text
    assert db.session.query(Aspect).count() == 1


@pytest.fixture
def merged(event, participant, host, moderator):
    """Two aspects with a proposal each and an answer to the second, which was put into the first.

    All is told by their numbers: an aspect that was merged is gone.
    """
    kept, other = choose_aspects(event, participant, ("One", "Two"))
    propose(kept, participant, "Call round", "a")
    propose(other, participant, "Visit them", "b")
    host.post(f"/aspects/{other.id}/answers", {"text": "We help"})
    ids, poll_id = (kept.id, other.id), kept.poll_id
    moderator.delete(f"/polls/{poll_id}/choice")
    answer = moderator.post(f"/aspects/{other.id}/merger", {"into": str(kept.id)})
    assert answer.status_code == 303
    assert standing() == {"Call round": ids[0], "Visit them": ids[0], "We help": ids[0]}
    return *ids, poll_id


def standing():
    """Everything that is written, with the number of its aspect."""
    look_again()
    return {
        each.text: each.aspect_id
        for table in (Proposal, OfficialAnswer)
        for each in db.session.query(table)
    }


def with_merger(moderator, method="POST", **form):
    """Undo the merger of aspects by its line in the log, or do it again."""
    look_again()
    id = db.session.query(BoardAction).filter_by(kind=Gesture.MERGE).one().id
    return moderator.browser.open(f"/board-actions/{id}/undoing", method=method, data=form)


def with_the_choice(moderator, poll_id, write):
    """Choose the aspects, let somebody write, and take the choice back."""
    assert moderator.post(f"/polls/{poll_id}/choice").status_code == 303
    look_again()
    write()
    assert moderator.delete(f"/polls/{poll_id}/choice").status_code == 303


def test_when_a_merger_is_undone_everything_stands_where_it_stood(merged, moderator, participant):
    kept, other, poll_id = merged
    apart = {"Call round": kept, "Visit them": other, "We help": other}
    for method, url, places in (
        ("POST", f"/polls/{poll_id}/undoing", apart),
        ("DELETE", f"/polls/{poll_id}/undoing", dict.fromkeys(apart, kept)),
        ("POST", f"/polls/{poll_id}/undoing", apart),
    ):
        assert moderator.browser.open(url, method=method).status_code == 303
        assert standing() == places
    moderator.post(f"/polls/{poll_id}/choice")
    page = participant.get(f"/aspects/{other}").text
    assert "Visit them" in page
    assert "We help" in page
    assert "Call round" not in page


def test_what_was_written_since_the_merger_stays(merged, moderator, participant):
    kept, other, poll_id = merged
    aspect = lambda: db.session.get_one(Aspect, kept)  # noqa: E731
    with_the_choice(moderator, poll_id, lambda: propose(aspect(), participant, "Newer", "c"))
    assert with_merger(moderator).status_code == 303
    assert standing() == {
        "Call round": kept,
        "Newer": kept,
        "Visit them": other,
        "We help": other,
    }


def test_what_was_written_before_it_is_done_again_comes_back_too(merged, moderator, participant):
    kept, other, poll_id = merged
    assert with_merger(moderator).status_code == 303
    aspect = lambda: db.session.get_one(Aspect, other)  # noqa: E731
    with_the_choice(moderator, poll_id, lambda: propose(aspect(), participant, "Between", "c"))
    assert with_merger(moderator, "DELETE").status_code == 303
    assert set(standing().values()) == {kept}
    assert with_merger(moderator).status_code == 303
    places = standing()
    assert {text for text, at in places.items() if at == other} == {
        "Between",
        "Visit them",
        "We help",
    }


def test_where_the_one_is_gone_since_what_stands_under_the_other_stays(
    event, participant, moderator
):
    kept, other = choose_aspects(event, participant, ("One", "Two"))
    propose(other, participant, "Visit them")
    kept_id, other_id, poll_id = kept.id, other.id, kept.poll_id
    moderator.delete(f"/polls/{poll_id}/choice")
    moderator.post(f"/aspects/{other_id}/merger", {"into": str(kept_id)})
    assert with_merger(moderator).status_code == 303
    assert moderator.delete(f"/aspects/{kept_id}").status_code == 303
    for form in ({}, {"rest": "1"}):
        answer = with_merger(moderator, "DELETE", **form)
        assert answer.status_code == 409
        assert "What this gesture did was changed again since" in answer.text
        assert "Only what nobody has changed since" not in answer.text, "there is no such thing"
        assert standing() == {"Visit them": other_id}
    assert [aspect.id for aspect in db.session.query(Aspect)] == [other_id]


def test_where_the_other_stays_since_it_has_got_more_so_does_what_stands_under_it(
    merged, moderator, participant, event
):
    kept, other, poll_id = merged
    apart = {"Call round": kept, "Visit them": other, "We help": other}
    assert with_merger(moderator).status_code == 303
    moderator.delete(f"/polls/{poll_id}/closure")
    poll = db.session.get_one(Aspect, other).poll
    joined = write(poll, participant, "Something else about it").id
    assert moderator.post(f"/aspects/{other}/concerns", {"concern": joined}).status_code == 303
    assert with_merger(moderator, "DELETE").status_code == 409
    assert with_merger(moderator, "DELETE", rest="1").status_code == 303
    assert standing() == apart
    left = db.session.get_one(Aspect, other)
    assert [concern.id for concern in left.concerns] == [joined]


def test_done_again_it_takes_all_along_also_where_something_was_kept_apart(
    merged, moderator, participant
):
    kept, other, poll_id = merged
    assert with_merger(moderator).status_code == 303
    moderator.delete(f"/polls/{poll_id}/closure")
    apart = write(db.session.get_one(Aspect, other).poll, participant, "Neither").id
    moderator.post(f"/aspects/{other}/concerns", {"concern": apart})
    moderator.post(f"/polls/{poll_id}/loose", {"concern": apart})
    into = {"into": str(kept)}
    assert moderator.post(f"/aspects/{other}/merger", into).status_code == 303
    for method in ("POST", "DELETE"):
        url = f"/polls/{poll_id}/undoing"
        assert moderator.browser.open(url, method=method).status_code == 303
    assert set(standing().values()) == {kept}


def test_what_was_merged_since_is_left_where_it_is_and_said(merged, moderator):
    kept, other, _poll_id = merged
    ids = {each.text: each.id for each in db.session.query(Proposal)}
    into = {"into": str(ids["Call round"])}
    moderator.post(f"/proposals/{ids['Visit them']}/merger", into)
    answer = with_merger(moderator)
    assert answer.status_code == 409
    assert "has been merged or moved since" in answer.text
    assert "Only what nobody has changed since" in answer.text
    assert set(standing().values()) == {kept}, "nothing was changed"
    assert with_merger(moderator, rest="1").status_code == 303
    assert standing() == {"Call round": kept, "Visit them": kept, "We help": other}


def test_what_was_merged_and_taken_out_again_is_as_it_was(merged, moderator):
    _kept, other, _poll_id = merged
    ids = {each.text: each.id for each in db.session.query(Proposal)}
    url, into = f"/proposals/{ids['Visit them']}/merger", {"into": str(ids["Call round"])}
    moderator.post(url, into)
    moderator.delete(url)
    assert with_merger(moderator).status_code == 303
    assert standing()["Visit them"] == other


def test_what_its_author_has_taken_back_keeps_nobody_from_undoing(merged, moderator, participant):
    _kept, other, _poll_id = merged
    proposal = db.session.query(Proposal).filter_by(text="Visit them").one()
    assert participant.delete(f"/proposals/{proposal.id}").status_code == 303
    assert with_merger(moderator).status_code == 303
    assert standing()["We help"] == other


def test_only_who_leads_brings_writings_back(merged, participant, host, outsider):
    kept = merged[0]
    for visitor, status in ((participant, 403), (host, 403), (outsider, 401)):
        assert with_merger(visitor).status_code == status
        assert with_merger(visitor, rest="1").status_code == status
    assert set(standing().values()) == {kept}


def test_a_board_asks_no_more_for_many_writings_than_for_one(
    merged, moderator, participant, statements
):
    kept, _other, poll_id = merged
    aspect = lambda: db.session.get_one(Aspect, kept)  # noqa: E731

    def asked():
        counted = []
        for method in ("POST", "DELETE"):
            statements.clear()
            assert with_merger(moderator, method).status_code == 303
            counted.append(len(statements))
        return counted

    few = asked()

    def write_many():
        for number in range(20):
            propose(aspect(), participant, f"Number {number}", f"n{number}")

    with_the_choice(moderator, poll_id, write_many)
    assert asked() == few
