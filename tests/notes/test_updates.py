"""Reading what pages send: all that an editor makes, and nothing else."""

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, merge_updates

from app.notes import updates
from app.notes.documents import put_together
from app.notes.updates import Unreadable, contents, read
from tests.notes.writing import Paper

# What Yjs has made in a browser: typed, typed in between, deleted, and typed and deleted at once.
FROM_YJS = (
    "010192b5c9c706000401056e6f7465730668c3a46c6c6f00",
    "010192b5c9c70605c492b5c9c7060192b5c9c7060204f09f988000",
    "000192b5c9c706010002",
    "010292b5c9c70607c192b5c9c7060192b5c9c7060502c492b5c9c7060592b5c9c7060601710192b5c9c706010702",
)
CLIENT = 1760713362


def test_what_yjs_makes_is_read():
    known = 0
    for text, span in zip(FROM_YJS, [(0, 5), (5, 7), None, (7, 10)], strict=True):
        update = read(bytes.fromhex(text))
        assert update.spans == ({CLIENT: span} if span else {})
        assert update.fits({CLIENT: known})
        known = span[1] if span else known


def test_letters_are_counted_as_browsers_count_them():
    assert [read(bytes.fromhex(text)).inserted for text in FROM_YJS] == [5, 2, 0, 1]


def test_what_is_missing_before_is_noticed():
    paper = Paper(7)
    first, second = paper.type("one"), paper.type(" two")
    gone = paper.delete(0, 2)
    assert read(first).fits({})
    assert not read(second).fits({})
    assert not read(gone).fits({7: 1})
    assert read(second).fits({7: 3})
    other = Paper(8, first, second)
    assert not read(other.type("!", 1)).fits({7: 1})
    assert read(other.type("!", 1)).clients == {7, 8}


def things():
    """Whatever else can stand in such a document."""
    for name, kind in (("notes", Map), ("notes", Array), ("other", Text)):
        document = Doc(client_id=1)
        thing = document.get(name, type=kind)
        if kind is Map:
            thing["a"] = "b"
        elif kind is Array:
            thing.append("b")
        else:
            thing += "b"
        yield document.get_update()
    document = Doc(client_id=1)
    text = document.get("notes", type=Text)
    text.insert(0, "bold", {"bold": True})
    yield document.get_update()
    document = Doc(client_id=1)
    document.get("notes", type=Text).insert_embed(0, {"image": "x"})
    yield document.get_update()


@pytest.mark.parametrize("update", list(things()))
def test_anything_but_a_plain_text_is_refused(update):
    with pytest.raises(Unreadable):
        read(update)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x01",
        b"\xff" * 30,
        bytes.fromhex(FROM_YJS[0]) + b"\x00",
        bytes.fromhex(FROM_YJS[0])[:-1],
        b"\x01\x01\x05\x00\x04\x01\x05notes\x00\x00",  # a text of no length
        b"\x01\x01\x05\x00\x04\x01\x05notes\x02\xc3\x28\x00",  # no text
        b"\x01\x01\x05\x00\x00\x00\x00",  # a piece of no length
        b"\x01\x01\x05\x00\x0a\x05\x00",  # a gap
        b"\x01" * 50_000,
        b"\x01\x01\x07\x00\x84\x07\x00\x01x\x00",  # a piece behind itself
        b"\x01\x02\x07\x00\x84\x07\x01\x01x\x84\x07\x00\x01y\x00",  # behind the next one
        b"\x01\x01\x07\x00\x44\x07\x05\x01x\x00",  # before what is not there yet
    ],
)
def test_nonsense_is_refused(data):
    with pytest.raises(Unreadable):
        read(data)


@given(st.integers(0, 3), st.data())
def test_what_was_spoilt_on_the_way_is_refused_or_harmless(number, data):
    """Whatever is let through the library takes, too."""
    whole = bytearray(bytes.fromhex(FROM_YJS[number]))
    for _change in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    known = [bytes.fromhex(text) for text in FROM_YJS[:number]]
    clocks = {CLIENT: read(known[-1]).spans.get(CLIENT, (0, 7))[1]} if known else {}
    try:
        update = read(bytes(whole))
    except Unreadable:
        return
    if update.fits(clocks):
        text = put_together([*known, bytes(whole)]).text
        assert len(text) <= 100


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data)
    except Unreadable:
        return


