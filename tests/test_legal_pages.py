"""The texts that the operator sets."""

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def write(app):
    folder = app.extensions["settings"].instance / "legal"
    folder.mkdir(exist_ok=True)
    yield lambda name, text: (folder / name).write_text(text, encoding="utf-8")
    for path in folder.iterdir():
        path.unlink()


def test_a_text_is_shown_in_the_language_of_the_page(browser, write):
    write("privacy.de.md", "# Datenschutz für alle\n\nWir speichern **wenig**.")
    write("privacy.en.md", "# Privacy for all")
    assert "<h1>Datenschutz für alle</h1>" in browser("de").get("/legal/privacy").text
    page = browser("en").get("/legal/privacy").text
    assert "<h1>Privacy for all</h1>" in page
    assert page.count("<h1") == 1


def test_or_in_the_one_that_there_is(browser, write):
    write("imprint.de.md", "Musterstraße 1\n\n<script>alert(1)</script>")
    page = browser("en").get("/legal/imprint").text
    assert "Musterstraße 1" in page
    assert "<h1>Imprint</h1>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["imprint", "privacy", "accessibility"])
def test_a_missing_text_says_where_it_belongs(browser, page):
    answer = browser("en").get(f"/legal/{page}")
    assert answer.status_code == 200
    assert "has not been written yet" in answer.text
    assert f"legal/{page}.en.md" in answer.text


def test_there_are_no_others(browser):
    assert browser().get("/legal/secret_key").status_code == 404


def test_choosing_a_language_comes_back_to_the_page_and_nowhere_else(browser):
    here = browser("en")
    answer = here.post("/language", data={"language": "de", "back": "/legal/privacy?x=1"})
    assert answer.location == "/legal/privacy?x=1"
    assert '<html lang="de"' in here.get("/").text
    away = here.post("/language", data={"language": "xx", "back": "//evil.example"})
    assert away.location == "/"
