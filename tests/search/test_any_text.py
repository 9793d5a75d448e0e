"""Whatever is typed or written: it is kept, and searching for it gives an answer, soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.filters import Filters, Order, read_filters
from app.search.queries import read_cursor
from app.search.wanted import read
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.search.worlds import look, reader

SIGNS = st.sampled_from([*"\"'-*()^:§†¶\\%_&|!<>~ ", "AND", "OR", "NOT", "NEAR", "\x00"])
WORDS = st.sampled_from(["Haus", "-Haus", '"', '"Haus', "und", "1e5", "½", "ﬁ"])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(SIGNS, st.text(max_size=8)), max_size=25).map("".join),
    st.lists(st.sampled_from(["Haus", "-Haus", '"', '"Haus', "und", "1e5", "½", "ﬁ"])).map(
        " ".join
    ),
)
NAMES = st.sampled_from("q space forum kind since until order".split())
LONGEST = 1.0  # seconds; a busy machine may fall asleep once


@pytest.fixture
def space(app):
    return make_space()


@pytest.fixture
def anna(space):
    anna = make_member(space)
    make_post(make_thread(make_forum(space), anna, "Häuser und Straßen"), anna, "Ein Haus am See")
    return anna


@settings(max_examples=60)
@given(typed=TEXTS, order=st.sampled_from(list(Order)), person=st.one_of(st.just(""), TEXTS))
def test_any_text_can_be_searched_for(anna, typed, order, person):
    filters = Filters(order=order, person=person)
    assert any(seconds_of(anna, typed, filters) < LONGEST for _attempt in range(3))


def seconds_of(anna, typed, filters):
    begun = time.monotonic()
    look(reader(anna), typed, filters)
    return time.monotonic() - begun


@settings(max_examples=40)
@given(text=TEXTS)
def test_any_text_can_be_written_and_is_found_by_its_own_words(space, anna, text):
    thread = make_thread(make_forum(space), anna, "Any")
    post = make_post(thread, anna, "Zwiebelturm " + text.replace("\x00", "").replace("<", " "))
    found = look(reader(anna), "zwiebelturm", Filters(order=Order.NEWEST))
    assert found.found[0][1].source_id == post.id


@given(
    values=st.dictionaries(st.sampled_from("q space forum kind since until order".split()), TEXTS)
)
def test_any_address_means_something(values):
    read_filters(values)
    read(values.get("q", ""))
    read_cursor(values.get("order", ""))


@given(year=st.dates())
def test_any_day_can_be_a_limit(year):
    filters = read_filters({"since": year.isoformat(), "until": year.isoformat()})
    assert filters.since == year
    assert len(filters.span) == 2


@given(TEXTS)
def test_reading_keeps_what_counts(typed):
    wanted = read(typed)
    assert len(wanted.words) + len(wanted.strings) + len(wanted.unwanted) <= 12
    assert wanted == read(typed)
