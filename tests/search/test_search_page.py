import re
from html import unescape

import pytest

from app.search.queries import A_PAGE
from tests.factories import make_forum, make_member, make_post, make_space, make_thread

FRAME = {"Turbo-Frame": "search-results"}
MORE = re.compile(r'href="([^"]*)"[^>]*rel="next"')


@pytest.fixture
def space(app):
    return make_space("Cluster 1")


@pytest.fixture
def anna(space):
    return make_member(space, name="Anna Auer")


@pytest.fixture
def thread(space, anna):
    return make_thread(make_forum(space, "Absprachen"), anna, "Frühe Hilfen")


@pytest.fixture
def visit(browser, anna):
    """Open an address as Anna."""
    client = browser().sign_in(anna)

    def get(url, **options):
        answer = client.get(url, **options)
        assert answer.status_code == 200, answer.text
        return answer.text

    return get


def test_a_result_says_what_it_is_where_it_stands_and_whose_it_is(thread, anna, visit):
    post = make_post(thread, anna, "Die Häuser sind &lt;offen&gt;")
    page = visit("/search?q=haus")
    assert "Die <mark>Häuser</mark> sind &lt;offen&gt;" in page
    assert f'href="/posts/{post.id}"' in page
    for words in ("1 result", "Posts", "Frühe Hilfen", "Cluster 1", "Absprachen", "Anna Auer"):
        assert words in page


def test_a_long_text_is_shown_around_what_was_found(thread, anna, visit):
    make_post(thread, anna, "Anfang " + "viele Worte " * 200 + "Kastanie " + "und mehr " * 200)
    page = visit("/search?q=kastanie")
    snippet = page.partition('class="search-snippet">')[2].partition("</p>")[0]
    assert "<mark>Kastanie</mark>" in snippet
    assert len(snippet) < 320
    assert snippet.startswith("… ")


def test_while_one_types_only_the_results_come(thread, anna, visit):
    make_post(thread, anna, "Kastanie")
    page = visit("/search?q=kast", headers=FRAME)
    assert page.lstrip().startswith('<turbo-frame id="search-results"')
    assert "<mark>Kastanie</mark>" in page
    assert "<form" not in page


def test_further_results_follow_where_the_page_ended(thread, anna, visit):
    for number in range(A_PAGE + 2):
        make_post(thread, anna, f"Kastanie {number}")
    page = visit("/search?q=kastanie&order=newest&kind=post&_anchor=x")
    assert f"More than {A_PAGE} results" in page
    url = unescape(MORE.search(page)[1])
    assert "kind=post" in url
    assert "_anchor" not in url
    following = visit(url, headers=FRAME)
    assert re.search(r'<turbo-frame id="search-after-0-\d+"', following)
    assert following.count('<li class="search-hit') == 2
    assert not MORE.search(following)
    assert "<html" in visit(url)  # without scripts it is a page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "What are you looking for?"),
        ("q=gibtesnicht", "Nothing was found for “gibtesnicht”."),
        ("q=kastanie&kind=file", "Nothing was found with these restrictions."),
        ("q=kastanje", "Nothing stands here with “kastanje”. This was found with “Kastanie”."),
    ],
)
def test_where_nothing_is_found_the_page_says_what_to_do(thread, anna, visit, query, words):
    make_post(thread, anna, "Kastanie")
    assert words in visit(f"/search?{query}")


def test_whoever_is_nowhere_yet_is_told_so(browser, account):
    page = browser().sign_in(account(password_hash="none")).get("/search?q=x").text
    assert "There is nothing to search through yet." in page


def test_only_what_one_knows_can_be_chosen(thread, space, anna, visit):
    other = make_space("Secret group")
    make_forum(other, "Secret forum")
    page = visit("/search")
    assert "Cluster 1" in page
    assert "Secret" not in page
    assert "Secret" not in visit(f"/search?space={other.id}&q=x")
    assert "Absprachen" in visit(f"/search?space={space.id}")


def test_every_page_of_somebody_who_is_signed_in_has_the_field(space, visit):
    page = visit(f"/spaces/{space.id}")
    assert 'class="site-search"' in page
    assert f'name="space" value="{space.id}"' in page
    assert 'class="site-search"' not in visit("/search")


def test_what_was_typed_cannot_become_markup(thread, anna, visit):
    make_post(thread, anna, "script")
    for text in ('"><script>alert(1)</script>', "<b>script"):
        page = visit("/search", query_string={"q": text})
        assert "<script>alert" not in page
        assert "<b>script" not in page


def test_searches_are_limited(limited, browser, anna):
    client = browser().sign_in(anna)
    statuses = {client.get("/search?q=x", headers=FRAME).status_code for _ in range(130)}
    assert statuses == {200, 429}
