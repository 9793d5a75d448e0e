"""Forums by program: read on by cursors, written to once, and closed to outsiders."""

import pytest

from app.database import transaction
from app.extensions import db
from app.forums.models import Post
from app.permissions import SpaceRole
from tests.factories import make_forum, make_member, make_post, make_space, make_thread


@pytest.fixture
def space(app):
    return make_space(allows_readers=True)


@pytest.fixture
def ada(space):
    return make_member(space, name="Ada")


@pytest.fixture
def forum(space):
    return make_forum(space)


@pytest.fixture
def thread(forum, ada):
    return make_thread(forum, ada, "How?")


def test_threads_are_read_on_by_a_cursor(forum, ada, program):
    ids = [make_thread(forum, ada, f"Thread {n}").id for n in range(35)]
    caller, seen, path = program(ada), [], f"/forums/{forum.id}/threads"
    while path:
        page = caller.get(path).json
        seen += [thread["id"] for thread in page["threads"]]
        path = page["older"] and f"/forums/{forum.id}/threads?before={page['older']}"
    assert seen == ids[::-1]


def test_posts_are_read_on_in_both_directions(thread, ada, program):
    ids = [thread.last_post_id, *(make_post(thread, ada).id for _ in range(95))]
    caller, path = program(ada), f"/threads/{thread.id}/posts"
    first = caller.get(path).json
    second = caller.get(f"{path}?after={first['later']}").json
    third = caller.get(f"{path}?before={ids[-1]}").json
    assert [p["id"] for p in first["posts"] + second["posts"]] == ids[: 30 + len(second["posts"])]
    assert [p["id"] for p in third["posts"]] == ids[-31:-1]
    assert (first["earlier"], third["later"]) == (None, ids[-2])


def test_a_thread_is_begun_once_with_one_key(forum, ada, program):
    sent = {"title": "How?", "text": "We **ask**.", "key": "k"}
    answers = [program(ada).post(f"/forums/{forum.id}/threads", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json == answers[1].json
    assert db.session.query(Post).one().html == "<p>We <strong>ask</strong>.</p>"


def test_a_reply_is_written_once_with_one_key(thread, space, program):
    ben = make_member(space, name="Ben")
    sent = {"text": "So.", "key": "k", "reply_to": thread.last_post_id}
    answers = [program(ben).post(f"/threads/{thread.id}/posts", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json["author"] == "Ben"
    assert answers[0].json["reply_to"] == sent["reply_to"]


def test_of_a_hidden_post_only_the_place_is_told(thread, ada, program):
    post = db.session.get_one(Post, thread.last_post_id)
    with transaction():
        db.session.get_one(Post, post.id).hide(True)
    told = program(ada).get(f"/threads/{thread.id}/posts").json["posts"][0]
    assert (told["text"], told["author"], told["is_hidden"]) == ("", None, True)


@pytest.mark.parametrize("query", ["?before=x", "?before=99999999999-1"])
def test_nonsense_is_no_cursor(forum, thread, ada, program, query):
    assert program(ada).get(f"/forums/{forum.id}/threads{query}").status_code == 422
    assert program(ada).get(f"/threads/{thread.id}/posts{query}").status_code == 422


def test_outsiders_find_nothing_and_readers_do_not_write(forum, thread, space, program):
    ole = program(make_member(make_space(), name="Ole"))
    rita = program(make_member(space, SpaceRole.READER, "Rita"))
    sent = {"text": "Me too", "key": "k"}
    for path, body in (
        (f"/forums/{forum.id}/threads", {"title": "x", **sent}),
        (f"/threads/{thread.id}/posts", sent),
    ):
        assert ole.get(path).status_code == 404
        assert ole.post(path, body).status_code == 404
        assert rita.get(path).status_code == 200
        assert rita.post(path, body).status_code == 403
        assert program().get(path).status_code == 401


def test_the_talk_of_an_event_is_not_read_here(event, participant, program):
    assert program(participant).get("/threads/1/posts").status_code == 404
