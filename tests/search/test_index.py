import pytest
from sqlalchemy import inspect, select, text

from app.database import now, transaction
from app.extensions import alembic, db
from app.forums import actions as forums
from app.forums.facts import PostWritten
from app.forums.models import Post
from app.outbox import announce
from app.search import indexing, schema, vocabulary
from app.search.commands import search as commands
from app.search.models import SearchEntry, SearchWord
from app.search.noted import note
from app.spaces.identity import member_of
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.search.worlds import found, keep_file, reader, words


@pytest.fixture
def space(app):
    return make_space("Cluster 1")


@pytest.fixture
def anna(space):
    return make_member(space, name="Anna Auer")


@pytest.fixture
def thread(space, anna):
    return make_thread(make_forum(space), anna, "Frühe Hilfen")


def held():
    """What the index holds, by kind."""
    db.session.rollback()
    return sorted(
        (kind, id)
        for kind, id in db.session.execute(select(SearchEntry.kind, SearchEntry.source_id))
    )


def known(word):
    """Whether the vocabulary has a word."""
    db.session.rollback()
    return db.session.scalar(select(SearchWord.id).where(SearchWord.word == word)) is not None


def test_an_edited_post_is_found_by_its_new_words_only(thread, anna):
    post = make_post(thread, anna, "Kastanienallee")
    with transaction():
        forums.edit_post(db.session.get_one(Post, post.id), words("Lindenstraße"))
    assert found(reader(anna), "Kastanienallee") == []
    assert found(reader(anna), "Lindenstraße") == [f"post {post.id}"]
    assert not known("kastanienallee")


def test_a_withdrawn_post_leaves_no_trace(thread, anna):
    post = make_post(thread, anna, "Kastanienallee und Hilfen")
    assert known("kastanienallee")
    with transaction():
        here = db.session.get_one(Post, post.id)
        forums.withdraw_post(here, member_of(here.thread.forum.space, anna))
    assert ("post", post.id) not in held()
    assert not known("kastanienallee")
    assert known("hilfen")  # which the title of the thread has, too


def test_what_is_rolled_back_was_never_found(thread, anna):
    before = held()
    with pytest.raises(RuntimeError):
        write_and_fail(thread, anna)
    make_post(thread, anna, "another")
    assert len(held()) == len(before) + 1
    assert not known("kastanienallee")


def write_and_fail(thread, anna):
    """Something goes wrong after a post was written."""
    with transaction() as session:
        post = Post(thread_id=thread.id, account_id=anna.id, key="x", **texts("Kastanienallee"))
        session.add(post)
        session.flush()
        announce(PostWritten(thread.id, post.id), thread.channel)
        raise RuntimeError


def texts(said):
    return {"text": said, "html": f"<p>{said}</p>", "submitted_text": said}


def test_things_of_the_same_moment_have_entries_of_their_own(thread, anna):
    with transaction() as session:
        moment = now()
        rows = [
            Post(
                thread_id=thread.id,
                account_id=anna.id,
                key=str(id),
                created_at=moment,
                id=id,
                **texts("Kastanie"),
            )
            for id in (1000, 1000 + (1 << 15))
        ]
        session.add_all(rows)
        session.flush()
        note("post", 1000, 1000 + (1 << 15))
    assert len(found(reader(anna), "Kastanie")) == 2


def test_filling_the_index_anew_changes_nothing_that_is_found(thread, anna):
    for number in range(5):
        post = make_post(thread, anna, f"Kastanie {number}")
    keep_file(post, "Kastanie.pdf", "Blatt und Frucht")
    before, hits = held(), found(reader(anna), "Kastanie")
    assert indexing.differences() == {}
    counts = indexing.rebuild()
    assert (counts["post"], counts["thread"], counts["file"]) == (6, 1, 1)
    assert held() == before
    assert found(reader(anna), "Kastanie") == hits
    assert indexing.differences() == {}


def test_the_check_tells_what_is_wrong_missing_and_left_over(app, thread, anna):
    posts = [make_post(thread, anna, f"Kastanie {number}") for number in range(3)]
    runner = app.test_cli_runner()
    assert runner.invoke(commands, ["check"]).exit_code == 0
    with transaction() as session:
        session.execute(text("UPDATE post SET html = 'Linde' WHERE id = :id"), {"id": posts[0].id})
        session.execute(
            text("DELETE FROM search_entry WHERE kind = 'post' AND source_id = :id"),
            {"id": posts[1].id},
        )
        session.execute(text("DELETE FROM post WHERE id = :id"), {"id": posts[2].id})
    assert indexing.differences() == {"post": 3}
    answer = runner.invoke(commands, ["check"])
    assert answer.exit_code == 1
    assert "post: 3" in answer.output
    assert runner.invoke(commands, ["rebuild"]).exit_code == 0
    assert runner.invoke(commands, ["check"]).exit_code == 0


def test_full_text_and_likeness_keep_in_step_with_rows_that_vanish(thread, anna):
    make_post(thread, anna, "Kastanienallee")
    with transaction() as session:
        session.execute(text("DELETE FROM search_entry"))
        session.execute(text("DELETE FROM search_word"))
    assert found(reader(anna), "Kastanienallee") == []
    assert vocabulary.alike("kastanienale") == []


def test_the_index_can_be_taken_away_and_made_again(app, thread, anna):
    make_post(thread, anna, "Kastanienallee")
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        schema.drop_index(connection)
        schema.create_index(connection)
    indexing.rebuild()
    assert len(found(reader(anna), "Kastanienallee")) == 1


def test_migrations_do_not_look_at_what_full_text_needs(app):
    tables = set(inspect(db.engine).get_table_names())
    for name in tables:
        is_shadow = name.startswith(("search_text", "search_likeness"))
        assert schema.is_ours(None, name, "table", True, None) != is_shadow
    assert schema.is_ours(None, "search_entry", "table", True, None)


def test_a_migration_finds_nothing_to_do_about_the_search(app):
    db.session.rollback()
    found = [str(difference) for difference in alembic.compare_metadata()]
    assert not [difference for difference in found if "search_" in difference]
