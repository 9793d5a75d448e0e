"""Off topic and hidden: each with a reason, and nothing that was voiced is lost."""

import pytest

from app.livepolls.suggesting import suggest
from app.realtime import View
from tests.factories import look_again


def send(table, what, *concerns, method="POST", **form):
    ids = [concern.id for concern in concerns]
    url = f"/polls/{table.poll_id}/{what}"
    answer = table.send(method, url, concern=ids, **form)
    assert answer.status_code == 303, answer.text


def aside(table):
    return [card.concern.text for card in table.board.aside]


def test_many_are_off_topic_with_one_gesture_and_a_reason(table, concerns):
    table.gather("One", *concerns[:2])
    send(table, "off-topic", concerns[0], concerns[2], reason="  for   tomorrow ")
    assert aside(table) == ["Concern 0", "Concern 2"]
    assert table.aspects == {"One": ["Concern 1"]}
    assert table.loose == ["Concern 3", "Concern 4"]
    assert concerns[0].off_topic_reason == "for tomorrow"


def test_off_topic_ones_come_back_to_the_inbox(table, concerns):
    send(table, "off-topic", concerns[0], reason="no")
    send(table, "off-topic", concerns[0], method="DELETE")
    assert (aside(table), len(table.loose)) == ([], 5)
    assert concerns[0].off_topic_reason == ""


def test_putting_one_into_an_aspect_takes_it_up_again(table, concerns):
    aspect = table.gather("One", concerns[0])
    send(table, "off-topic", concerns[1])
    table.move(concerns[1], aspect)
    assert aside(table) == []
    assert table.aspects == {"One": ["Concern 0", "Concern 1"]}


def test_many_are_hidden_with_a_reason_that_their_authors_read(table, concerns, people, poll, hear):
    hall = hear(poll.event)
    send(table, "hidden", *concerns[:2], reason="It names a family.")
    assert aside(table) == ["Concern 0", "Concern 1"]
    assert f'target="concern-{concerns[0].id}"' in hall.html
    page = people[0].get(f"/e/{poll.event.code}").text
    assert "Hidden by the moderators: It names a family." in page
    assert "It names a family." not in people[2].get(f"/e/{poll.event.code}").text


def test_what_is_shown_again_lies_where_it_lay(table, concerns):
    table.gather("One", *concerns[:2])
    send(table, "hidden", concerns[0], reason="x")
    assert table.aspects == {"One": ["Concern 1"]}
    send(table, "hidden", concerns[0], method="DELETE")
    assert table.aspects == {"One": ["Concern 0", "Concern 1"]}
    assert concerns[0].hidden_reason == ""


def test_the_reason_stands_on_the_board(table, concerns, moderator, poll, hear):
    cockpit = hear(poll.event, View.COCKPIT)
    send(table, "off-topic", concerns[0], reason="Another day")
    assert "off topic: Another day" in cockpit.html
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert "off topic: Another day" in page


def test_off_topic_ones_are_suggested_nowhere(table, concerns, poll):
    for n, concern in enumerate(concerns):
        table.who.browser.post(f"/concerns/{concern.id}", data={"text": f"Childcare {n}"})
    send(table, "off-topic", concerns[0])
    suggest(poll.id)
    members = {c.concern.id for s in table.board.suggestions for c in s.cards}
    assert concerns[0].id not in members


def test_everybody_reads_what_was_not_chosen(table, concerns, participant, poll):
    table.gather("One", concerns[0])
    table.gather("Two", concerns[1])
    send(table, "off-topic", concerns[2], reason="For the plenum")
    table.send("POST", f"/polls/{poll.id}/closure")
    table.send("POST", f"/polls/{poll.id}/choice", aspect=table.aspect("One").id)
    for url in (f"/e/{poll.event.code}", f"/e/{poll.event.code}/results"):
        page = participant.get(url).text
        further = page.split("Further concerns")[1]
        for text in ("Two", "Concern 1", "Concern 2", "Concern 3", "Concern 4"):
            assert text in further, (url, text)
        assert "Off topic: For the plenum" in further


def test_while_moderators_still_sort_the_hall_learns_nothing(table, concerns, participant, poll):
    send(table, "off-topic", concerns[0], reason="Secret reason")
    page = participant.get(f"/e/{poll.event.code}").text
    assert "Concern 0" in page
    assert "Secret reason" not in page


@pytest.mark.parametrize("what", ["off-topic", "hidden"])
def test_only_who_leads_sets_aside(table, concerns, participant, host, outsider, what):
    url, form = f"/polls/{table.poll_id}/{what}", {"concern": concerns[0].id}
    for who, status in ((participant, 403), (host, 403), (outsider, 401)):
        for method in ("POST", "DELETE"):
            assert who.browser.open(url, method=method, data=form).status_code == status
    look_again()
    assert not concerns[0].is_aside


def test_another_polls_concerns_are_out_of_reach(table, other_event, outsider):
    from tests.factories import item_of_kind
    from tests.livepolls.polls import open_poll, write

    foreign = write(open_poll(other_event, item_of_kind(other_event, "poll")), outsider, "Foreign")
    send(table, "hidden", foreign)
    send(table, "off-topic", foreign)
    look_again()
    assert not foreign.is_aside


def test_finding_works_without_scripts(table, concerns, moderator, poll):
    page = moderator.get(f"/e/{poll.event.code}/cockpit?q=CONCERN+3").text
    inbox = page.split(f'id="loose-{poll.id}"')[1].split("</ul>")[0]
    assert "Concern 3" in inbox
    assert "Concern 4" not in inbox
