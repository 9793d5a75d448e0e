from app.database import transaction
from app.extensions import db
from app.forums import queries as forum_queries
from app.forums.models import Forum, Post, Reading, Thread
from app.moderation.models import ModerationEntry
from tests.factories import look_again


def split(group, posts, title="A question of its own", reach="chosen"):
    form = {"title": title, "posts": [post.id for post in posts], "reach": reach}
    return group.as_coordinator.post(f"/threads/{group.thread.id}/parts", form)


def new_thread(title="A question of its own"):
    look_again()
    return db.session.query(Thread).filter_by(title=title).one()


def ids_in(thread):
    rows = db.session.query(Post.id).filter_by(thread_id=thread.id).order_by(Post.id)
    return [id for (id,) in rows]


def counted(thread):
    look_again()
    row = db.session.get_one(Thread, thread.id)
    return row.post_count, row.last_post_id


def test_chosen_posts_become_a_thread_of_their_own(group):
    one, two, three = group.post("One"), group.post("Two", group.member), group.post("Three")
    first = group.thread.last_post_id
    page = group.as_coordinator.get(f"/threads/{group.thread.id}/parts?post={two.id}").text
    assert page.count("checked") == 2  # the post, and how far it reaches
    answer = split(group, [two])
    new = new_thread()
    assert answer.location.endswith(f"/threads/{new.id}")
    assert ids_in(new) == [two.id]
    assert two.id not in ids_in(group.thread)
    assert counted(new) == (1, two.id)
    assert counted(group.thread) == (3, three.id)
    assert new.account_id == group.member.id
    assert db.session.get_one(Forum, group.forum.id).thread_count == 2
    assert "Two" in group.page(group.as_reader, new)
    assert "Two" not in group.page(group.as_reader)
    assert (one.id, first) != (0, 0)


def test_all_after_a_post_go_along(group):
    _one, two, three = group.post("One"), group.post("Two"), group.post("Three")
    split(group, [two], reach="onwards")
    assert ids_in(new_thread()) == [two.id, three.id]


def test_replies_that_stay_go_on_pointing_to_what_has_gone(group):
    post = group.post("A question of another kind")
    reply = group.post("An answer", group.member, reply_to_id=post.id)
    split(group, [post])
    look_again()
    assert db.session.get_one(Post, reply.id).reply_to_id == post.id
    page = group.page(group.as_member)
    assert f'/posts/{post.id}"' in page


def test_what_is_quoted_from_another_thread_does_not_say_its_words(group):
    """The other thread may move on to where these readers may not follow."""
    post = group.post("Zwiebelturm")
    group.post("An answer", group.member, reply_to_id=post.id)
    split(group, [post])
    assert "Zwiebelturm" not in group.page(group.as_member)


def test_pages_that_are_open_are_read_anew(group):
    ear, list_ear = group.hear(group.thread.channel), group.hear(group.space.channel)
    post = group.post("One")
    split(group, [post])
    assert "catch-up" in ear.html
    assert "A question of its own" in list_ear.html


def test_what_was_new_stays_new_and_what_was_read_stays_read(group):
    one, two, three = group.post("One"), group.post("Two"), group.post("Three")
    with transaction() as session:
        session.add(Reading(account_id=group.member.id, thread_id=group.thread.id, post_id=two.id))
    split(group, [one, three])
    ids = [group.thread.id, new_thread().id]
    unread = forum_queries.unread_by_thread(group.member.id, ids)
    assert unread == {new_thread().id: 1}
    assert forum_queries.first_unread(group.member.id, new_thread().id) == three.id


def test_a_solution_that_goes_no_longer_solves_what_stays(group):
    post = group.post("The answer")
    group.as_author.post(f"/posts/{post.id}/acceptance")
    split(group, [post])
    look_again()
    assert db.session.get_one(Thread, group.thread.id).accepted_post_id is None


def test_it_needs_a_title_and_posts_and_leaves_some(group):
    post = group.post("One")
    assert split(group, [post], title=" ").status_code == 422
    assert split(group, []).status_code == 422
    first = db.session.query(Post).order_by(Post.id).first()
    assert split(group, [first], reach="onwards").status_code == 422
    assert split(group, [first, post]).status_code == 422
    look_again()
    assert db.session.query(Thread).count() == 1


def test_posts_of_another_thread_are_not_taken(group):
    from tests.factories import make_thread

    theirs = make_thread(group.other_forum, group.sibling, "Theirs")
    stolen = db.session.query(Post).filter_by(thread_id=theirs.id).one()
    assert split(group, [stolen]).status_code == 422
    assert ids_in(theirs) == [stolen.id]


def test_what_is_ticked_is_kept_while_paging(group):
    posts = [group.post(f"Post {n}") for n in range(70)]
    url = f"/threads/{group.thread.id}/parts"
    form = {"title": "New", "posts": [posts[0].id], "reach": "chosen", "later": posts[30].id}
    page = group.as_coordinator.post(url, form).text
    assert f'type="hidden" name="posts" value="{posts[0].id}"' in page
    assert "Post 31" in page
    assert "Earlier posts" in page
    back = group.as_coordinator.post(
        url, {"posts": [posts[0].id], "earlier": posts[31].id, "reach": "chosen"}
    ).text
    assert "Post 29" in back


def test_it_is_in_the_log(group):
    split(group, [group.post("One")])
    entry = db.session.query(ModerationEntry).one()
    assert (entry.deed, entry.title, entry.detail) == (
        "split",
        "Evening hours",
        "A question of its own",
    )
