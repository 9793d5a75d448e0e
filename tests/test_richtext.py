import gc
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.richtext import TAGS, render, written


def test_markdown_becomes_html():
    assert render("Let us *visit* them") == "<p>Let us <em>visit</em> them</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x" onclick="alert(1)">x</a>',
        "![x](https://example.org/spy.png)",
        '<p style="position:fixed">x</p>',
        "<iframe src=https://example.org></iframe>",
    ],
)
def test_nothing_active_comes_through(text):
    html = render(text)
    for danger in (
        "<script",
        "onerror",
        "javascript:",
        "onclick",
        "data:",
        "<img",
        "style=",
        "<iframe",
    ):
        assert danger not in html


def test_links_tell_the_other_side_nothing():
    assert 'rel="nofollow noopener noreferrer"' in render("www.example.org")


@pytest.mark.parametrize("text", ["[" * 2000, "1. " * 700, "> " * 1000, "- " * 1000, "*a_" * 600])
def test_what_would_keep_the_parser_busy_is_shown_as_it_was_typed(text):
    assert render(text)


def _seconds(text):
    """What rendering costs, without what the garbage of other tests would add to it."""
    gc.disable()
    try:
        begun = time.process_time()
        render(text)
        return time.process_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a/",
        "<x\n",
        "(",
        "a-",
        "a.a-",
        "a:",
        "a:a@",
        "-.",
        "http://a-",
        "_.a",
        "[a](",
        "&a",
        "\n| ",
    ],
)
def test_a_long_text_takes_a_moment_however_it_was_made(piece):
    """What grows with the square of its length takes hundreds of times what plain words do."""
    plain, tedious = (_seconds("[a](" + (it * 20_000)[:19_000]) for it in ("word ", piece))
    assert tedious < 60 * plain


@pytest.mark.parametrize(
    "text", ["see (www.example.org/a).", "https://user:word@a.example.org:80/b"]
)
def test_addresses_in_a_text_are_found(text):
    assert "<a href=" in render(text)


@pytest.mark.parametrize("text", ["", "  \n ", "<script></script>", "![](x.png)", "\x00"])
def test_what_would_look_empty_is_refused(text):
    with pytest.raises(Invalid):
        written(text)


def test_lines_count_as_people_count_them():
    assert written("a\r\n" * 1000 + "b", 2001).text == "a\n" * 1000 + "b"
    with pytest.raises(Invalid):
        written("a" * 2001)


PIECES = [
    "<",
    ">",
    "script",
    "a href=",
    "javascript:",
    "](",
    "[",
    "!",
    '"',
    "'",
    "onload=",
    "&#",
    "\n",
    "    ",
    "*",
    "`",
    "|",
    "-",
    "1.",
    "x",
    "http://",
    "style",
    "img src",
    "/",
    "--",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_stays_within_the_allowed_tags(text):
    html = render(text)
    for tag, attributes in re.findall(r"<([a-z0-9]+)([^>]*)>", html):
        assert tag in TAGS
        for name, value in re.findall(r'([a-z-]+)="([^"]*)"', attributes):
            assert name in {"href", "title", "rel"}
            if name == "href":
                assert not value.lower().lstrip().startswith(("javascript", "data"))
