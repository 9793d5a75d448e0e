"""The pages of forums: what each may do there, and that outsiders find nothing."""

import pytest

from app import create_app
from app.database import now, transaction
from app.extensions import db
from app.forums import parts
from app.forums.models import Forum, Post, Thread
from tests.factories import make_post


def test_the_list_shows_each_thread_with_its_numbers(world, ada, ben):
    thread = world.thread(ada, "How do we reach the council?")
    make_post(thread, ben.account)
    page = ada.page(f"/forums/{thread.forum_id}")
    assert "How do we reach the council?" in page
    assert "2 posts" in page
    assert "the newest by Ben Bach" in page
    assert "1 new" in page


def test_pinned_threads_come_first_then_the_latest(world, ada, ben):
    forum = world.forum()
    titles = ["One", "Two", "Three"]
    one, two, _three = (world.thread(ada, title, forum) for title in titles)
    make_post(one, ben.account)
    with transaction():
        db.session.get_one(Thread, two.id).pinned_at = now()
    page = ada.page(f"/forums/{forum.id}")
    assert page.index(">Two<") < page.index(">One<") < page.index(">Three<")


def test_a_long_list_goes_on_where_it_ended(world, ada):
    forum = world.forum()
    for n in range(33):
        world.thread(ada, f"Thread number {n}.", forum)
    first = ada.page(f"/forums/{forum.id}")
    older = first.partition("before=")[2].partition('"')[0]
    second = ada.page(f"/forums/{forum.id}?before={older}")
    assert "Thread number 3." in first
    assert "Thread number 2." not in first
    assert "Thread number 2." in second
    assert "Thread number 3." not in second
    assert f'id="threads-{forum.id}"' not in second


def test_a_thread_begins_with_its_first_post(world, ada):
    forum = world.forum()
    sent = {"title": "  A   question ", "text": "How do **you** do it?", "key": "k"}
    answers = [ada.post(f"/forums/{forum.id}/threads", sent) for _ in range(2)]
    assert answers[0].location == answers[1].location
    page = ada.page(answers[0].location)
    assert "<h1>A question</h1>" in page
    assert "How do <strong>you</strong> do it?" in page


def test_a_thread_without_a_title_comes_back_with_its_text(world, ada):
    forum = world.forum()
    answer = ada.post(f"/forums/{forum.id}/threads", {"title": "", "text": "My words"})
    assert answer.status_code == 422
    assert "My words</textarea>" in answer.text
    preview = ada.post(f"/forums/{forum.id}/threads", {"text": "*My*", "preview": "1"})
    assert "<em>My</em>" in preview.text
    assert db.session.query(Thread).count() == 0


def test_coordinators_open_name_order_and_close_forums(world, chris, ada):
    space = f"/spaces/{world.space.id}/forums"
    for title in ("First", "Second"):
        assert chris.post(space, {"title": title}).status_code == 303
    first, second = db.session.query(Forum).order_by(Forum.id)
    chris.post(f"/forums/{second.id}/place", {"to": "up"})
    chris.post(f"/forums/{first.id}", {"title": "Renamed", "description": "For all"})
    page = ada.page(space)
    assert page.index("Second") < page.index("Renamed")
    chris.post(f"/forums/{first.id}/archive")
    thread = {"title": "x", "text": "y", "key": "k"}
    assert ada.post(f"/forums/{first.id}/threads", thread).status_code == 409
    assert "Closed forums" in ada.page(space)
    chris.delete(f"/forums/{first.id}/archive")
    assert ada.post(f"/forums/{first.id}/threads", thread).status_code == 303


def test_a_forum_needs_a_title(world, chris):
    answer = chris.post(f"/spaces/{world.space.id}/forums", {"title": " "})
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/archive", "/place", "", "/edit"])
def test_only_coordinators_arrange_forums(world, ada, path):
    forum = world.forum()
    url = f"/forums/{forum.id}{path}"
    answer = ada.get(url) if path == "/edit" else ada.post(url, {"title": "x"})
    assert answer.status_code == 403


def test_readers_read_and_do_not_write(world, ada, rita):
    thread = world.thread(ada)
    assert rita.get(f"/threads/{thread.id}").status_code == 200
    assert rita.post(f"/threads/{thread.id}/posts", {"text": "Me too"}).status_code == 403
    assert rita.get(f"/forums/{thread.forum_id}/threads/new").status_code == 403


def test_outsiders_find_nothing_and_nobody_is_asked_to_sign_in(world, ada, ole, browser):
    thread = world.thread(ada)
    post = thread.last_post_id
    forum = thread.forum_id
    for url in (
        f"/spaces/{world.space.id}/forums",
        f"/forums/{forum}",
        f"/forums/{forum}/threads/new",
        f"/threads/{thread.id}",
        f"/threads/{thread.id}/last",
        f"/threads/{thread.id}/unread",
        f"/posts/{post}",
        f"/posts/{post}/replies/new",
        f"/posts/{post}/edit",
    ):
        assert ole.get(url).status_code == 404, url
        assert browser().get(url).status_code == 401, url
    for url in (f"/threads/{thread.id}/posts", f"/posts/{post}/replies", f"/posts/{post}"):
        assert ole.post(url, {"text": "Me too"}).status_code == 404, url
    assert db.session.query(Post).count() == 1


