import pytest

from app.composing.references import addresses_in, links_in, own_path
from app.richtext import render


def found(text):
    return [(kind.name, id) for kind, id, _path in links_in(text)]


@pytest.mark.parametrize(
    ("address", "thing"),
    [
        ("/threads/5", ("thread", 5)),
        ("/threads/5?at=33#post-33", ("post", 33)),
        ("/posts/33", ("post", 33)),
        ("/aspects/7", ("aspect", 7)),
        ("/proposals/8", ("proposal", 8)),
        ("/rooms/9", ("room", 9)),
        ("/e/ABCDEF#concern-4", ("concern", 4)),
        ("/e/ABCDEF/results#aspect-4", ("aspect", 4)),
    ],
)
def test_an_address_in_a_line_of_its_own_is_a_reference(address, thing, app):
    with app.test_request_context():
        assert found(f"See\n{address}\n") == [thing]
        assert found(f"See\n<http://localhost{address}>\n") == [thing]
        assert found(f"See {address}") == []
        assert found(f"> {address}") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/threads/5",
        "//example.org/threads/5",
        "/\\example.org/threads/5",
        "http://localhost.example.org/threads/5",
        "http://localhost@example.org/threads/5",
        "/threads/99999999999999",
        "/threads/-5",
        "/threads/5/posts",
        "/threads/",
        "javascript:/threads/5",
        "",
    ],
)
def test_other_addresses_are_none(address, app):
    with app.test_request_context():
        assert found(address) == []


def test_each_thing_has_one_card_and_a_post_no_more_than_five(app):
    assert found("/threads/5\n/threads/5") == [("thread", 5)]
    assert len(found("\n".join(f"/threads/{n}" for n in range(1, 9)))) == 5


def test_the_path_keeps_its_query_and_fragment(app):
    with app.test_request_context():
        assert own_path("http://localhost/threads/5?at=3#post-3") == "/threads/5?at=3#post-3"


def test_own_addresses_in_a_text_lead_there_from_wherever_the_server_is_reached(app):
    with app.test_request_context():
        find = addresses_in()
        text = "See http://localhost/threads/5, or http://localhost.example.org/x"
        assert [(link.path, link.shown) for link in find(text)] == [
            ("/threads/5", "http://localhost/threads/5")
        ]
        html = render("http://localhost/threads/5?a=@Ines", finders=[find])
        assert html.count("<a ") == 1
        assert 'href="/threads/5?a=@Ines"' in html
        assert 'href="//' not in render("http://localhost//example.org/x", finders=[find])
