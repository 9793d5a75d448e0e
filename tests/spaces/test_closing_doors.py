"""Who may read a space no more hears nothing more of it, at once and on every page."""

import time

import pytest

from app.accounts import actions as accounts
from app.accounts.queries import tokens_of
from app.database import transaction
from app.errors import DomainError
from app.realtime import Audience, View
from app.realtime.publisher import LOOK, TICK
from app.spaces import actions
from tests.browsers import Visitor
from tests.ears import Ear
from tests.factories import make_account, make_member
from tests.sockets import Page


@pytest.fixture
def ear(app):
    """Listen to a space, or to what is one account's own."""

    def listen(thing):
        space_id = None if thing.channel.startswith("account") else thing.id
        view = View.PERSON if space_id is None else View.SPACE
        return Ear(app, Audience(thing.channel, thing.channel, view, "en", space_id))

    return listen


def may_hear(browser, account, channel):
    visitor = Visitor(browser().sign_in(account), 0)
    try:
        visitor.audience(channel)
    except DomainError:
        return False
    return True


def test_the_space_and_ones_own_channel_are_heard_by_those_they_are_for(
    browser, cluster, member, outsider
):
    assert may_hear(browser, member, cluster.channel)
    assert not may_hear(browser, outsider, cluster.channel)
    assert may_hear(browser, member, member.channel)
    assert not may_hear(browser, outsider, member.channel)


def test_closing_a_space_closes_its_connections(ear, programme):
    listening = ear(programme)
    with transaction():
        actions.set_privacy(programme, True)
    assert listening.is_closed


def test_what_happens_elsewhere_closes_nothing(ear, programme, cluster):
    listening = ear(programme)
    with transaction():
        actions.set_privacy(cluster, False)
    assert not listening.is_closed


@pytest.mark.parametrize(
    "end",
    [
        accounts.deactivate,
        lambda account: accounts.delete_account(account, keep_name=True),
        lambda account: accounts.choose_password(account, "another"),
    ],
    ids=["deactivated", "deleted", "password changed"],
)
def test_the_end_of_an_account_closes_its_connections(ear, member, end):
    listening = ear(member)
    with transaction():
        end(member)
    assert listening.is_closed


def test_an_account_that_has_ended_reads_nothing_by_session_or_key(browser, cluster, member):
    mia = browser().sign_in(member)
    with transaction():
        secret = accounts.create_token(member, "a program")
    key = {"Authorization": f"Bearer {secret}"}
    assert mia.get(f"/spaces/{cluster.id}").status_code == 200
    with transaction():
        accounts.deactivate(member)
    assert mia.get(f"/spaces/{cluster.id}").status_code == 401
    assert browser().get(f"/spaces/{cluster.id}", headers=key).status_code in (401, 404)


def test_taking_a_key_back_closes_its_connections(ear, member):
    listening = ear(member)
    with transaction():
        accounts.create_token(member, "a program")
    with transaction():
        accounts.revoke_token(tokens_of(member)[0])
    assert listening.is_closed


@pytest.mark.socket
def test_real_pages_of_outsiders_end_and_those_of_members_come_back(
    live_server, browser, programme, cluster, put
):
    inside, visitor = make_member(programme), make_account(password_hash="x")
    put(cluster, visitor)
    time.sleep(LOOK + TICK)  # until the server knows what was before
    pages = {}
    for name, account in (("inside", inside), ("visitor", visitor)):
        pages[name] = Page(live_server, cookie=browser().sign_in(account).cookie())
        assert pages[name].subscribe(programme.channel)["ok"]
    elsewhere = Page(live_server, cookie=browser().sign_in(visitor).cookie())
    assert elsewhere.subscribe(cluster.channel)["ok"]
    with transaction():
        actions.set_privacy(programme, True)
    for page in pages.values():
        assert page.hears("disconnect", 8)
    assert not elsewhere.hears("disconnect", 1)
    again = Page(live_server, cookie=browser().sign_in(inside).cookie())
    assert again.subscribe(programme.channel)["ok"]
    out = Page(live_server, cookie=browser().sign_in(visitor).cookie())
    assert not out.subscribe(programme.channel)["ok"]
    for page in (elsewhere, again, out):
        page.close()


@pytest.mark.socket
def test_whoever_is_taken_out_hears_nothing_more_and_others_stay(
    live_server, browser, programme, cluster, member, coordinator
):
    time.sleep(LOOK + TICK)  # until the server knows what was before
    pages = {}
    for name, account in (("mia", member), ("cora", coordinator)):
        for space in (cluster, programme):
            page = Page(live_server, cookie=browser().sign_in(account).cookie())
            assert page.subscribe(space.channel)["ok"]
            pages[name, space.name] = page
    browser().sign_in(coordinator).delete(f"/spaces/{cluster.id}/people/{member.id}")
    for (name, _space), page in pages.items():
        assert page.hears("disconnect", 8 if name == "mia" else 1) == (name == "mia")
    for page in pages.values():
        page.close()
