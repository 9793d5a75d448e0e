import re

import pytest

from app.extensions import db
from app.proposals.models import Proposal
from app.proposals.queries import Order, sections_of
from tests.proposals.topics import add_step, propose, start


@pytest.fixture
def three(aspect, participant, host, moderator):
    """The oldest is most discussed, the next most supported, the newest neither."""
    made = [propose(aspect, participant, text, text) for text in ("Oldest", "Middle", "Newest")]
    host.post(f"/threads/{made[0].thread_id}/posts", {"text": "Why?", "key": "1"})
    host.post(f"/proposals/{made[1].id}/support")
    return made


def listed(page):
    return [int(id) for id in re.findall(r'<li class="proposal" id="proposal-(\d+)"', page)]


@pytest.mark.parametrize(
    ("sort", "places"),
    [
        ("", (2, 1, 0)),
        ("?sort=newest", (2, 1, 0)),
        ("?sort=supported", (1, 2, 0)),
        ("?sort=discussed", (0, 2, 1)),
        ("?sort=nonsense", (2, 1, 0)),
    ],
)
def test_the_reader_chooses_the_order_in_the_address(three, aspect, event, host, sort, places):
    add_step(event)
    start(event, "proposals")
    wanted = [three[place].id for place in places]
    for url in (f"/aspects/{aspect.id}", f"/e/{event.code}"):
        assert listed(host.get(url + sort).text) == wanted


def test_the_page_says_which_order_it_is(three, aspect, host):
    page = host.get(f"/aspects/{aspect.id}?sort=supported").text
    (current,) = re.findall(r'<a href="\?sort=(\w+)[^>]*aria-current="true"', page)
    assert current == "supported"


def test_the_hall_is_never_reordered_by_what_others_do(three, aspect, event, host, hear):
    hall = hear(event)
    host.post(f"/proposals/{three[0].id}/support")
    assert hall.html.count("<turbo-stream") == 1
    assert f'id="proposal-{three[0].id}"' in hall.html


def test_many_proposals_ask_no_more_of_the_database(three, aspect, participant, statements):
    def asked(order):
        db.session.rollback()
        statements.clear()
        (section,) = sections_of([aspect], order)
        names = [card.proposal.author.name for card in section.cards]
        return len(names), len([sent for sent in statements if sent.startswith("SELECT")])

    few = [asked(order) for order in Order]
    for number in range(20):
        propose(aspect, participant, f"Number {number}", f"n{number}")
    moved = db.session.query(Proposal).order_by(Proposal.id.desc()).first()
    assert moved is not None
    many = [asked(order) for order in Order]
    assert [number for number, _ in many] == [23] * 3
    assert {count for _, count in few} == {count for _, count in many}
