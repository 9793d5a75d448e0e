import gzip

import pytest
from flask import Response, stream_with_context

from app.compression import LEAST, compress

LONG = "<p>Wie gewinnen wir die Kinderärzte?</p>" * 100
TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}
FROM_ELSEWHERE = {**TAKES_GZIP, "Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def database():
    return "sqlite"


@pytest.fixture
def answer(app):
    """What becomes of a text, for a request with these headers."""

    def ask(text=LONG, mimetype="text/html", headers=TAKES_GZIP, **options):
        with app.test_request_context(headers=headers):
            return compress(Response(text, mimetype=mimetype, **options))

    return ask


def test_a_long_page_goes_compressed_to_whoever_takes_it_so(answer):
    page = answer()
    assert page.content_encoding == "gzip"
    assert "Accept-Encoding" in page.vary
    assert page.content_length == len(page.get_data()) < len(LONG) / 10
    assert gzip.decompress(page.get_data()).decode() == LONG


@pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0"])
def test_whoever_does_not_take_it_so_gets_it_plain(answer, takes):
    page = answer(headers={"Accept-Encoding": takes})
    assert page.content_encoding is None
    assert page.get_data(as_text=True) == LONG
    assert "Accept-Encoding" in page.vary, "what is kept in between may not mix them up"


def test_what_is_short_goes_as_it_is(answer):
    assert answer("x" * (LEAST - 1)).content_encoding is None
    assert answer("x" * LEAST).content_encoding == "gzip"


@pytest.mark.parametrize("mimetype", ["image/png", "application/pdf", "application/zip"])
def test_what_is_no_text_goes_as_it_is(answer, mimetype):
    picture = answer(mimetype=mimetype)
    assert picture.content_encoding is None
    assert "Accept-Encoding" not in picture.vary


def test_files_that_are_sent_from_disk_are_left_alone(answer):
    file = answer(iter([LONG.encode()]), headers=TAKES_GZIP, direct_passthrough=True)
    assert file.content_encoding is None


def test_nothing_is_compressed_twice(app):
    packed = gzip.compress(LONG.encode())
    response = Response(packed, mimetype="text/html", headers={"Content-Encoding": "gzip"})
    with app.test_request_context(headers=TAKES_GZIP):
        assert compress(response).get_data() == packed


def test_what_comes_piece_by_piece_stays_so(app):
    with app.test_request_context(headers=TAKES_GZIP):
        pieces = Response(stream_with_context(iter([LONG, LONG])), mimetype="text/html")
        assert compress(pieces).is_streamed
        assert pieces.content_encoding is None


@pytest.mark.parametrize("status", [204, 206, 304])
def test_answers_without_a_whole_text_are_left_alone(answer, status):
    assert answer(status=status).content_encoding is None


def test_a_compressed_text_has_the_same_tag_but_weak(app):
    response = Response(LONG, mimetype="text/html")
    response.set_etag("abc")
    with app.test_request_context(headers=TAKES_GZIP):
        assert compress(response).get_etag() == ("abc", True)


def test_what_another_site_asks_for_as_somebody_we_know_has_its_true_length(answer):
    known = {"Cookie": "dialograum=x"}
    assert answer(headers={**FROM_ELSEWHERE, **known}).content_encoding is None
    same_site = {**FROM_ELSEWHERE, **known, "Sec-Fetch-Site": "same-site"}
    assert answer(headers=same_site).content_encoding is None
    for asked_by in ("same-origin", "none"):
        headers = {**TAKES_GZIP, **known, "Sec-Fetch-Site": asked_by}
        assert answer(headers=headers).content_encoding == "gzip"
    assert answer(headers=FROM_ELSEWHERE).content_encoding == "gzip", "a stranger has no secrets"


def test_the_join_page_is_compressed_and_head_says_the_same(event, browser):
    url = f"/join/{event.code}"
    page = browser().get(url, headers=TAKES_GZIP)
    assert page.content_encoding == "gzip"
    assert event.title in gzip.decompress(page.data).decode()
    head = browser().head(url, headers=TAKES_GZIP)
    assert (head.data, head.content_encoding) == (b"", "gzip")
    assert abs(head.content_length - page.content_length) < 100, "the token is another one"
    assert event.title in browser().get(url).text


def test_streams_are_compressed_as_pages_are(event, participant):
    answer = participant.post("/language", {"language": "de"}, headers=TAKES_GZIP)
    assert answer.status_code == 303
    question = {"text": "Why? " * 50, "key": "k"}
    asked = participant.post(f"/e/{event.code}/questions", question, live=True, headers=TAKES_GZIP)
    assert (asked.mimetype, asked.content_encoding) == ("text/vnd.turbo-stream.html", "gzip")
    assert b"turbo-stream" in gzip.decompress(asked.data)
