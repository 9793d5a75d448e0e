"""Two moderators at once: neither overwrites the other, and both see what happened."""

import re
from html import unescape

import pytest

from tests.browsers import STREAMS
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, write


@pytest.fixture
def aspects(table, concerns):
    """Two aspects with a concern each."""
    return table.gather("One", concerns[0]), table.gather("Two", concerns[1])


def choices(answer):
    """The forms that an answer offers: what each button says, and what it sends."""
    forms = re.findall(r"<form.*?</form>", unescape(answer.text), re.DOTALL)
    found = {}
    for form in forms:
        label = re.search(r"<button[^>]*>(.*?)</button>", form, re.DOTALL)
        fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
        url = re.search(r'action="([^"]*)"', form)
        if label and url and "conflict-" in form:
            found[label[1]] = (url[1], [f for f in fields if f[0] != "csrf_token"])
    return found


def press(table, choice):
    url, fields = choice
    form = {}
    for name, value in fields:
        form.setdefault(name, []).append(value)
    return table.send("POST", url, **form)


def test_a_card_that_another_has_moved_is_not_torn_away(table, ben, aspects, concerns):
    one, two = aspects
    table.by(ben).move(concerns[2], one, seen=":")
    answer = table.move(concerns[2], two, seen=":")
    assert answer.status_code == 409
    assert "“Concern 2” is in “One” now." in answer.text
    assert "Ben Besides moved 1 concern to “One”." in answer.text
    assert table.aspects["One"] == ["Concern 0", "Concern 2"]


def test_who_knows_may_move_it_nevertheless(table, ben, aspects, concerns):
    one, two = aspects
    table.by(ben).move(concerns[2], one, seen=":")
    answer = table.move(concerns[2], two, seen=":")
    assert press(table, choices(answer)["Do it nevertheless"]).status_code == 303
    assert table.aspects["Two"] == ["Concern 1", "Concern 2"]


def test_the_choice_too_is_asked_again_if_it_has_moved_once_more(table, ben, aspects, concerns):
    one, two = aspects
    table.by(ben).move(concerns[2], one, seen=":")
    answer = table.move(concerns[2], two, seen=":")
    table.by(ben).move(concerns[2], None)
    assert press(table, choices(answer)["Do it nevertheless"]).status_code == 409
    assert "Concern 2" in table.loose


def test_of_many_the_others_can_be_moved_without_it(table, ben, aspects, concerns):
    one, two = aspects
    table.by(ben).move(concerns[2], one, seen=":")
    marked = [f"{concern.id}:" for concern in concerns[2:]]
    url = f"/polls/{table.poll_id}/places"
    answer = table.send("POST", url, concern=marked, into=two.id)
    assert answer.status_code == 409
    assert table.aspects == {"One": ["Concern 0", "Concern 2"], "Two": ["Concern 1"]}
    assert press(table, choices(answer)["Only with the others"]).status_code == 303
    assert table.aspects["Two"] == ["Concern 1", "Concern 3", "Concern 4"]
    assert table.aspects["One"] == ["Concern 0", "Concern 2"]


def test_another_events_concerns_are_not_told_of(
    table, ben, aspects, concerns, other_event, outsider
):
    foreign = write(open_poll(other_event, item_of_kind(other_event, "poll")), outsider, "Foreign")
    table.by(ben).move(concerns[2], aspects[0], seen=":")
    marked = [f"{concerns[2].id}:", f"{concerns[3].id}:", foreign.id]
    url = f"/polls/{table.poll_id}/places"
    answer = table.send("POST", url, concern=marked, into=aspects[1].id)
    assert answer.status_code == 409
    sent = {
        label: [value.partition(":")[0] for name, value in fields if name == "concern"]
        for label, (_url, fields) in choices(answer).items()
    }
    others = [str(concerns[3].id)]
    assert sent["Only with the others"] == others
    assert sent["Do it nevertheless"] == [*others, str(concerns[2].id)]


def test_making_an_aspect_and_setting_aside_ask_as_well(table, ben, aspects, concerns):
    table.by(ben).move(concerns[2], aspects[0], seen=":")
    for url in ("aspects", "off-topic", "loose"):
        form = {"concern": f"{concerns[2].id}:", "title": "Mine"}
        assert table.send("POST", f"/polls/{table.poll_id}/{url}", **form).status_code == 409
    assert table.aspects["One"] == ["Concern 0", "Concern 2"]


def test_a_page_that_is_alive_gets_the_question_in_its_place(table, ben, aspects, concerns):
    table.by(ben).move(concerns[2], aspects[0], seen=":")
    answer = table.who.browser.post(
        f"/aspects/{aspects[1].id}/concerns",
        data={"concern": f"{concerns[2].id}:"},
        headers={"Accept": STREAMS},
    )
    assert answer.status_code == 409
    assert f'target="board-conflict-{table.poll_id}"' in answer.text
    assert "<html" not in answer.text
    done = table.who.browser.post(
        f"/aspects/{aspects[1].id}/concerns",
        data={"concern": concerns[3].id},
        headers={"Accept": STREAMS},
    )
    assert f'action="update" target="board-conflict-{table.poll_id}"' in done.text
    assert "board-conflict " not in done.text, "the question is settled"


def test_a_form_on_a_page_of_its_own_leads_back_to_the_board(table, ben, aspects, concerns):
    url = f"/polls/{table.poll_id}/places"
    form = {"concern": f"{concerns[2].id}:", "into": aspects[0].id, "page": "x"}
    post = lambda: table.who.browser.post(url, data=form, headers={"Accept": STREAMS})  # noqa: E731
    assert post().headers["Location"].endswith("/cockpit")
    answer = post()
    assert answer.status_code == 409, "it lies there already, and not where the form saw it"
    assert "<html" in answer.text
    merger = f"/aspects/{aspects[1].id}/merger"
    form = {"into": aspects[0].id, "page": "x"}
    done = table.who.browser.post(merger, data=form, headers={"Accept": STREAMS})
    assert done.headers["Location"].endswith("/cockpit")


def test_of_two_titles_both_are_seen_and_one_is_chosen(table, ben, aspects):
    url = f"/aspects/{aspects[0].id}/title"
    table.by(ben).send("POST", url, title="Ben's title", was="One")
    answer = table.send("POST", url, title="My title", was="One")
    assert answer.status_code == 409
    assert "Ben&#39;s title" in answer.text
    assert "My title" in answer.text
    assert list(table.aspects) == ["Ben's title", "Two"]
    press(table, choices(answer)["Call it “My title”"])
    assert list(table.aspects) == ["My title", "Two"]


def test_the_same_title_twice_is_no_conflict(table, ben, aspects):
    url = f"/aspects/{aspects[0].id}/title"
    table.by(ben).send("POST", url, title="Better", was="One")
    assert table.send("POST", url, title="Better", was="One").status_code == 303


def test_what_is_gone_meanwhile_is_said_in_words(table, ben, aspects, concerns):
    id = aspects[0].id
    table.by(ben).send("DELETE", f"/aspects/{id}")
    for url, form in (
        (f"/aspects/{id}/title", {"title": "x"}),
        (f"/aspects/{id}/concerns", {"concern": concerns[3].id}),
        (f"/polls/{table.poll_id}/places", {"concern": concerns[3].id, "into": id}),
    ):
        answer = table.send("POST", url, **form)
        assert answer.status_code == 404
        assert "somebody else has sorted it meanwhile" in answer.text
    look_again()
    assert concerns[3].aspect_id is None
