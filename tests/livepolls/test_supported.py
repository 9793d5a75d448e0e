"""Afterwards each author and each supporter sees where it went."""

import pytest

from tests.livepolls.polls import heard_by, support, write


@pytest.fixture
def concerns(poll, people):
    """Two of one aspect, one of another, and one that stands alone."""
    texts = ("Childcare at night", "Childcare on Sundays", "Money for rooms", "Interpreters")
    return [write(poll, person, text) for person, text in zip(people, texts, strict=False)]


@pytest.fixture
def gather(poll, moderator):
    """Make an aspect of concerns."""

    def make(title, *concerns):
        form = {"title": title, "concern": [c.id for c in concerns]}
        assert moderator.post(f"/polls/{poll.id}/aspects", form).status_code == 303

    return make


@pytest.fixture
def freeze(poll, moderator):
    """Close the poll and choose these aspects, or all."""

    def choose(*titles):
        moderator.post(f"/polls/{poll.id}/closure")
        ids = [aspect.id for aspect in poll.aspects if aspect.title in titles]
        assert moderator.post(f"/polls/{poll.id}/choice", {"aspect": ids}).status_code == 303

    return choose


def mine(visitor, poll, part="mine"):
    page = visitor.get(f"/e/{poll.event.code}").text
    return page.split(f'id="{part}"')[1].split("</section>")[0]


def supports(visitor, poll):
    return mine(visitor, poll, "my-supports")


def test_author_and_supporters_read_the_number_and_the_title_of_the_aspect(
    poll, people, concerns, gather, freeze
):
    support(concerns[0], people[3], people[4])
    gather("Money", concerns[2])
    gather("Childcare", *concerns[:2])
    assert "Childcare at night" not in supports(people[3], poll), "while moderators sort"
    freeze()
    first, second = sorted(poll.aspects, key=lambda aspect: aspect.position)
    assert (first.title, second.title) == ("Childcare", "Money"), "most voices first"
    for told in (mine(people[0], poll), supports(people[3], poll), supports(people[4], poll)):
        assert "Childcare at night" in told
        assert "Went into aspect 1:" in told
        assert f'<a href="/aspects/{first.id}">Childcare</a>' in told
    assert "Went into aspect 2:" in mine(people[2], poll)
    assert "Stands on its own" in mine(people[3], poll)


def test_what_was_not_chosen_says_where_it_stands(poll, people, concerns, gather, freeze):
    support(concerns[2], people[4])
    gather("Childcare", *concerns[:2])
    gather("Money", concerns[2])
    freeze("Childcare")
    for told in (mine(people[2], poll), supports(people[4], poll)):
        assert "<strong>Money</strong>" in told
        assert "was not chosen" in told


def test_supporters_read_the_words_that_they_have_supported(poll, people, concerns, gather, freeze):
    support(concerns[0], people[3])
    people[0].post(f"/concerns/{concerns[0].id}", {"text": "Pay for nurses"})
    support(concerns[0], people[4])
    gather("Childcare", *concerns[:2])
    freeze()
    assert "Childcare at night" in supports(people[3], poll)
    assert "Pay for nurses" not in supports(people[3], poll)
    assert "Pay for nurses" in supports(people[4], poll)


def test_a_late_one_waits_and_its_author_hears_where_it_was_put(
    poll, people, concerns, gather, freeze, moderator, hear
):
    gather("Childcare", *concerns[:2])
    freeze()
    moderator.delete(f"/polls/{poll.id}/closure")
    late = write(poll, people[4], "Childcare, late")
    assert "The moderators look where it belongs" in mine(people[4], poll)
    ear = hear(people[4])
    (aspect,) = poll.aspects
    answer = moderator.post(f"/aspects/{aspect.id}/concerns", {"concern": late.id})
    assert answer.status_code == 303
    assert "Went into aspect 1:" in ear.html


def test_supporters_hear_of_it_without_asking(app, poll, people, concerns, gather, freeze):
    support(concerns[0], people[4])
    gather("Childcare", *concerns[:2])
    told = heard_by(app, poll, people[4], freeze)
    assert 'target="my-supports"' in told
    assert "Went into aspect 1:" in told


def test_it_goes_again_when_the_choice_is_taken_back_or_the_concern_is_hidden(
    app, poll, people, concerns, gather, freeze, moderator
):
    support(concerns[0], people[4])
    gather("Childcare", *concerns[:2])
    freeze()
    url = f"/e/{poll.event.code}/hidden/concern/{concerns[0].id}"
    for do in (lambda: moderator.post(url), lambda: moderator.delete(f"/polls/{poll.id}/choice")):
        told = heard_by(app, poll, people[4], do)
        assert 'target="my-supports"' in told
        assert "Childcare at night" not in told
        assert "Childcare at night" not in supports(people[4], poll)


def test_only_those_who_support_something_are_told(
    app, poll, people, concerns, gather, freeze, join
):
    stranger = join(poll.event)
    support(concerns[0], people[4])
    gather("Childcare", *concerns[:2])
    assert heard_by(app, poll, stranger, freeze) == ""
    assert "Childcare" not in supports(stranger, poll)
    assert "Childcare at night" not in supports(people[0], poll), "it is that person's own"


def test_many_supports_are_read_with_as_many_statements_as_few(
    poll, people, moderator, gather, freeze, statements
):
    asked = []
    for number in (1, 8):
        moderator.delete(f"/polls/{poll.id}/choice")
        moderator.delete(f"/polls/{poll.id}/closure")
        for n in range(number):
            concern = write(poll, people[0], f"Concern {number} {n}")
            support(concern, people[1])
            gather(f"Aspect {number} {n}", concern)
        freeze()
        statements.clear()
        assert "Went into" in supports(people[1], poll)
        asked.append(len(statements))
    assert asked[0] == asked[1]
