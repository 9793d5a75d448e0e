from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts import own_data
from app.composing import actions, retention
from app.composing.models import Draft
from app.database import now, transaction
from app.extensions import db
from app.spaces import actions as spaces
from app.spaces.models import Membership
from tests.composing.towns import say
from tests.factories import make_thread


def drafts():
    return {(d.account_id, d.place): d.text for d in db.session.scalars(select(Draft))}


def put(person, place, text="Begun", **form):
    return person.put(f"/drafts/{place}", data={"text": text, **form}).status_code


def test_what_is_being_written_is_kept_and_kept_anew(here, browser):
    person = browser().sign_in(here.ole)
    for text in ("Be", "Begun"):
        assert put(person, f"thread-{here.thread.id}", text) == 204
    assert drafts() == {(here.ole.id, f"thread-{here.thread.id}"): "Begun"}


def test_an_empty_field_is_no_draft(here, browser):
    person = browser().sign_in(here.ole)
    put(person, f"thread-{here.thread.id}")
    put(person, f"thread-{here.thread.id}", " ")
    assert drafts() == {}


def test_a_new_thread_has_a_title_too(here, browser):
    put(browser().sign_in(here.ole), f"forum-{here.forum.id}", "", title="A title")
    assert db.session.scalar(select(Draft.title)) == "A title"


def test_drafts_are_kept_where_one_may_write_only(here, elsewhere, reader, browser):
    first = say(here, here.ines, "First")
    places = [
        f"thread-{here.thread.id}",
        f"forum-{here.forum.id}",
        f"reply-{first.id}",
        f"post-{first.id}",
    ]
    for place in places:
        assert put(browser().sign_in(elsewhere.ole), place) == 404
        assert put(browser(), place) == 401
    assert [put(browser().sign_in(reader), place) for place in places] == [403] * 4
    assert [put(browser().sign_in(here.ole), place) for place in places] == [204, 204, 204, 403]


@pytest.mark.parametrize("place", ["thread-0", "thread-99999999999", "thread-x", "cat-1", "x"])
def test_there_are_no_other_places(place, here, browser):
    assert put(browser().sign_in(here.ole), place) == 404


def test_a_draft_is_gone_when_its_post_is_there(here, browser):
    place = f"thread-{here.thread.id}"
    put(browser().sign_in(here.ole), place)
    put(browser().sign_in(here.ines), place)
    say(here, here.ole, "Begun and ended", draft=place)
    assert drafts() == {(here.ines.id, place): "Begun"}


def test_a_draft_that_comes_after_its_post_is_none(here, browser):
    say(here, here.ole, "Sent", key="k1")
    assert put(browser().sign_in(here.ole), f"thread-{here.thread.id}", "Sen", key="k1") == 204
    assert drafts() == {}


def test_a_draft_is_offered_to_its_author_alone(here, browser):
    put(browser().sign_in(here.ole), f"thread-{here.thread.id}", "My secret words")
    assert "My secret words" in browser().sign_in(here.ole).get("/drafts").text
    assert "My secret words" not in browser().sign_in(here.ines).get("/drafts").text
    assert browser().get("/drafts").status_code in (302, 303, 401)


def test_a_draft_can_be_discarded_again_and_again(here, browser):
    person = browser().sign_in(here.ole)
    put(person, f"thread-{here.thread.id}")
    for _ in range(2):
        assert person.delete(f"/drafts/thread-{here.thread.id}").status_code == 303
    assert drafts() == {}
    assert browser().delete(f"/drafts/thread-{here.thread.id}").status_code in (302, 303, 401)


def test_who_may_no_longer_read_keeps_the_text_and_sees_no_title(here, browser):
    person = browser().sign_in(here.ole)
    put(person, f"thread-{here.thread.id}", "My words")
    put(person, f"forum-{here.forum.id}", "My topic")
    assert "What helps" in person.get("/drafts").text
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (here.space.id, here.ole.id)))
    page = person.get("/drafts").text
    assert "My words" in page
    assert "My topic" in page
    assert "What helps" not in page
    assert "Topics" not in page
    assert put(person, f"thread-{here.thread.id}", "More") == 404


def test_the_list_asks_no_more_for_more_drafts(here, browser, statements):
    person = browser().sign_in(here.ole)
    put(person, f"thread-{here.thread.id}")
    person.get("/drafts")
    statements.clear()
    person.get("/drafts")
    few = len(statements)
    for _ in range(3):
        put(person, f"thread-{make_thread(here.forum, here.ines).id}")
    statements.clear()
    person.get("/drafts")
    assert len(statements) == few


def test_what_nobody_went_on_with_is_thrown_away(here, browser):
    put(browser().sign_in(here.ole), f"thread-{here.thread.id}")
    retention.drop_old()
    assert drafts()
    with transaction() as session:
        session.execute(update(Draft).values(updated_at=now() - timedelta(days=181)))
    retention.drop_old()
    assert drafts() == {}


def test_drafts_are_taken_along_and_deleted(here, browser):
    put(browser().sign_in(here.ole), f"thread-{here.thread.id}", "Mine")
    assert own_data.export(here.ole)["drafts"][0]["text"] == "Mine"
    with transaction():
        own_data.delete(here.ole, keep_words=True)
    assert drafts() == {}


def test_the_oldest_go_where_somebody_has_begun_very_many(here, browser, monkeypatch):
    monkeypatch.setattr(actions, "MOST_DRAFTS", 2)
    person = browser().sign_in(here.ole)
    places = [f"thread-{make_thread(here.forum, here.ole).id}" for _ in range(4)]
    for place in places:
        assert put(person, place) == 204
    assert {place for _, place in drafts()} == set(places[-2:])
