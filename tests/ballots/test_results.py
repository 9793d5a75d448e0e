import re

import pytest

from app.ballots import queries
from app.ballots.models import Ballot
from app.eventdigests.contents import digest_of
from app.realtime import View
from tests.ballots.asking import ask, cast, options, votes


def tally(ballot):
    (found,) = queries.tallies(Ballot.id == ballot.id)
    return found


def counts(ballot):
    return [{bar.name: bar.count for bar in each.bars} for each in tally(ballot).rounds]


def close(moderator, ballot):
    assert moderator.delete(f"/ballots/{ballot.id}/opening").status_code == 303


def test_a_choice_counts_people(event, people):
    ballot = ask(event, "choice", most="2")
    cast(ballot, people[0], dots={"Apples": 1, "Pears": 1})
    cast(ballot, people[1], dots={"Apples": 1})
    assert counts(ballot) == [{"Apples": 2, "Pears": 1, "Plums": 0}]
    assert tally(ballot).votes == 2
    assert [bar.share for bar in tally(ballot).latest.bars] == [1.0, 0.5, 0.0]


def test_a_scale_has_a_mean_and_how_it_is_spread(scale, people):
    for visitor, value in zip(people, (1, 4, 4, 5), strict=True):
        cast(scale, visitor, value=value)
    result = tally(scale).latest
    assert result.mean == 3.5
    assert [bar.count for bar in result.bars] == [1, 0, 0, 2, 1]
    assert [bar.length for bar in result.bars] == [50, 0, 0, 100, 50]


def test_dots_are_shares_of_all_dots(dots, people):
    cast(dots, people[0], dots={"Apples": 3})
    cast(dots, people[1], dots={"Apples": 1, "Plums": 1})
    assert counts(dots) == [{"Apples": 4, "Pears": 0, "Plums": 1}]
    assert [bar.share for bar in tally(dots).latest.bars] == [0.8, 0.0, 0.2]
    assert tally(dots).latest.dots == 5


def test_without_votes_there_is_no_mean_and_nothing_breaks(scale, moderator):
    assert tally(scale).latest.mean is None
    close(moderator, scale)
    assert "Nobody has voted yet." in moderator.get(f"/e/{scale.event.code}").text


def test_the_result_stays_hidden_until_it_is_closed(choice, participant, moderator, hear):
    cast(choice, participant, dots={"Pears": 1})
    for visitor, path in ((participant, ""), (moderator, ""), (moderator, "/screen")):
        page = visitor.get(f"/e/{choice.event.code}{path}").text
        assert 'class="chart' not in page
    assert "only moderators see this" in moderator.get(f"/e/{choice.event.code}/cockpit").text
    hall, screen = hear(choice.event), hear(choice.event, View.SCREEN)
    close(moderator, choice)
    for ear in (hall, screen):
        assert 'class="chart' in ear.html
    assert 'class="chart' in participant.get(f"/e/{choice.event.code}").text


def test_it_can_be_shown_as_it_comes(choice, participant, moderator, hear):
    assert moderator.post(f"/ballots/{choice.id}/live-result").status_code == 303
    hall = hear(choice.event)
    cast(choice, participant, dots={"Pears": 1})
    assert "Pears" in hall.html
    assert f'target="ballot-results-{choice.id}"' in hall.html
    assert moderator.delete(f"/ballots/{choice.id}/live-result").status_code == 303
    assert 'class="chart' not in participant.get(f"/e/{choice.event.code}").text


def test_the_agenda_can_say_that_it_is_shown_as_it_comes(event, participant):
    ballot = ask(event, "choice", live="yes")
    cast(ballot, participant, dots={"Pears": 1})
    assert 'class="chart' in participant.get(f"/e/{event.code}").text


def test_values_stand_at_the_bars_and_in_a_table(choice, people, participant, moderator):
    for visitor, text in zip(people, ("Apples", "Apples", "Apples", "Plums"), strict=True):
        cast(choice, visitor, dots={text: 1})
    close(moderator, choice)
    page = participant.get(f"/e/{choice.event.code}").text
    chart, table = page.split('class="chart')[1], page.split("<table>")[1].split("</table>")[0]
    assert "<strong>3</strong>" in chart
    assert "75%" in chart
    for text in ("Apples", "75%", "Plums", "25%", "Pears", "0%"):
        assert text in table
    german = participant.get(f"/e/{choice.event.code}", headers={"Accept-Language": "de"}).text
    assert "75\xa0%" in german


def test_a_mean_is_written_as_the_reader_writes_numbers(scale, people, participant, moderator):
    for visitor, value in zip(people, (1, 4, 4, 5), strict=True):
        cast(scale, visitor, value=value)
    close(moderator, scale)
    url = f"/e/{scale.event.code}"
    assert "<strong>3.5</strong>" in participant.get(url).text
    assert "<strong>3,5</strong>" in participant.get(url, headers={"Accept-Language": "de"}).text


