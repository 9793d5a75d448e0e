"""Editing contributions: two people who edit the same one lose nothing."""

import re

import pytest
from sqlalchemy import select

from app.breakouts import actions
from app.breakouts.models import Contribution
from app.database import transaction
from app.errors import Conflict
from app.events import own_data
from app.extensions import db
from tests.breakouts.rounds import joined


@pytest.fixture
def contribution(participant, room):
    form = {"kind": "experience", "text": "As first said.", "key": "k1"}
    assert participant.post(f"/rooms/{room.id}/contributions", form).status_code == 303
    return db.session.scalar(select(Contribution))


@pytest.fixture
def neighbour(event, join, room):
    """Somebody else of the same room."""
    return joined(join, room, "Nora")


def version_in(page):
    return int(re.findall(r'name="version" id="contribution-version" value="(\d+)"', page.text)[0])


def opened(visitor, contribution):
    return version_in(visitor.get(f"/contributions/{contribution.id}/edit"))


def save(visitor, contribution, text, version):
    form = {"text": text, "version": version}
    return visitor.post(f"/contributions/{contribution.id}", form)


def says(contribution):
    return db.session.get_one(Contribution, contribution.id).text


def test_who_comes_second_sees_both_texts_and_chooses(participant, moderator, contribution):
    first, second = opened(participant, contribution), opened(moderator, contribution)
    assert save(participant, contribution, "As the author says it now.", first).status_code == 303
    page = save(moderator, contribution, "As the moderator says it.", second)
    assert page.status_code == 409
    assert "Somebody has changed this contribution in the meantime." in page.text
    assert "As the author says it now.</blockquote>" in page.text
    assert re.search(r"<textarea[^>]*>\s*As the moderator says it.</textarea>", page.text)
    assert says(contribution) == "As the author says it now."
    again = save(moderator, contribution, "Both together.", version_in(page))
    assert again.status_code == 303
    assert says(contribution) == "Both together."


def test_two_devices_of_one_person_do_not_overwrite_each_other(participant, contribution):
    version = opened(participant, contribution)
    assert save(participant, contribution, "From the phone.", version).status_code == 303
    assert save(participant, contribution, "From the laptop.", version).status_code == 409
    assert says(contribution) == "From the phone."


def test_sent_twice_it_is_changed_once(participant, contribution):
    version = opened(participant, contribution)
    for _time in range(2):
        assert save(participant, contribution, "Said better.", version).status_code == 303
    assert db.session.get_one(Contribution, contribution.id).version == 1


def test_a_page_without_a_version_overwrites_nothing_that_was_changed(participant, contribution):
    save(participant, contribution, "Said better.", opened(participant, contribution))
    path = f"/contributions/{contribution.id}"
    assert participant.post(path, {"text": "From an old page."}).status_code == 409
    assert participant.post(path, {"text": "Odd.", "version": "x"}).status_code in (409, 422)
    assert says(contribution) == "Said better."


def test_a_moderators_wording_is_marked_and_what_was_said_is_its_authors_to_read(
    participant, neighbour, moderator, room, contribution
):
    page = moderator.get(f"/contributions/{contribution.id}/edit").text
    assert "You change what somebody else has written." in page
    save(moderator, contribution, "As moderated.", opened(moderator, contribution))
    assert "edited by the moderators" in participant.get(f"/rooms/{room.id}").text
    page = participant.get(f"/contributions/{contribution.id}").text
    assert "As first said." in re.sub("</?(del|ins)>", "", page)
    page = neighbour.get(f"/contributions/{contribution.id}").text
    assert "As moderated." in page
    assert "first said" not in page
    save(participant, contribution, "My own words again.", opened(participant, contribution))
    page = participant.get(f"/rooms/{room.id}").text
    assert "edited by the moderators" not in page
    assert ">edited</a>" in page


@pytest.mark.parametrize("who", ["host", "observer", "outsider"])
def test_nobody_else_edits(who, request, contribution):
    visitor = request.getfixturevalue(who)
    assert visitor.get(f"/contributions/{contribution.id}/edit").status_code in (401, 403)
    assert save(visitor, contribution, "Something else.", 0).status_code in (401, 403)
    assert says(contribution) == "As first said."


def test_a_neighbour_does_not_edit(event, join, contribution):
    assert save(join(event, "Nora"), contribution, "Something else.", 0).status_code == 403


def test_a_moderator_does_not_withdraw_for_others(moderator, contribution):
    assert moderator.delete(f"/contributions/{contribution.id}").status_code == 403


def test_what_was_withdrawn_has_never_been_said(participant, contribution):
    save(participant, contribution, "Said better.", opened(participant, contribution))
    assert own_data.export(participant.person)["contributions"][0]["earlier"][0]["text"] == (
        "As first said."
    )
    participant.delete(f"/contributions/{contribution.id}")
    assert own_data.export(participant.person)["contributions"] == []


def test_of_two_who_save_at_once_one_is_told(participant, contribution):
    with transaction():
        mine = db.session.get_one(Contribution, contribution.id)
        actions.edit_contribution(mine, participant.person, "One.", 0)
    mine = db.session.get_one(Contribution, contribution.id)
    with pytest.raises(Conflict) as told:
        actions.edit_contribution(mine, participant.person, "Two.", 0)
    assert told.value.details == {"text": "One.", "version": 1}


def test_who_goes_leaves_no_earlier_words_under_the_replies_of_others(
    participant, neighbour, contribution
):
    save(participant, contribution, "Said better.", opened(participant, contribution))
    neighbour.post(f"/contributions/{contribution.id}/replies", {"text": "Here, too.", "key": "r"})
    participant.delete(f"/contributions/{contribution.id}")
    page = neighbour.get(f"/contributions/{contribution.id}").text
    assert "Said better." in page
    assert "As first said." not in re.sub("</?(del|ins)>", "", page)