def test_many_pages_make_one_text_whatever_comes_first():
    chance = random.Random(5)
    papers = [Paper(client) for client in (1, 2, 3)]
    made = []
    for turn in range(60):
        paper = papers[turn % 3]
        paper.take(*made)
        length = len(paper.text)
        made.append(paper.type(f"<{turn}>", chance.randint(0, length)))
    document, text, _pieces = put_together(made)
    assert put_together([document, *made[::-1]]).text == text
    assert {paper.take(*made) or paper.text for paper in papers} == {text}


def test_who_has_typed_what_is_told_without_what_was_deleted():
    one = Paper(1)
    first = one.type("Hello world")
    two = Paper(2, first)
    second = two.type(" dear", 5)
    gone = two.delete(0, 2)
    document, text, pieces = put_together([first, second, gone])
    assert text == "llo dear world"
    assert contents(document) == {1: (11, ["", "llo", " world"]), 2: (5, [" dear"])}
    assert pieces == 4


def test_who_cuts_a_letter_in_two_harms_no_document():
    typed = b"\x01\x01\x01\x00\x04\x01\x05notes\x06a\xf0\x9f\x98\x80b\x00"
    cut = b"\x00\x01\x01\x01\x02\x01"  # the second half of the second letter goes
    assert read(cut).fits({1: 4})
    document, _text, _pieces = put_together([typed, cut])
    assert contents(document) == {1: (4, ["a\U0001f600b"])}
    assert put_together([document]).document == document


def test_a_nul_is_left_out_of_the_text_that_is_kept():
    assert put_together([Paper().type("a\x00b")]).text == "ab"


def test_what_is_made_to_take_long_takes_no_longer_than_a_page():
    """As many pieces as an update may have, all at one place; the processor's time counts."""
    pieces = b"".join(b"\xc4\x01\x00\x01\x01\x01x" for _piece in range(1990))
    base = b"\x01\x01\x01\x00\x04\x01\x05notes\x02ab\x00"
    hostile = b"\x01\xc6\x0f\x02\x00" + pieces + b"\x00"
    began = time.process_time()
    update = read(hostile)
    assert update.fits({1: 2})
    assert time.process_time() - began < 0.25
    assert len(put_together([base, hostile]).text) == 1992
    assert time.process_time() - began < 1.0


def test_one_deletes_what_any_number_of_pages_have_typed():
    made = []
    for client in range(1, 201):
        made.append(Paper(client).type(f"<{client}>"))
    paper = Paper(999, *made)
    gone = paper.delete(0, len(paper.text))
    assert len(read(gone).needs) == 200
    assert put_together([*made, gone]).text == ""


def number(value):
    low, high = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + number(high) if high else bytes([low])


def deletion(clients):
    """The first letter of each of so many pages goes."""
    each = [number(client) + b"\x01\x00\x01" for client in range(1, clients + 1)]
    return b"\x00" + number(clients) + b"".join(each)


def test_to_how_many_pages_one_may_refer_has_an_end_that_costs_little():
    began = time.process_time()
    assert not read(deletion(updates.MOST_CLIENTS)).fits({})
    assert time.process_time() - began < 0.25
    with pytest.raises(Unreadable):
        read(deletion(updates.MOST_CLIENTS + 1))


def test_nobody_brings_what_a_crowd_of_pages_has_typed():
    papers = [Paper(client) for client in range(1, updates.MOST_WRITERS + 2)]
    crowd = merge_updates(*[paper.type("x") for paper in papers])
    with pytest.raises(Unreadable):
        read(crowd)


def test_limits_are_those_of_one_packet():
    packet = json.dumps(["write_notes", {"room": 10**9, "epoch": "x" * 16, "update": ""}])
    assert updates.LONGEST_UPDATE * 4 // 3 + len(packet) + 20 < 64 * 1024
