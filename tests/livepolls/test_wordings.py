"""Who supports one wording of a concern is not made to support another."""

import json

import pytest
from sqlalchemy import select

from app import identity
from app.database import transaction
from app.extensions import db
from app.identity import TokenKind
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.queries import cards
from app.livepolls.wordings import ConcernWording
from app.realtime import View
from tests.livepolls.polls import support, write
from tests.together import together

FIRST, SECOND, THIRD = "Childcare in the evening", "Childcare at night", "Money"


@pytest.fixture
def concern(poll, participant):
    return write(poll, participant, FIRST)


@pytest.fixture
def edit(participant, concern):
    """Let the author say it differently."""

    def say(text):
        answer = participant.post(f"/concerns/{concern.id}", {"text": text})
        assert answer.status_code == 303, answer.text

    return say


@pytest.fixture
def reads(poll, join, concern):
    """What the API tells somebody of the concern: its words, and who supports which of them."""
    visitor = join(poll.event)
    with transaction():
        token = identity.issue(TokenKind.API, participant_id=visitor.participant_id)

    def told():
        headers = {"Authorization": f"Bearer {token}"}
        answer = visitor.get(f"/api/v1/polls/{poll.id}", headers=headers)
        return next(
            (
                each["text"],
                each["supports"],
                [(w["text"], w["supports"]) for w in each["supported_as"]],
            )
            for each in answer.json["concerns"]
            if each["id"] == concern.id
        )

    return told


def wordings():
    return list(db.session.scalars(select(ConcernWording.text).order_by(ConcernWording.id)))


def test_what_was_supported_stays_to_be_read_below_the_new_words(
    poll, concern, edit, people, hear, reads
):
    support(concern, *people[:2])
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    edit(SECOND)
    assert reads() == (SECOND, 2, [(FIRST, 2)])
    for page in (
        hall.html,
        cockpit.html,
        people[0].get(f"/e/{poll.event.code}").text,
    ):
        assert SECOND in page
        assert f"<q>{FIRST}</q>" in page
        assert "2 people" in page.split(f"<q>{FIRST}</q>")[1]


def test_an_edit_that_nobody_had_supported_leaves_nothing_behind(concern, edit, reads):
    edit(SECOND)
    assert reads() == (SECOND, 0, [])
    assert wordings() == []


@pytest.mark.parametrize(
    "text", ["childcare in the evening!", f"  {FIRST}.", "Childcare,\nin the  evening"]
)
def test_points_capitals_and_spaces_are_no_other_words(concern, edit, people, reads, text):
    support(concern, people[0])
    edit(text)
    assert reads() == (text.strip(), 1, [])


def test_each_is_counted_with_the_words_that_they_have_supported(concern, edit, people, reads):
    support(concern, *people[:2])
    edit(SECOND)
    support(concern, people[2])
    edit(THIRD)
    support(concern, people[3])
    assert reads() == (THIRD, 4, [(SECOND, 1), (FIRST, 2)])


def test_who_takes_it_back_and_says_it_again_supports_the_words_of_now(
    concern, edit, people, reads, poll, hear
):
    support(concern, *people[:2])
    edit(SECOND)
    hall = hear(poll.event)
    people[0].post(f"/concerns/{concern.id}/support", {"supported": "1"})
    assert reads() == (SECOND, 2, [(FIRST, 2)]), "it was there already"
    people[0].post(f"/concerns/{concern.id}/support", {"supported": "0"})
    assert reads() == (SECOND, 1, [(FIRST, 1)])
    assert "1 person" in hall.html.split(f"<q>{FIRST}</q>")[-1]
    people[0].post(f"/concerns/{concern.id}/support", {"supported": "1"})
    assert reads() == (SECOND, 2, [(FIRST, 1)])
    people[1].delete(f"/concerns/{concern.id}/support")
    assert reads() == (SECOND, 1, [])
    assert f"<q>{FIRST}</q>" not in hall.messages[-1]["html"]


def test_an_author_who_comes_back_to_earlier_words_finds_their_supporters_there(
    concern, edit, people, reads
):
    support(concern, *people[:2])
    edit(SECOND)
    support(concern, people[2])
    edit(f"{FIRST}!")
    assert reads() == (f"{FIRST}!", 3, [(SECOND, 1)])
    edit(SECOND)
    assert reads() == (SECOND, 3, [(f"{FIRST}!", 2)])


def test_the_page_to_edit_says_who_stands_behind_the_words(concern, edit, people, participant):
    url = f"/concerns/{concern.id}/edit"
    assert "supports what you have written" not in participant.get(url).text
    support(concern, people[0])
    assert "1 person supports what you have written" in participant.get(url).text
    edit(SECOND)
    assert "supports what you have written" not in participant.get(url).text


def test_everybody_is_counted_for_the_aspect_whatever_words_they_support(
    poll, concern, edit, people, moderator
):
    support(concern, *people[:2])
    edit(SECOND)
    support(concern, people[2])
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": concern.id})
    assert "4 people" in moderator.get(f"/e/{poll.event.code}/cockpit").text


