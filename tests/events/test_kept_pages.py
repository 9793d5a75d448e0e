"""Pages that many get at once are rendered once, and yet each person gets their own."""

import re
import threading
from collections import OrderedDict

import pytest

from app import kept
from app.database import transaction
from app.events import actions, hall
from app.events.models import AgendaItem, Event
from app.extensions import db
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, write

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture(autouse=True)
def lasting(app, monkeypatch):
    """However slow the machine is, a kept page is still kept when the next one asks."""
    monkeypatch.setattr(kept, "LONGEST", 3600.0)
    monkeypatch.setitem(app.extensions, "kept pages", OrderedDict())


@pytest.fixture
def rendered(monkeypatch):
    """The templates of pages that were rendered to be kept."""
    real, names = kept._pieces, []

    def pieces(template, context):
        names.append(template)
        return real(template, context)

    monkeypatch.setattr(kept, "_pieces", pieces)
    return names


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


def start(event, kind):
    with transaction() as session:
        item = session.get_one(AgendaItem, item_of_kind(event, kind).id)
        actions.start_step(session.get_one(Event, event.id), item)


def test_a_hall_that_comes_in_gets_each_page_from_one_rendering(event, poll, join, rendered):
    for visitor in [join(event) for _ in range(3)]:
        assert visitor.get(f"/e/{event.code}").status_code == 200
    assert rendered == ["events/live.html"]


def test_newcomers_get_the_join_page_from_one_rendering_and_each_a_key(event, browser, rendered):
    pages = [browser().get(f"/join/{event.code}").text for _ in range(3)]
    keys = {re.search(r'name="key"[^>]*value="([^"]+)"', page)[1] for page in pages}
    assert rendered == ["events/join.html"]
    assert len(keys) == 3
    assert len({TOKEN.search(page)[1] for page in pages}) == 3


def test_no_page_holds_anything_of_another_person(event, poll, join):
    ada, ben = join(event, "Ada Lovelace"), join(event, "Ben Bitdiddle")
    write(poll, ada, "Childcare until six")
    adas, bens = (visitor.get(f"/e/{event.code}").text for visitor in (ada, ben))
    for visitor, page, other, others in ((ada, adas, ben, bens), (ben, bens, ada, adas)):
        assert f'data-channel="participant:{visitor.participant_id}"' in page
        assert f"participant:{other.participant_id}" not in page
        assert f'name="identity" content="p{visitor.participant_id}.' in page
        assert other.person.name not in page
        assert not set(TOKEN.findall(page)) & set(TOKEN.findall(others))
    assert "What I have voiced" in adas
    assert "What I have voiced" not in bens


def test_no_mark_of_a_hole_is_left_on_a_page(event, poll, join, browser):
    pages = [browser().get(f"/join/{event.code}").text, join(event).get(f"/e/{event.code}").text]
    assert not any(kept.SECRET in page for page in pages)


def test_each_form_of_a_kept_page_holds_the_token_of_its_reader(
    event, poll, join, forgery_checked, browser
):
    """Also those who come without a script can send what stands on the page."""
    readers = []
    for number in range(2):
        reader = browser()
        token = TOKEN.search(reader.get(f"/join/{event.code}").text)[1]
        form = {"name": f"Guest {number}", "csrf_token": token}
        assert reader.post(f"/join/{event.code}", data=form).status_code == 303
        readers.append(reader)
    pages = [reader.get(f"/e/{event.code}").text for reader in readers]
    mine, other = (TOKEN.findall(page) for page in pages)
    assert len(mine) > 2
    ids = re.findall(r'id="(csrf-\d+)"', pages[0])
    assert len(ids) == len(set(ids)) == len(mine)
    url = f"/polls/{poll.id}/concerns"
    for token in mine:
        data = {"text": "Childcare", "key": token, "csrf_token": token}
        assert readers[0].post(url, data=data).status_code == 303
    data = {"text": "Childcare", "key": "k", "csrf_token": other[0]}
    assert readers[0].post(url, data=data).status_code == 422


def test_the_page_shows_what_has_happened_in_the_hall_at_once(event, participant, rendered):
    assert "We will begin soon" in participant.get(f"/e/{event.code}").text
    start(event, "poll")
    assert "What do you want advice on?" in participant.get(f"/e/{event.code}").text
    assert len(rendered) == 2


def test_a_concern_stands_on_the_next_page(event, poll, join, participant):
    participant.get(f"/e/{event.code}")
    write(poll, join(event), "Childcare until six")
    assert "Childcare until six" in participant.get(f"/e/{event.code}").text


def test_an_event_that_is_called_otherwise_says_so_at_once(event, participant, browser):
    participant.get(f"/e/{event.code}")
    browser().get(f"/join/{event.code}")
    with transaction():
        actions.change_event(db.session.get_one(Event, event.id), title="Renamed")
    assert "Renamed" in participant.get(f"/e/{event.code}").text
    assert "Renamed" in browser().get(f"/join/{event.code}").text