def test_authors_edit_and_withdraw_and_others_do_not(world, ada, ben, chris):
    thread = world.thread(ada)
    post = make_post(thread, ada.account, "Rash words")
    for other in (ben, chris):
        assert other.post(f"/posts/{post.id}", {"text": "Not mine"}).status_code == 403
        assert other.delete(f"/posts/{post.id}").status_code == 403
    assert ada.post(f"/posts/{post.id}", {"text": "Better words"}).status_code == 303
    assert "Better words" in ben.page(f"/threads/{thread.id}")
    ada.delete(f"/posts/{post.id}")
    page = ben.page(f"/threads/{thread.id}")
    assert "Better words" not in page
    assert "1 post" in page


def test_a_withdrawn_post_with_replies_leaves_its_place(world, ada, ben):
    thread = world.thread(ada)
    post = make_post(thread, ada.account, "Rash words")
    make_post(thread, ben.account, "Indeed", reply_to_id=post.id)
    ada.delete(f"/posts/{post.id}")
    page = ben.page(f"/threads/{thread.id}")
    assert "This post was withdrawn." in page
    assert "In reply to a post that is no longer here" in page
    assert "Rash words" not in page


def test_the_composer_says_who_will_read_it(world, ada, ben):
    thread = world.thread(ada)
    assert "Visible to 2 people in South" in ben.page(f"/threads/{thread.id}")


def test_without_a_script_newer_posts_are_shown_before_the_text_is_sent(world, ada, ben):
    thread = world.thread(ada)
    known = thread.last_post_id
    make_post(thread, ada.account, "Just now")
    sent = {"text": "My answer", "key": "k", "seen": known}
    answer = ben.post(f"/threads/{thread.id}/posts", sent)
    assert "While you were writing, 1 new post has come." in answer.text
    assert "Just now" in answer.text
    assert "My answer</textarea>" in answer.text
    assert 'name="seen"' not in answer.text
    assert ben.post(f"/threads/{thread.id}/posts", sent, live=True).status_code == 200
    assert db.session.query(Post).filter_by(text="My answer").count() == 1


def test_ones_own_posts_are_no_news_to_oneself(world, ada):
    thread = world.thread(ada)
    known = thread.last_post_id
    make_post(thread, ada.account)
    answer = ada.post(f"/threads/{thread.id}/posts", {"text": "More", "seen": known})
    assert answer.status_code == 303


def test_ones_own_posts_can_be_changed_without_a_script(world, ada, ben):
    thread = world.thread(ada)
    edit = f'href="/posts/{thread.last_post_id}/edit" data-own-only'
    assert f"{edit}>" in ada.page(f"/threads/{thread.id}")
    assert f"{edit} hidden>" in ben.page(f"/threads/{thread.id}")


def test_a_preview_shows_what_a_space_makes_of_a_text(world, ada, ole):
    url = f"/spaces/{world.space.id}/preview"
    assert "<strong>b</strong>" in ada.post(url, {"text": "**b**"}).text
    assert ole.post(url, {"text": "x"}).status_code == 404


def test_pages_ask_the_database_as_often_for_many_as_for_few(world, ada, ben, statements):
    forum = world.forum()
    thread = world.thread(ada, forum=forum)
    urls = [
        f"/spaces/{world.space.id}",
        f"/spaces/{world.space.id}/forums",
        f"/forums/{forum.id}",
        f"/threads/{thread.id}",
    ]
    asked = []
    for number in (10, 20):
        for n in range(number):
            other = world.thread(ada, f"Thread {number} {n}", forum)
            first = make_post(thread, ada.account)
            make_post(thread, ben.account, reply_to_id=first.id)
            make_post(other, ada.account)
        for url in urls:
            ben.page(url)
            statements.clear()
            ben.page(url)
            asked.append(len(statements))
    assert asked[:4] == asked[4:]


def test_the_answered_post_is_shown_as_it_is_read_and_not_as_it_was_typed(world, ada, ben):
    thread = world.thread(ada, "Numbers")
    first = make_post(thread, ada.account, "This <b>one</b> page")
    make_post(thread, ben.account, "Good.", first.id)
    assert "“This one page”" in ada.page(f"/threads/{thread.id}")


def test_whoever_is_not_signed_in_is_told_to_sign_in_and_of_no_event(world, ada, browser):
    thread = world.thread(ada, "Numbers")
    answer = browser().get(f"/threads/{thread.id}", headers={"Accept-Language": "en"})
    assert answer.status_code == 401
    assert "<h1>Please sign in first.</h1>" in answer.text
    assert "Join the event" not in answer.text


def test_a_second_application_in_one_process_doubles_no_part_of_a_post(app, tmp_path):
    names = [part.name for part in parts.parts()]
    create_app({"INSTANCE_PATH": str(tmp_path)})
    assert [part.name for part in parts.parts()] == names
    assert len(set(names)) == len(names)
