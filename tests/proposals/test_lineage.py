from app.extensions import db
from app.livepolls.models import Aspect
from tests.proposals.topics import choose_aspects, propose


def test_when_aspects_are_merged_what_is_written_moves_along(event, participant, host, moderator):
    kept, other = choose_aspects(event, participant, ("One", "Two"))
    propose(other, participant, "Visit them")
    host.post(f"/aspects/{other.id}/answers", {"text": "We help"})
    moderator.delete(f"/polls/{kept.poll_id}/choice")
    form = {f"into-{other.id}": str(kept.id)}
    assert moderator.post(f"/aspects/{other.id}/merger", form).status_code == 303
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
