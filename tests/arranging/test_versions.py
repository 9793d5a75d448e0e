import pytest

from app.arranging.differences import differences
from app.extensions import db
from app.forums.versions import PostVersion


def edit(who, post, text):
    answer = who.post(f"/posts/{post.id}", {"text": text})
    assert answer.status_code == 303, answer.text


def test_readers_see_what_was_said_before(group):
    post = group.post("We meet on Monday")
    edit(group.as_author, post, "We meet on Tuesday")
    edit(group.as_author, post, "We meet on Tuesday at ten")
    page = group.as_reader.get(f"/posts/{post.id}/versions").text
    assert "<del>Monday</del>" in page
    assert "<ins>Tuesday</ins>" in page
    assert "As first written" in page
    assert f"/posts/{post.id}/versions" in group.page(group.as_reader)


def test_the_same_text_is_no_new_wording(group):
    post = group.post("Words")
    edit(group.as_author, post, "Words")
    assert db.session.query(PostVersion).count() == 0


def test_earlier_words_of_a_hidden_post_are_hidden_too(group):
    post = group.post("Zwiebelturm")
    edit(group.as_author, post, "Something else")
    group.as_coordinator.post(f"/posts/{post.id}/hiding", {"reason": "Rude"})
    url = f"/posts/{post.id}/versions"
    for who in (group.as_member, group.as_reader):
        assert who.get(url).status_code == 404
    for who in (group.as_coordinator, group.as_author):
        assert "Zwiebelturm" in who.get(url).text


def test_what_was_taken_back_is_gone_with_all_its_wordings(group):
    post = group.post("Zwiebelturm")
    edit(group.as_author, post, "Something else")
    group.as_author.delete(f"/posts/{post.id}")
    assert db.session.query(PostVersion).count() == 0
    assert group.as_coordinator.get(f"/posts/{post.id}/versions").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("sibling", 404), ("outsider", 404), (None, 401)])
def test_who_may_not(group, who, status):
    post = group.post("Words")
    edit(group.as_author, post, "Other words")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    assert visitor.get(f"/posts/{post.id}/versions").status_code == status


def test_differences_are_found_word_by_word():
    pieces = differences("Parents need time.\nAnd a place.", "Parents want time.\nAnd a place.")
    assert [tuple(piece) for piece in pieces] == [
        ("kept", "Parents "),
        ("gone", "need"),
        ("come", "want"),
        ("kept", " time.\nAnd a place."),
    ]


@pytest.mark.parametrize(("before", "after"), [("", "All new"), ("All gone", ""), ("Same", "Same")])
def test_both_texts_can_be_read_from_the_differences(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "come") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_texts_that_would_take_long_to_compare_do_not():
    import random
    import time

    one, other = (" ".join(random.Random(seed).choices("ab", k=10_000)) for seed in (1, 2))
    began = time.process_time()
    differences(one, other)
    assert time.process_time() - began < 1
