"""A mail's link opens just its thread after one click; it is no sign-in, and works once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.actions import choose_password
from app.accounts.models import Account
from app.database import now, transaction
from app.extensions import db
from app.forums.models import Post, Thread
from app.forums.passes import PASSES
from app.mail.models import Mail
from app.notifications.links import make_link
from app.notifications.models import MailLink
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import Membership
from tests.factories import make_post, make_thread
from tests.notifications.conftest import link_in


@pytest.fixture
def link(thread, mia):
    """The path of a link that Mia was sent."""
    with transaction():
        url = make_link(mia.id, thread.id, None)
    return url.partition("/m/")[1] + url.partition("/m/")[2]


@pytest.fixture
def holder(browser, link):
    """A browser in which Mia's link was opened."""
    here = browser()
    assert here.post(link).status_code == 303
    return here


def page(thread):
    return f"/threads/{thread.id}"


def test_looking_at_it_changes_nothing(browser, link, thread):
    here = browser()
    for _ in range(3):
        answer = here.get(link)
        assert answer.status_code == 200
        assert thread.title not in answer.text
    assert here.get(page(thread)).status_code == 401
    assert db.session.scalar(select(MailLink)).used_at is None


def test_the_button_opens_the_thread(browser, link, thread):
    here = browser()
    answer = here.post(link, follow_redirects=True)
    assert answer.status_code == 200
    assert thread.title in answer.text
    assert "_user_id" not in here.remembers()


def test_it_leads_to_the_post(browser, thread, ines, mia):
    post = make_post(thread, ines)
    with transaction():
        url = make_link(mia.id, thread.id, post.id)
    answer = browser().post("/m/" + url.rpartition("/")[2])
    assert answer.location == f"/posts/{post.id}"


def test_it_works_once(browser, holder, link, thread):
    stranger = browser()
    answer = stranger.post(link)
    assert answer.status_code == 410
    assert "This link has ended" in answer.text
    assert stranger.get(page(thread)).status_code == 401
    assert holder.get(page(thread)).status_code == 200


def test_in_the_same_browser_it_leads_there_again(holder, link, thread):
    assert holder.get(link).location == page(thread)


def test_whoever_is_signed_in_needs_no_pass(browser, link, mia, thread):
    here = browser().sign_in(mia)
    assert here.get(link).location == page(thread)
    assert PASSES not in here.remembers()


def test_an_old_one_opens_nothing(browser, link, thread):
    with transaction():
        db.session.scalar(select(MailLink)).ends_at = now() - timedelta(seconds=1)
    here = browser()
    assert here.get(link).status_code == 410
    assert here.post(link).status_code == 410
    assert here.get(page(thread)).status_code == 401


def test_an_ended_one_offers_a_new_one_to_the_same_address(browser, holder, link, mia, thread):
    assert browser().post(f"{link}/renewal", follow_redirects=True).status_code == 200
    (mail,) = db.session.scalars(select(Mail)).all()
    assert mail.recipient == mia.email
    new = "/m/" + mail.text.partition("/m/")[2].split()[0]
    other = browser()
    assert other.post(new).status_code == 303
    assert other.get(page(thread)).status_code == 200


def test_what_never_was_a_link_looks_the_same(browser, holder, link, app):
    ended, never = browser().get(link), browser().get("/m/never-was")
    assert ended.status_code == never.status_code == 410
    secret = link.rpartition("/")[2]
    strip = lambda answer, secret: [  # noqa: E731
        line
        for line in answer.text.replace(secret, "").splitlines()
        if "csrf" not in line and 'name="now"' not in line
    ]
    assert strip(ended, secret) == strip(never, "never-was")
    answers = [browser().post(f"{path}/renewal") for path in (link, "/m/never-was")]
    assert {(a.status_code, a.location) for a in answers} == {(303, "/m/renewed")}
    assert db.session.scalar(select(func.count(Mail.id))) == 1


def leave(space, mia):
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (space.id, mia.id)))


def test_whoever_has_left_has_a_pass_to_nothing(holder, browser, link, space, mia, thread):
    leave(space, mia)
    assert holder.get(page(thread)).status_code == 401
    assert browser().post(f"{link}/renewal").status_code == 303
    assert db.session.scalar(select(func.count(Mail.id))) == 0


def test_nor_does_the_link_open_anything_then(browser, link, space, mia, thread):
    leave(space, mia)
    here = browser()
    assert here.post(link).status_code == 410
    assert PASSES not in here.remembers()


@pytest.mark.parametrize("change", ["session_stamp", "deactivated_at"])
def test_a_pass_ends_with_the_sessions_of_its_account(holder, mia, thread, change):
    with transaction():
        account = db.session.get_one(Account, mia.id)
        setattr(account, change, 7 if change == "session_stamp" else now())
    assert holder.get(page(thread)).status_code == 401


def test_a_pass_ends_after_a_day(holder, thread):
    with holder.session_transaction() as session:
        account_id, stamp, _ = session[PASSES][str(thread.id)]
        session[PASSES] = {str(thread.id): [account_id, stamp, 1]}
    assert holder.get(page(thread)).status_code == 401


