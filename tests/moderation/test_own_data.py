from app.accounts import own_data
from app.database import transaction
from app.extensions import db
from app.moderation.models import ModerationEntry, PostReport


def test_what_one_has_reported_and_done_can_be_taken_along(group):
    post = group.post("Rude words")
    group.as_member.post(f"/posts/{post.id}/reports", {"reason": "That is rude"})
    group.as_coordinator.post(f"/posts/{post.id}/hiding", {"reason": "Be kind"})
    reported = own_data.export(db.session.merge(group.member))
    assert [r["reason"] for r in reported["reports"]] == ["That is rude"]
    assert reported["moderation"] == []
    done = own_data.export(db.session.merge(group.coordinator))
    assert [e["deed"] for e in done["moderation"]] == ["hid_post"]
    assert done["reports"] == []


def test_earlier_wordings_can_be_taken_along(group):
    post = group.post("First")
    group.as_author.post(f"/posts/{post.id}", {"text": "Second"})
    exported = own_data.export(db.session.merge(group.author))
    assert [v["text"] for v in exported["earlier_wordings"]] == ["First"]


def test_names_and_reasons_go_and_deeds_stay(group):
    post, other = group.post("Rude words"), group.post("Other words")
    for reported in (post, other):
        group.as_member.post(f"/posts/{reported.id}/reports", {"reason": "That is rude"})
    group.as_coordinator.post(f"/posts/{post.id}/hiding", {"reason": "Be kind"})
    with transaction() as session:
        for person in (group.member, group.coordinator):
            own_data.delete(session.merge(person), keep_words=False)
    assert {(r.account_id, r.reason) for r in db.session.query(PostReport)} == {(None, "")}
    entry = db.session.query(ModerationEntry).one()
    assert (entry.account_id, entry.reason) == (None, "Be kind")
    page = group.as_second.get(f"/spaces/{group.space.id}/log").text
    assert "former member" in page
    assert "Other words" in group.as_second.get(f"/spaces/{group.space.id}/reports").text


def test_words_may_stay(group):
    post = group.post("Rude words")
    group.as_member.post(f"/posts/{post.id}/reports", {"reason": "That is rude"})
    with transaction() as session:
        own_data.delete(session.merge(group.member), keep_words=True)
    stored = db.session.query(PostReport).one()
    assert (stored.account_id, stored.reason) == (None, "That is rude")
