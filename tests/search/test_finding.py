from datetime import timedelta

import pytest

from app.database import now, transaction
from app.permissions import SpaceRole
from app.search.filters import Filters, Order
from app.search.queries import A_PAGE
from app.spaces import actions as spaces
from tests.factories import (
    make_account,
    make_forum,
    make_member,
    make_municipality,
    make_post,
    make_space,
    make_thread,
)
from tests.search.worlds import found, keep_file, look, reader


@pytest.fixture
def space(app):
    return make_space("Cluster 1")


@pytest.fixture
def anna(space):
    return make_member(space, name="Anna Auer")


@pytest.fixture
def thread(space, anna):
    return make_thread(make_forum(space), anna, "Frühe Hilfen")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Die Kommunen planen", "kommune"),
        ("Eine Kommune plant", "Kommunen"),
        ("Wir besuchen Häuser", "Haus"),
        ("Das Jugendamt", "jugendaemter"),
        ("In der Straße", "strasse"),
        ("In der Strasse", "STRASSE"),
        ("Über uns", "ueber"),
        ("We discussed agreements", "discussing agreement"),
        ("Several municipalities", "municipality"),
        ("Ein Café", "cafe"),
        ("§ 8a SGB VIII", "8a"),
        ("Jugendhilfeausschuss tagt", "jugendhilfe"),
        ("Jugendhilfeausschuss tagt", "jugendhilfeaus"),
        ("Die Sitzung am Montag", "montag sitz"),
    ],
)
def test_other_forms_and_beginnings_of_words_are_found(thread, anna, written, typed):
    post = make_post(thread, anna, written)
    assert found(reader(anna), typed) == [f"post {post.id}"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Kommmune", "Kommune"), ("jugnedamt", "Jugendamt"), ("Vereinbahrung", "Vereinbarung")],
)
def test_a_mistyped_word_finds_what_was_meant(thread, anna, typed, meant):
    post = make_post(thread, anna, "Kommune, Jugendamt, Vereinbarung")
    page = look(reader(anna), typed)
    assert [hit.source_id for _, hit in page.found] == [post.id]
    assert page.instead == {typed: meant}


def test_a_word_that_only_others_may_read_is_never_proposed(thread, anna):
    secret = make_space()
    other = make_member(secret)
    make_post(make_thread(make_forum(secret), other, "Secret"), other, "Zwiebelturm")
    page = look(reader(anna), "Zwiebelturn")
    assert not page.found
    assert not page.instead


def test_words_in_quotation_marks_stand_as_they_were_typed(thread, anna):
    right = make_post(thread, anna, "die frühe Hilfe kommt an")
    make_post(thread, anna, "Hilfe kommt früh, die frühen Hilfen")
    assert found(reader(anna), '"frühe Hilfe"') == [f"post {right.id}"]


def test_a_minus_leaves_out_what_contains_the_word(thread, anna):
    right = make_post(thread, anna, "Budget der Kommune")
    make_post(thread, anna, "Budget des Landes")
    assert found(reader(anna), "budget -Länder -land") == [f"post {right.id}"]


def test_what_has_the_words_in_its_title_comes_first_then_what_has_them_in_order(thread, anna):
    in_order = make_post(thread, anna, "runder Tisch in Kassel")
    apart = make_post(thread, anna, "ein Tisch, der rund ist")
    titled = make_thread(thread.forum, anna, "Runder Tisch")
    begun = make_post(thread, anna, "die Runden am Tischtennistisch")
    assert found(reader(anna), "runder tisch") == [
        f"thread {titled.id}",
        f"post {in_order.id}",
        f"post {apart.id}",
        f"post {begun.id}",
    ]
    newest = found(reader(anna), "runder tisch", order=Order.NEWEST)
    assert newest == [
        f"{kind} {thing.id}"
        for kind, thing in (
            ("post", begun),
            ("thread", titled),
            ("post", apart),
            ("post", in_order),
        )
    ]


def test_pages_follow_one_another_without_gaps_and_without_repeating(thread, anna):
    for number in range(A_PAGE * 2 + 5):
        make_post(thread, anna, f"Bericht {number}" if number % 3 else f"der Berichte {number}")
    who = reader(anna)
    for order in Order:
        seen, cursor = [], None
        while True:
            page = look(who, "Bericht", Filters(order=order), cursor)
            seen += [hit.source_id for _, hit in page.found]
            cursor = page.following
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == A_PAGE * 2 + 5
    assert seen == sorted(seen, reverse=True)


def test_what_is_written_meanwhile_shifts_nothing(thread, anna):
    for number in range(A_PAGE + 3):
        make_post(thread, anna, f"Bericht {number}")
    first = look(reader(anna), "Bericht", Filters())
    make_post(thread, anna, "Bericht, der dazwischen kam")
    second = look(reader(anna), "Bericht", Filters(), first.following)
    both = [hit.source_id for page in (first, second) for _, hit in page.found]
    assert len(both) == len(set(both)) == A_PAGE + 3


def test_filters_leave_out_what_does_not_fit(space, thread, anna):
    town = make_municipality("Musterstadt")
    ben = make_account(name="Ben Bär", password_hash="none", municipality_id=town.id)
    other_space = make_space()
    with transaction():
        spaces.admit(space, ben)
        spaces.admit(other_space, anna)
    other_forum = make_forum(space, "Other")
    anchor = make_post(thread, anna, "Anker")
    by_ben = make_post(thread, ben, "Anker")
    elsewhere = make_thread(make_forum(other_space), anna, "Anker")
    in_other = make_thread(other_forum, anna, "Anker")
    who = reader(anna)

    def find(**filters):
        return set(found(who, "Anker", **filters))

    assert find(space_id=other_space.id) == {f"thread {elsewhere.id}"}
    assert find(forum_id=other_forum.id) == {f"thread {in_other.id}"}
    assert find(kind="post") == {f"post {anchor.id}", f"post {by_ben.id}"}
    assert find(person="bär") == {f"post {by_ben.id}"}
    assert find(person="Baer") == {f"post {by_ben.id}"}
    assert find(municipality_id=town.id) == {f"post {by_ben.id}"}
    assert find(person="Nobody") == find(kind="nonsense") == find(space_id=10**8) == set()
    today, tomorrow = now().date(), now().date() + timedelta(days=1)
    assert len(find(since=today - timedelta(days=1))) == 4
    assert not find(until=today - timedelta(days=2))
    assert not find(since=tomorrow + timedelta(days=1))


def test_filters_alone_list_the_newest(thread, anna):
    first = make_post(thread, anna, "eins")
    second = make_post(thread, anna, "zwei")
    opening = found(reader(anna), "", kind="post")
    assert opening[:2] == [f"post {second.id}", f"post {first.id}"]
    assert found(reader(anna), "") == []


def test_files_are_found_by_their_names_and_by_what_stands_in_them(thread, anna):
    post = make_post(thread, anna, "im Anhang")
    file = keep_file(post, "Haushaltsplan 2026.pdf", "Ausgaben für Familienzentren")
    assert found(reader(anna), "haushaltsplan") == [f"file {file.id}"]
    assert found(reader(anna), "Familienzentrum") == [f"file {file.id}"]


def test_whoever_only_reads_a_space_finds_what_stands_there(app):
    space = make_space(allows_readers=True)
    member = make_member(space)
    rita = make_member(space, SpaceRole.READER)
    post = make_post(make_thread(make_forum(space), member, "T"), member, "Anker")
    assert found(reader(rita), "Anker") == [f"post {post.id}"]
