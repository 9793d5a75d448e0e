import re

import pytest

from app.extensions import db
from app.livepolls.clouds import drawing
from app.livepolls.clouds.facts import CloudDrawn
from app.livepolls.clouds.models import WordCloud
from app.livepolls.wordcloud import MOST, cloud
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, support, write

QUESTION = "What do you want advice on?"


def words(said, lang="en", question=QUESTION, before=()):
    return [word.word for word in cloud(said, question, lang, before)]


def test_a_word_needs_two_people():
    alone = [("childcare childcare childcare", [1]), ("nothing else", [2])]
    assert words(alone) == []
    assert words([("childcare", [1]), ("childcare", [1])]) == []
    assert words([("childcare", [1]), ("Childcare!", [2])]) == ["Childcare"]


def test_who_says_me_too_counts():
    assert words([("childcare", [1, 2, 3])]) == ["childcare"]


def test_function_words_and_those_of_the_question_say_nothing():
    said = [("the advice about childcare", [1]), ("advice about the childcare", [2])]
    assert words(said) == ["childcare"]


def test_forms_of_a_word_are_one_in_its_usual_form():
    said = [("meetings", [1]), ("meetings", [2]), ("meeting", [3])]
    (word,) = cloud(said, QUESTION, "en", ())
    assert (word.word, word.people) == ("meetings", 3)


def test_in_german_nouns_make_the_picture():
    said = [("Verbindliche Absprachen fehlen", [1]), ("Keine Absprachen, alles fehlt", [2])]
    assert words(said, "de", "Was fehlt?") == ["Absprachen"]


def test_the_more_people_the_larger():
    said = [("childcare", range(9)), ("meetings", range(5)), ("money", range(2))]
    sizes = {word.word: word.size for word in cloud(said, QUESTION, "en", ())}
    assert sizes == {"childcare": 5, "meetings": 3, "money": 1}


def test_what_was_there_stays_in_its_place():
    first = [("childcare", [1, 2]), ("meetings", [1, 2])]
    before = [word.key for word in cloud(first, QUESTION, "en", ())]
    later = [*first, ("money", range(9)), ("meetings", range(9))]
    assert words(later, before=before) == ["childcare", "meetings", "money"]


def test_there_are_never_more_than_can_be_read():
    said = [(f"{chr(97 + n % 26)}{chr(97 + n // 26)}xyz", [1, 2]) for n in range(200)]
    assert 0 < len(words(said)) <= MOST


@pytest.fixture
def running(event, people):
    """A poll in which two people have said the same word."""
    poll = open_poll(event, item_of_kind(event, "poll"))
    for person in people[:2]:
        write(poll, person, "Childcare in the afternoon")
    return poll


def screen(event, moderator):
    text = moderator.get(f"/e/{event.code}/screen").text
    return re.findall(r'id="poll-word-[^"]+">([^<]+)<', text)


def test_the_picture_comes_while_concerns_come_in(event, running, moderator, hear):
    ear, hall = hear(event, View.SCREEN), hear(event)
    assert screen(event, moderator) == []
    drawing.draw_clouds()
    assert "Childcare" in ear.html
    assert "poll-words" not in hall.html
    assert set(screen(event, moderator)) == {"Childcare", "afternoon"}


def test_it_is_drawn_again_only_when_something_has_come(event, running, people, announced):
    def drawn():
        drawing.draw_clouds()
        return [fact for fact in announced(event.channel) if isinstance(fact, CloudDrawn)]

    assert len(drawn()) == 1
    assert len(drawn()) == 1
    write(running, people[2], "Money for coffee")
    assert len(drawn()) == 1  # nobody else says it, so the picture is the same
    write(running, people[3], "Money")
    assert len(drawn()) == 2


def test_a_me_too_draws_it_again(event, running, people, moderator):
    concern = write(running, people[2], "Money")
    drawing.draw_clouds()
    assert "Money" not in screen(event, moderator)
    support(concern, people[3])
    drawing.draw_clouds()
    assert "Money" in screen(event, moderator)


def test_a_hidden_concerns_words_go_at_once(event, running, people, moderator, hear):
    concern = write(running, people[2], "Scandal")
    support(concern, people[3])
    drawing.draw_clouds()
    ear = hear(event, View.SCREEN)
    moderator.post(f"/e/{event.code}/hidden/concern/{concern.id}")
    assert "Childcare" in ear.html
    assert "Scandal" not in ear.html
    assert "Scandal" not in screen(event, moderator)
    drawing.draw_clouds()
    assert "Scandal" not in screen(event, moderator)


@pytest.mark.parametrize("times", [0, 1, 2], ids=["first picture", "next", "after another"])
def test_what_is_hidden_while_it_is_drawn_does_not_come_back(
    event, running, people, moderator, monkeypatch, times
):
    concern, earlier = (write(running, people[2], text) for text in ("Scandal", "Affair"))
    for each in (concern, earlier):
        support(each, people[3])
    if times:
        drawing.draw_clouds()
        write(running, people[4], "Childcare again")
    if times == 2:
        moderator.post(f"/e/{event.code}/hidden/concern/{earlier.id}")
    compute = drawing.run_apart

    def meanwhile(*args):
        drawn = compute(*args)
        moderator.post(f"/e/{event.code}/hidden/concern/{concern.id}")
        return drawn

    monkeypatch.setattr(drawing, "run_apart", meanwhile)
    drawing.draw_clouds()
    assert "Scandal" not in screen(event, moderator)
    monkeypatch.setattr(drawing, "run_apart", compute)
    drawing.draw_clouds()
    assert "Childcare" in screen(event, moderator)
    assert "Scandal" not in screen(event, moderator)


def test_withdrawn_words_are_not_drawn_again(event, running, people, moderator):
    concern = write(running, people[2], "Scandal")
    write(running, people[3], "Scandal")
    drawing.draw_clouds()
    assert "Scandal" in screen(event, moderator)
    assert people[2].delete(f"/concerns/{concern.id}").status_code == 303
    drawing.draw_clouds()
    assert "Scandal" not in screen(event, moderator)


def test_words_of_an_author_who_leaves_go_at_once_while_others_keep_the_concern(
    event, running, people, moderator, hear
):
    concern = write(running, people[2], "Money")
    support(concern, people[3])
    people[2].post(f"/concerns/{concern.id}", {"text": "Scandal"})
    write(running, people[4], "Scandal")
    drawing.draw_clouds()
    assert {"Scandal", "Childcare"} <= set(screen(event, moderator))
    ear = hear(event, View.SCREEN)
    assert people[2].delete(f"/concerns/{concern.id}").status_code == 303
    assert "Scandal" not in screen(event, moderator)
    assert "Childcare" in ear.html
    assert "Scandal" not in ear.html
    drawing.draw_clouds()
    assert "Scandal" not in screen(event, moderator)


def test_a_poll_that_hides_its_concerns_has_no_picture(event, people, moderator):
    poll = open_poll(event, item_of_kind(event, "poll"), hides_until_closed="yes")
    for person in people[:2]:
        write(poll, person, "Childcare")
    drawing.draw_clouds()
    assert screen(event, moderator) == []
    assert db.session.query(WordCloud).count() == 0


def test_with_the_poll_the_picture_ends(event, running, moderator):
    drawing.draw_clouds()
    moderator.post(f"/polls/{running.id}/closure")
    assert screen(event, moderator) == []
    look_again()
    drawing.draw_clouds()
    assert screen(event, moderator) == []
    assert db.session.query(WordCloud).count() == 0
