"""Several people are picked from a list and named for a part at once."""

import re

import pytest

from app.breakouts import queries
from app.breakouts.models import Part
from app.breakouts.routes import preparing
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, make_conference, start

LEADS, NOTES = Part.FACILITATOR, Part.NOTES


@pytest.fixture
def people(event):
    """Nine, so that three are in each room."""
    return come(event, 9)


def test_several_are_named_at_once_where_they_are_needed_or_in_one_room(event, people, moderator):
    round_ = plan(event, mode="automatic")
    url = f"/rounds/{round_.id}/nominations"
    ids = [person.id for person in people]
    assert moderator.post(url, {"person": ids[:3], "part": "facilitator"}).status_code == 303
    moderator.post(url, {"person": [*ids[3:5], ids[4]], "part": "notes", "room": "3"})
    assert queries.named_in(round_) == dict.fromkeys(ids[:3], LEADS) | dict.fromkeys(
        ids[3:5], NOTES
    )
    assert queries.prepared_in(round_) == dict.fromkeys(ids[3:5], 3)
    moderator.post(url, {"person": ids[2:4], "part": "facilitator"})
    assert queries.prepared_in(round_) == {ids[4]: 3}
    start(event, "Round 1")
    duties = queries.duties_in([room.id for room in round_.rooms])
    assert {duty.room.number for duty in duties if duty.part is LEADS} == {1, 2, 3}
    (notes,) = (duty for duty in duties if duty.part is NOTES)
    assert (notes.room.number, notes.participant_id) == (3, ids[4])


def test_of_several_all_are_named_or_nobody_is(event, people, moderator, host):
    round_ = plan(event, mode="automatic")
    url, person = f"/rounds/{round_.id}/nominations", people[0].id
    stranger = come(make_conference())[0].id
    for other, status in ((stranger, 404), (999999, 404), (host.participant_id, 409), ("x", 422)):
        form = {"person": [person, other], "part": "notes"}
        assert moderator.post(url, form).status_code == status
    too_many = {"person": list(range(1, 502)), "part": "notes"}
    assert moderator.post(url, too_many).status_code == 422
    assert queries.named_in(round_) == {}


def test_whom_to_name_is_looked_for_by_name_place_and_number(event, moderator, join, municipality):
    round_ = plan(event, mode="automatic")
    here = municipality("Auental")
    ada, bea = join(event, "Ada", municipality=here), join(event, "Bea", municipality=here)
    cleo = join(event, "Cleo")

    def listed(who):
        page = moderator.get(f"/rounds/{round_.id}/places", query_string={"who": who}).text
        box = page.partition("pick-list")[2].partition("</ul>")[0]
        return [int(id) for id in re.findall(r'name="person" value="(\d+)"', box)]

    ids = [visitor.participant_id for visitor in (ada, bea, cleo)]
    assert listed("") == ids
    assert listed("auental") == ids[:2]
    assert listed("AUENTAL be") == ids[1:2]
    assert listed(str(ids[2])) == ids[2:]
    assert listed("nobody") == []


def test_a_list_that_is_too_long_is_cut_and_says_so(event, moderator, join, monkeypatch):
    monkeypatch.setattr(preparing, "MOST_LISTED", 2)
    round_ = plan(event, mode="automatic")
    for name_ in ("Ada", "Bea", "Cleo"):
        join(event, name_)
    page = moderator.get(f"/rounds/{round_.id}/places").text
    assert "2 of 3 people" in page
    assert "Cleo" not in page
    assert "data-whole" not in page
    assert "Cleo" in moderator.get(f"/rounds/{round_.id}/places?who=cleo").text
