from app.database import transaction
from tests.composing.towns import say


def test_a_quote_says_who_and_links_to_the_post(here, browser):
    post = say(here, here.ines, "One\n\n> older\n\nTwo")
    text = browser().sign_in(here.ole).get(f"/posts/{post.id}/quote").text
    assert text.startswith("> [Ines Vogt wrote:](")
    assert f"{post.id}" in text.splitlines()[0]
    assert "> One\n>\n" in text
    assert "> Two\n" in text
    assert "older" not in text


def test_a_part_can_be_quoted(here, browser):
    post = say(here, here.ines, "One **two** three")
    text = browser().sign_in(here.ole).get(f"/posts/{post.id}/quote?part=two").text
    assert text.splitlines()[2] == "> two"


def test_a_name_cannot_break_the_link(here, browser):
    with transaction():
        here.ines.name = "I](javascript:alert(1)) [x"
    post = say(here, here.ines, "One")
    text = browser().sign_in(here.ole).get(f"/posts/{post.id}/quote").text
    assert "[I" in text
    assert "javascript:alert(1)" not in text.replace("javascript:alert1", "")


def test_others_cannot_quote_what_they_cannot_read(here, elsewhere, reader, browser):
    post = say(here, here.ines, "One")
    url = f"/posts/{post.id}/quote"
    assert browser().sign_in(elsewhere.ole).get(url).status_code == 404
    assert browser().sign_in(reader).get(url).status_code == 403
    assert browser().get(url).status_code in (302, 303, 401)
    with transaction():
        post.hide(True)
    assert browser().sign_in(here.ole).get(url).status_code == 404