def test_exports_and_results_tell_it_and_a_hidden_concern_hides_it(
    poll, concern, edit, people, moderator
):
    support(concern, *people[:2])
    edit(SECOND)
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": concern.id})
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.post(f"/polls/{poll.id}/choice")
    export = f"/polls/{poll.id}/export?format="
    for reader in (people[0], moderator):
        (told,) = json.loads(reader.get(f"{export}json").text)["concerns"]
        assert (told["text"], told["supported_as"]) == (SECOND, [{"text": FIRST, "me_too": 2}])
        assert f"2 | {FIRST}" in reader.get(f"{export}csv").text
    results = f"/e/{poll.event.code}/results"
    assert f"<q>{FIRST}</q>" in people[0].get(results).text
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concern.id}")
    for url in (results, f"{export}json", f"/e/{poll.event.code}"):
        assert FIRST not in people[4].get(url).text


def test_who_is_not_there_reads_none_of_it(poll, concern, edit, people, outsider, browser):
    support(concern, people[0])
    edit(SECOND)
    for visitor in (outsider, browser()):
        for url in (f"/e/{poll.event.code}", f"/polls/{poll.id}/export", f"/concerns/{concern.id}"):
            assert FIRST not in visitor.get(url).text


# Who takes themselves away


def test_an_author_who_leaves_takes_along_what_only_they_have_said(
    poll, concern, edit, participant, people, hear, reads
):
    support(concern, *people[:2])
    edit(SECOND)
    hall = hear(poll.event)
    answer = participant.delete(f"/concerns/{concern.id}", live=True)
    assert "stays" in answer.text
    assert reads() == (FIRST, 2, [])
    assert concern.participant_id is None
    assert SECOND not in hall.messages[-1]["html"]
    assert FIRST in hall.messages[-1]["html"]
    assert SECOND not in (concern.text, concern.submitted_text, *wordings())


def test_of_several_wordings_the_most_supported_stays(concern, edit, participant, people, reads):
    support(concern, *people[:2])
    edit(SECOND)
    support(concern, people[2])
    edit(THIRD)
    participant.delete(f"/concerns/{concern.id}")
    assert reads() == (FIRST, 3, [(SECOND, 1)])


def test_words_that_somebody_supports_stay_the_words_of_now(
    concern, edit, participant, people, reads
):
    support(concern, *people[:2])
    edit(SECOND)
    support(concern, people[2])
    participant.delete(f"/concerns/{concern.id}")
    assert reads() == (SECOND, 3, [(FIRST, 2)])


def test_words_that_were_published_and_supported_wait_no_longer(
    poll, concern, edit, participant, people, hear, reads, moderator
):
    support(concern, *people[:2])
    with transaction() as session:
        session.get_one(FlashPoll, poll.id).is_moderated_before = True
    hall = hear(poll.event)
    edit(SECOND)
    assert SECOND not in hall.html
    participant.delete(f"/concerns/{concern.id}")
    assert reads() == (FIRST, 2, [])
    assert FIRST in hall.messages[-1]["html"]
    assert SECOND not in hall.html


def test_what_is_withdrawn_has_never_been_said(concern, edit, participant, people):
    support(concern, people[0])
    edit(SECOND)
    people[0].delete(f"/concerns/{concern.id}/support")
    assert wordings() == [FIRST]
    participant.delete(f"/concerns/{concern.id}")
    assert wordings() == []
    assert concern.withdrawn_at is not None


def test_the_screen_follows_when_words_are_taken_back(
    poll, concern, edit, participant, people, moderator, hear
):
    support(concern, people[0])
    edit(SECOND)
    moderator.post(f"/e/{poll.event.code}/highlight/concern/{concern.id}", {"shown": "1"})
    screen = hear(poll.event, View.SCREEN)
    participant.delete(f"/concerns/{concern.id}")
    assert FIRST in screen.html
    assert SECOND not in screen.html


def test_one_takes_along_ones_earlier_words_and_deletes_them(
    poll, concern, edit, participant, people, reads
):
    support(concern, people[0])
    edit(SECOND)
    (mine,) = json.loads(participant.get(f"/e/{poll.event.code}/me.json").text)["concerns"]
    assert (mine["text"], mine["earlier"]) == (SECOND, [{"text": FIRST, "supports": 1}])
    participant.delete(f"/e/{poll.event.code}/me")
    assert reads() == (FIRST, 1, [])
    assert SECOND not in str(db.session.execute(select(Concern.text, Concern.submitted_text)).all())


# At the same moment


def test_a_me_too_stands_for_the_words_before_or_after_an_edit_and_never_gets_lost(
    app, concern, participant, people
):
    url = f"/concerns/{concern.id}"
    answers = together(
        app,
        lambda: participant.post(url, {"text": SECOND}).status_code,
        *[lambda p=p: p.post(f"{url}/support").status_code for p in people],
    )
    assert set(answers) == {303}
    (card,) = cards(Concern.id == concern.id)
    assert (concern.text, card.supports) == (SECOND, 5)
    assert card.supports_now + sum(each.supports for each in card.supported_as) == 5


def test_many_edited_concerns_are_read_with_one_statement_more(poll, people, statements):
    asked = []
    for number in (1, 8):
        for n in range(number):
            concern = write(poll, people[0], f"Concern {number} {n}")
            support(concern, people[1])
            people[0].post(f"/concerns/{concern.id}", {"text": f"Other words {number} {n}"})
        statements.clear()
        assert people[2].get(f"/e/{poll.event.code}").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