def test_reasons_come_when_it_is_closed_without_names_and_numbers(
    feedback, people, participant, moderator
):
    for visitor, value, reason in zip(
        people, (9, 2, 7, 5), ("Zeal", "anger", "", "Mood"), strict=True
    ):
        cast(feedback, visitor, value=value, reason=reason)
    urls = [f"/e/{feedback.event.code}", f"/e/{feedback.event.code}/cockpit"]
    for url in urls:
        assert "anger" not in moderator.get(url).text
    close(moderator, feedback)
    page = participant.get(urls[0]).text
    assert page.index("anger") < page.index("Mood") < page.index("Zeal"), "by their words"
    assert "Person 1" not in page
    assert "3 reasons" in page


def test_a_reason_can_be_hidden_and_the_vote_still_counts(
    feedback, people, participant, moderator, hear
):
    cast(feedback, people[0], value=1, reason="Something rude")
    close(moderator, feedback)
    (vote,) = votes(feedback)
    hall = hear(feedback.event)
    code = feedback.event.code
    assert moderator.post(f"/e/{code}/hidden/reason/{vote.key}").status_code == 303
    assert "Something rude" not in hall.html
    assert "Something rude" not in participant.get(f"/e/{code}").text
    assert tally(feedback).votes == 1
    moderator.delete(f"/e/{code}/hidden/reason/{vote.key}")
    assert "Something rude" in participant.get(f"/e/{code}").text


def test_reasons_are_called_by_what_tells_nothing_of_when_they_came(
    feedback, people, moderator, hear
):
    cockpit, remote = hear(feedback.event, View.COCKPIT), hear(feedback.event, View.REMOTE)
    for number, visitor in enumerate(people):
        cast(feedback, visitor, value=number, reason=f"Because of {number}")
    close(moderator, feedback)
    cast_in_order = votes(feedback)
    page = moderator.get(f"/e/{feedback.event.code}/cockpit").text
    moderator.post(f"/e/{feedback.event.code}/hidden/reason/{cast_in_order[0].key}")
    for html in (page, cockpit.html, remote.html):
        for vote in cast_in_order:
            assert not re.search(rf"reason[-/](\w+-)*{vote.id}(?![\w-])", html)
    assert all(f"/hidden/reason/{vote.key}" in page for vote in cast_in_order)
    assert len({vote.key for vote in cast_in_order}) == len(people)


def test_another_events_moderator_hides_none(feedback, people, moderator, other_event, appoint):
    cast(feedback, people[0], value=1, reason="Quite right")
    close(moderator, feedback)
    (vote,) = votes(feedback)
    other = appoint(other_event, "moderator", "Another")
    url = f"/e/{other_event.code}/hidden/reason/{vote.key}"
    assert other.post(url).status_code == 404
    assert not votes(feedback)[0].is_hidden


def test_only_moderators_hide_reasons_and_none_goes_on_the_screen(
    feedback, people, participant, moderator
):
    cast(feedback, people[0], value=1, reason="Something rude")
    (vote,) = votes(feedback)
    code = feedback.event.code
    assert participant.post(f"/e/{code}/hidden/reason/{vote.key}").status_code == 403
    assert moderator.post(f"/e/{code}/highlight/reason/{vote.key}").status_code == 404


def test_the_results_page_tells_what_was_voted_on(choice, participant, moderator):
    url = f"/e/{choice.event.code}/results"
    cast(choice, participant, dots={"Pears": 1})
    assert "Which do you like?" not in participant.get(url).text
    close(moderator, choice)
    page = participant.get(url).text
    assert f'id="ballot-{choice.id}"' in page
    assert "1 person voted." in page
    assert "<table>" in page


def test_a_ballot_nobody_voted_in_is_no_result(choice, participant, moderator):
    close(moderator, choice)
    page = participant.get(f"/e/{choice.event.code}/results").text
    assert "There are no results yet." in page


@pytest.mark.parametrize("kind", ["choice", "scale", "dots", "feedback"])
def test_every_kind_is_shown_everywhere(event, participant, moderator, kind):
    ballot = ask(event, kind)
    paper = {"value": 3} if ballot.has_scale else {"dots": {"Pears": 1}}
    cast(ballot, participant, **paper)
    for state in ("open", "closed"):
        for visitor, path in (
            (participant, ""),
            (moderator, "/cockpit"),
            (moderator, "/screen"),
            (participant, "/results"),
        ):
            answer = visitor.get(f"/e/{event.code}{path}")
            assert answer.status_code == 200, (state, path)
        if state == "open":
            close(moderator, ballot)


def test_words_of_people_are_text_and_nothing_else(event, participant, moderator):
    ballot = ask(event, "choice", options="<script>alert(1)</script>\nB")
    cast(ballot, participant, dots={"<script>alert(1)</script>": 1})
    close(moderator, ballot)
    for path in ("", "/results"):
        page = participant.get(f"/e/{event.code}{path}").text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_options_that_are_given_stand_in_their_order(dots):
    assert list(options(dots)) == ["Apples", "Pears", "Plums"]


def test_the_mail_about_the_event_tells_it_too(event, people, moderator):
    choice = ask(event, "choice")
    for visitor in people[:2]:
        cast(choice, visitor, dots={"Pears": 1})
    scale = ask(event, "scale")
    cast(scale, people[0], value=4)
    close(moderator, scale)
    first, second = digest_of(event).ballots
    assert (first.question, first.votes) == ("Which do you like?", 2)
    assert list(first.options) == [("Apples", 0), ("Pears", 2), ("Plums", 0)]
    assert (second.mean, list(second.options)) == (4.0, [])