def test_the_bearer_replies_as_themselves(holder, thread, mia):
    sent = {"text": "By mail link", "key": "k1"}
    answer = holder.post(f"/threads/{thread.id}/posts", data=sent)
    assert answer.status_code == 303
    post = db.session.scalar(select(Post).order_by(Post.id.desc()))
    assert (post.text, post.account_id) == ("By mail link", mia.id)


def test_the_bearer_changes_nothing_that_is_there(holder, thread, mia):
    post = make_post(thread, mia, "Mine")
    answer = holder.post(f"/posts/{post.id}", data={"text": "Not mine", "key": ""})
    assert answer.status_code == 403
    assert holder.delete(f"/posts/{post.id}").status_code == 403
    assert db.session.get_one(Post, post.id, populate_existing=True).text == "Mine"


def test_a_coordinator_is_none_by_a_link(space, thread, mia, browser, app):
    with transaction():
        spaces.admit(space, mia, SpaceRole.COORDINATOR)
        url = make_link(mia.id, thread.id, None)
    here = browser()
    here.post("/m/" + url.rpartition("/")[2])
    answer = here.get(page(thread))
    assert 'data-role="member"' in answer.text


def test_nothing_else_opens(holder, space, forum, thread, ines, mia):
    other = make_thread(forum, ines, "Parking")
    for path in (
        f"/spaces/{space.id}",
        f"/forums/{forum.id}",
        f"/threads/{other.id}",
        "/notifications",
        "/notifications/settings",
        "/profile",
        f"/forums/{forum.id}/feed",
    ):
        answer = holder.get(path)
        assert answer.status_code in (401, 302), path
        assert "Parking" not in answer.text
    refused = holder.post(f"/threads/{thread.id}/notifications", data={"level": "all"})
    assert refused.status_code == 401


def test_a_hidden_thread_stays_hidden(holder, thread):
    with transaction():
        db.session.get_one(Thread, thread.id).hidden_at = now()
    assert holder.get(page(thread)).status_code in (401, 404)


def test_no_connection_is_opened_with_a_pass(holder, thread, app):
    page_now = holder.get(page(thread)).text
    assert '<meta name="identity" content="">' in page_now


def test_nor_is_a_guest_of_an_event_let_in_to_the_channel(holder, thread, event, join):
    from app.errors import DomainError
    from tests.browsers import Visitor

    visitor = join(event)
    with visitor.browser.session_transaction() as session:
        session[PASSES] = holder.remembers()[PASSES]
    assert visitor.browser.get(page(thread)).status_code == 200
    with pytest.raises(DomainError):
        Visitor(visitor.browser, event.id).audience(f"thread:{thread.id}")


def test_the_whole_way_by_mail(thread, ines, mia, wishes, mails, browser):
    from app.notifications.models import Level

    wishes(mia, Level.ALL)
    make_post(thread, ines, "Please have a look")
    here = browser()
    answer = here.post(link_in(mails()[0]), follow_redirects=True)
    assert "Please have a look" in answer.text


def test_the_form_needs_its_token(browser, link, forgery_checked):
    assert browser().post(link).status_code == 422
    assert db.session.scalar(select(MailLink)).used_at is None


def test_files_of_the_thread_open_with_it_and_no_others(holder, browser, forum, thread, ines, app):
    from app.files.kinds import FileKind
    from app.files.models import File

    def file_in(post):
        with transaction() as session:
            file = File(
                account_id=ines.id,
                post_id=post.id,
                key=f"k{post.id}",
                name="a.pdf",
                kind=FileKind.PDF,
                size=1,
                stored=f"missing-{post.id}",
            )
            session.add(file)
            session.flush()
            return file.id

    here = file_in(make_post(thread, ines))
    there = file_in(make_post(make_thread(forum, ines, "Parking"), ines))
    assert holder.get(f"/files/{here}").status_code == 404  # it is opened, but not on the disk
    assert holder.get(f"/files/{there}").status_code == 401
    assert browser().get(f"/files/{here}").status_code == 401


def test_another_password_ends_links_that_wait_in_old_mails(browser, link, mia, thread):
    with transaction():
        choose_password(db.session.merge(mia), "another")
    here = browser()
    assert here.post(link).status_code == 410
    assert here.get(page(thread)).status_code == 401


def test_no_page_shows_what_is_around_the_thread(holder, thread, ines):
    post = make_post(thread, ines)
    for path in (page(thread), f"/posts/{post.id}/versions", f"/posts/{post.id}/reports/new"):
        answer = holder.get(path)
        assert answer.status_code == 200, path
        assert 'class="space-tabs"' not in answer.text, path
        assert 'class="space-path"' not in answer.text, path


def test_the_page_offers_only_what_works_without_signing_in(holder, browser, mia, thread):
    offered = ("link-picker", "mention-list", "file-picker", "kept-draft")
    shown, whole = holder.get(page(thread)).text, browser().sign_in(mia).get(page(thread)).text
    assert [part for part in offered if f"<{part}" in shown] == []
    assert [part for part in offered if f"<{part}" in whole] == list(offered)
    assert f"next=/spaces/{thread.forum.space_id}" in shown