def test_the_page_names_its_own_moment_though_it_was_rendered_before_others_came(
    event, poll, participant, join
):
    def claimed():
        page = participant.get(f"/e/{event.code}").text
        hall = page.partition("live-hall")[2].partition("participant:")[0]
        versions = set(re.findall(r'data-version="(\d+)"', hall))
        return versions, re.search(r'data-channel="event:\w+" data-position="(\d+)"', page)[1]

    versions, before = claimed()
    assert versions == {before}
    join(event)
    versions, after = claimed()
    assert versions == {after}
    assert int(after) == int(before) + 2


def test_who_leads_never_gets_the_page_of_the_hall_nor_the_hall_theirs(
    event, poll, moderator, observer, participant
):
    for visitor in (participant, moderator, observer, participant):
        page = visitor.get(f"/e/{event.code}").text
        assert f'data-role="{visitor.person.role.value}"' in page
        assert (f'href="/e/{event.code}/cockpit"' in page) == (visitor is moderator)


def test_each_language_has_its_own(event, join):
    for language, word in (("de", "Impressum"), ("en", "Imprint")) * 2:
        assert word in join(event, language=language).get(f"/e/{event.code}").text


def test_what_one_was_just_told_stands_on_the_page_and_on_nobody_elses(
    event, join, browser, rendered
):
    told, other = join(event), join(event)
    other.get(f"/e/{event.code}")
    with told.browser.session_transaction() as session:
        session["_flashes"] = [("message", "Only for you")]
    assert "Only for you" in told.get(f"/e/{event.code}").text
    assert "Only for you" not in told.get(f"/e/{event.code}").text
    assert "Only for you" not in other.get(f"/e/{event.code}").text
    assert len(rendered) == 1


def test_a_member_gets_the_join_page_of_their_own(event, browser, account, rendered):
    browser().get(f"/join/{event.code}")
    page = browser().sign_in(account(name="Mia Member")).get(f"/join/{event.code}").text
    assert "Mia Member" in page
    assert "Mia Member" not in browser().get(f"/join/{event.code}").text
    assert rendered == ["events/join.html"]


def test_a_page_never_claims_to_be_newer_than_what_is_kept_for_it(
    app, event, participant, monkeypatch
):
    """A step starts at the very moment at which the page asks for its positions."""
    real, id, item_id = hall.positions, event.id, item_of_kind(event, "poll").id

    def begin():
        with app.app_context(), transaction() as session:
            item = session.get_one(AgendaItem, item_id)
            actions.start_step(session.get_one(Event, id), item)

    def positions(*who):
        monkeypatch.setattr(hall, "positions", real)
        thread = threading.Thread(target=begin)
        thread.start()
        thread.join(10)
        return real(*who)

    monkeypatch.setattr(hall, "positions", positions)
    first, second = (participant.get(f"/e/{event.code}").text for _ in range(2))
    db.session.rollback()
    assert event.current_item is not None
    assert "What do you want advice on?" in second
    claimed = [re.search(r'event:\w+" data-position="(\d+)"', page)[1] for page in (first, second)]
    assert "What do you want advice on?" in first or int(claimed[0]) < int(claimed[1])
    now_claimed = int(claimed[1])
    assert now_claimed == hall.positions(event, participant.person).event


def test_a_page_of_an_earlier_moment_is_not_kept_as_the_present_one(
    event, participant, monkeypatch, rendered
):
    channel = event.channel
    monkeypatch.setitem(hall._seen(), channel, (10_000, 10_000))
    assert participant.get(f"/e/{event.code}").status_code == 200
    assert rendered == []


def test_a_page_leads_back_to_where_it_was_asked_for(event, browser):
    url = f"/join/{event.code}"
    browser().head(url)
    for asked in (url, f"{url}?from=poster", url):
        assert f'name="back" value="{asked}"' in browser().get(asked).text


def test_a_kept_page_is_old_after_a_moment(app, event, join, rendered, monkeypatch):
    """What changes without a fact, a municipality's name for instance, is seen then."""
    monkeypatch.setattr(kept, "LONGEST", 0.0)
    visitor = join(event)
    for _ in range(2):
        visitor.get(f"/e/{event.code}")
    assert len(rendered) == 2
    assert len(app.extensions["kept pages"]) == 1


def test_more_pages_than_are_kept_push_out_the_oldest(app, event, join, browser, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for language in ("de", "en"):
        assert browser(language).get(f"/join/{event.code}").status_code == 200
        assert join(event, language=language).get(f"/e/{event.code}").status_code == 200
    assert len(app.extensions["kept pages"]) == 2


def test_addresses_that_somebody_makes_up_push_out_no_page(app, event, join):
    visitor = join(event)
    visitor.get(f"/e/{event.code}")
    before = dict(app.extensions["kept pages"])
    assert visitor.get(f"/e/{event.code}?n=1").status_code == 200
    assert app.extensions["kept pages"] == before
