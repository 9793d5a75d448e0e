import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.forums.facts import ThreadChanged
from app.forums.models import Post, Thread
from app.outbox import announce
from app.search import indexing, moving
from app.search.models import Misplaced
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.search.worlds import found, keep_file, reader


@pytest.fixture
def thread(app):
    space = make_space("Old")
    anna = make_member(space)
    thread = make_thread(make_forum(space), anna, "Kastanie")
    for number in range(3):
        post = make_post(thread, anna, f"Kastanie {number}")
    keep_file(post, "Kastanie.pdf", "Kastanie")
    return thread, reader(anna)


@pytest.fixture
def new_forum(app):
    return make_forum(make_space("New"))


@pytest.fixture
def new_reader(new_forum):
    return reader(make_member(new_forum.space))


def move(thread, forum, **changes):
    """As moving does: the thread stands elsewhere, and that is announced."""
    with transaction() as session:
        here = session.get_one(Thread, thread.id)
        here.forum_id = forum.id
        for name, value in changes.items():
            setattr(here, name, value)
        session.flush()
        announce(ThreadChanged(here.id), here.channel)


def misplaced():
    db.session.rollback()
    return db.session.scalars(select(Misplaced.thread_id)).all()


def test_a_moved_thread_is_found_where_it_is_once_the_index_was_told(
    thread, new_forum, new_reader, monkeypatch
):
    monkeypatch.setattr(moving, "AT_ONCE", 2)
    moved, old_reader = thread
    move(moved, new_forum)
    assert found(old_reader, "Kastanie") == []
    assert found(new_reader, "Kastanie") == [f"thread {moved.id}"]
    assert misplaced() == [moved.id]
    moving.correct(moved.id)
    assert misplaced() == []
    assert len(found(new_reader, "Kastanie")) == 5
    assert len(found(new_reader, "Kastanie", forum_id=new_forum.id)) == 5
    assert found(old_reader, "Kastanie") == []
    assert indexing.differences() == {}


def test_the_posts_of_a_merged_thread_are_found_where_they_are(thread, new_forum, new_reader):
    moved, _old_reader = thread
    target = make_thread(new_forum, make_member(new_forum.space), "Linde")
    with transaction() as session:
        for post in session.scalars(select(Post).where(Post.thread_id == moved.id)):
            post.thread_id = target.id
    move(moved, moved.forum, merged_into_id=target.id)
    assert misplaced() == [target.id]
    moving.correct(target.id)
    assert len(found(new_reader, "Kastanie")) == 4  # three posts and a file; the thread is gone
    assert indexing.differences() == {}


def test_other_changes_of_a_thread_move_nothing(thread):
    moved, _reader = thread
    move(moved, moved.forum, title="Linde")
    assert misplaced() == []
    assert found(_reader, "Linde") == [f"thread {moved.id}"]


def test_what_was_not_finished_is_gone_on_with(thread, new_forum, monkeypatch):
    move(thread[0], new_forum)
    told = []
    monkeypatch.setattr(moving, "later", lambda task, id: told.append((task, id)))
    moving.find_misplaced()
    assert told == [(moving.correct, thread[0].id)]
