"""What is noted is indexed soon, once, and never forgotten."""

import pytest
from sqlalchemy import func, select

from app.database import transaction
from app.errors import Busy
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Post
from app.search import indexing, noted
from app.search.models import Noted
from app.search.noted import find_noted, index_noted, note, tell, waiting
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.search.worlds import found, reader, words
from tests.together import together

only_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@pytest.fixture
def found_at_once(monkeypatch):
    """Nothing is, here."""
    noted._is_behind.clear()
    yield
    noted._is_behind.clear()


@pytest.fixture
def anna(app):
    return make_member(make_space("Cluster 1"), name="Anna Auer")


@pytest.fixture
def thread(anna):
    space = make_space("Cluster 2")
    return make_thread(make_forum(space), make_member(space), "Frühe Hilfen")


@pytest.fixture
def told(monkeypatch):
    """What jobs are told to do."""
    tasks = []
    monkeypatch.setattr(noted, "later", tasks.append)
    return tasks


def left():
    db.session.rollback()
    return db.session.scalar(select(func.count(Noted.id)))


def author_of(thread):
    return thread.account


def test_a_submission_costs_the_search_one_row_and_is_found_once_that_was_looked_at(
    thread, statements
):
    index_noted()
    statements.clear()
    post = make_post(thread, author_of(thread), "Kastanienallee")
    assert len([sent for sent in statements if "search_" in sent]) == 1
    somebody = reader(author_of(thread))
    assert found(somebody, "Kastanienallee") == []
    index_noted()
    assert found(somebody, "Kastanienallee") == [f"post {post.id}"]
    assert left() == 0


def test_many_submissions_are_indexed_with_as_many_statements_as_one(thread, statements):
    index_noted()
    asked = []
    for number in (1, 20):
        for n in range(number):
            make_post(thread, author_of(thread), f"Kastanie {number} {n}")
        statements.clear()
        index_noted()
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert indexing.differences() == {}


def test_more_than_fits_into_one_transaction_is_indexed_too(thread, monkeypatch):
    monkeypatch.setattr(noted, "AT_ONCE", 4)
    for n in range(9):
        make_post(thread, author_of(thread), f"Kastanie {n}")
    index_noted()
    assert left() == 0
    assert indexing.differences() == {}


def test_jobs_are_told_once_of_all_that_was_noted(thread, told):
    tell()
    del told[:]
    for n in range(5):
        make_post(thread, author_of(thread), f"Kastanie {n}")
    tell()
    tell()
    assert told == [index_noted]


def test_what_nobody_was_told_of_is_found_by_looking(thread, told):
    index_noted()
    find_noted()
    assert told == []
    make_post(thread, author_of(thread), "Kastanie")
    find_noted()
    assert told == [index_noted]


def test_what_is_rolled_back_was_never_noted(thread):
    index_noted()
    with pytest.raises(RuntimeError):
        note_and_fail()
    make_post(thread, author_of(thread), "Kastanie")
    assert left() == 1


def note_and_fail():
    with transaction():
        note("post", 1)
        raise RuntimeError


def busy(_things):
    raise Busy


def test_what_finds_the_database_busy_is_still_noted(thread, monkeypatch):
    make_post(thread, author_of(thread), "Kastanie")
    before = left()
    with monkeypatch.context() as broken:
        broken.setattr(noted, "bring_up_to_date", busy)
        with pytest.raises(Busy):
            index_noted()
    assert left() == before > 0
    index_noted()
    assert indexing.differences() == {}


def test_one_that_cannot_be_indexed_keeps_no_other_from_it(thread, monkeypatch, caplog):
    posts = [make_post(thread, author_of(thread), f"Kastanie {n}") for n in range(3)]
    bad = posts[1].id

    def picky(things):
        if bad in things.get("post", ()):
            raise ValueError("Kastanie 1")
        indexing.bring_up_to_date(things)

    monkeypatch.setattr(noted, "bring_up_to_date", picky)
    index_noted()
    assert left() == 0
    shown = found(reader(author_of(thread)), "Kastanie")
    assert sorted(shown) == [f"post {posts[0].id}", f"post {posts[2].id}"]
    assert f"post {bad} cannot be indexed: ValueError" in caplog.text
    assert "Kastanie" not in caplog.text, "what people wrote is nobody's who reads the log"


@only_postgresql
def test_nor_does_one_that_is_too_large_for_the_database(thread, monkeypatch):
    posts = [make_post(thread, author_of(thread), f"Kastanie {n}") for n in range(2)]

    def picky(things):
        if posts[0].id in things.get("post", ()):
            many = " ".join(f"word{n}" for n in range(150_000))
            db.session.execute(select(func.to_tsvector("simple", many)))
        indexing.bring_up_to_date(things)

    monkeypatch.setattr(noted, "bring_up_to_date", picky)
    index_noted()
    assert left() == 0
    assert found(reader(author_of(thread)), "Kastanie") == [f"post {posts[1].id}"]


def test_what_has_gone_before_it_was_looked_at_is_passed_over(thread):
    with transaction():
        note("post", 1_000_000)
        note("no such thing", 1)
    index_noted()
    assert left() == 0


def test_operators_see_how_much_waits(thread):
    index_noted()
    make_post(thread, author_of(thread), "Kastanie")
    count, since = db.session.execute(waiting()).one()
    assert count == 1
    assert since == db.session.scalar(select(Noted.noted_at))


def test_several_at_once_leave_the_index_as_the_things_are(app, thread):
    ids = [make_post(thread, author_of(thread), f"Kastanie {n}").id for n in range(6)]

    def edit():
        for id in ids:
            with transaction():
                forums.edit_post(db.session.get_one(Post, id), words(f"Linde {id}"))

    def index():
        for _ in range(4):
            index_noted()

    assert together(app, edit, index, index) == [None] * 3
    index_noted()
    assert left() == 0
    assert indexing.differences() == {}
