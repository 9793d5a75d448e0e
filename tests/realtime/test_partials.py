import sys
from dataclasses import dataclass

import pytest
from flask import Flask
from markupsafe import Markup

from app.outbox import Fact
from app.realtime import Partial, Redraw, Stream, View, partials

VIEWS = frozenset({View.HALL})


@pytest.fixture(autouse=True)
def templates(monkeypatch):
    """One template, which shows its context."""
    monkeypatch.setattr(
        partials,
        "render_template",
        lambda template, **context: f"<p>{context['text']} {context['version']}</p>",
    )


def card(**options):
    return Partial("x.html", "card-{id}", lambda ids: {}, VIEWS, **options)


def test_what_stands_in_a_place_of_its_own_is_morphed():
    html = card().stream(3, {"text": "Hello"}, View.HALL, 7)
    assert html == (
        '<turbo-stream action="replace" target="card-3" method="morph">'
        "<template><p>Hello 7</p></template></turbo-stream>"
    )


def test_what_belongs_to_a_list_is_added_to_it_at_either_end():
    context = {"text": "Hello", "poll_id": 5}
    assert 'action="append" target="cards-5"' in card(into="cards-{poll_id}").stream(
        3, context, View.HALL, 7
    )
    assert 'action="prepend" target="cards-5"' in card(into="cards-{poll_id}", first=True).stream(
        3, context, View.HALL, 7
    )


def test_what_is_gone_is_removed_with_the_version_at_which_it_went():
    assert card().stream(3, None, View.HALL, 7) == (
        '<turbo-stream action="remove" target="card-3" data-version="7">'
        "<template></template></turbo-stream>"
    )


def test_what_is_not_to_be_shown_is_removed_and_what_is_silent_is_not_mentioned():
    hidden = card(shown=lambda _context, _view: False)
    silent = card(shown=lambda _context, _view: None)
    context = {"text": "secret"}
    assert 'action="remove"' in hidden.stream(3, context, View.HALL, 7)
    assert "secret" not in hidden.stream(3, context, View.HALL, 7)
    assert silent.stream(3, context, View.HALL, 7) == ""


def test_attributes_and_plain_texts_are_escaped():
    html = Stream("notice", html="<b>", attributes=(("href", '"><script>'),)).markup()
    assert "<b>" not in html
    assert "<script>" not in html
    assert "<b>" in Stream("notice", html=Markup("<b>x</b>")).markup()


@dataclass(frozen=True)
class SomethingHappened(Fact):
    """For these tests."""

    id: int


def test_each_change_is_made_once_in_the_order_in_which_it_last_became_dirty(monkeypatch):
    monkeypatch.setattr(partials, "_redrawers", {})
    one = card()

    @partials.redraws(SomethingHappened)
    def redraw(fact: SomethingHappened) -> list[Redraw]:
        return [one.of(fact.id)]

    facts = [SomethingHappened(id) for id in (1, 2, 3, 1, 1)]
    assert [change.id for change in partials.changes_of(facts)] == [2, 3, 1]


def all_partials() -> list[Partial]:
    """The partials of all features."""
    rooms = [module for name, module in sys.modules.items() if name.startswith("app.")]
    return [p for room in rooms for p in vars(room).values() if isinstance(p, Partial)]


def test_every_partial_draws_a_root_with_its_target_as_id(app: Flask):
    """Read from the templates, so that no page waits for an element that nobody draws."""
    loader = app.jinja_env.loader
    for partial in all_partials():
        source, _, _ = loader.get_source(app.jinja_env, partial.template)
        start = partial.target.partition("{")[0]
        drawn = f'id="{start}' in source or '.element_id }}"' in source
        assert drawn or "{% extends" in source or "{% from" in source, partial
        assert "data-version" in source or "{% from" in source, f"{partial.template} has no version"


def test_a_broadcast_template_asks_for_nobody(app: Flask):
    """Everybody in an audience gets the same bytes: no template for many may know who looks."""
    loader = app.jinja_env.loader
    for partial in all_partials():
        if partial.views == frozenset({View.PERSON}):
            continue
        source, _, _ = loader.get_source(app.jinja_env, partial.template)
        for word in ("current_user", "session[", "session.", "{{ me.", "request."):
            assert word not in source, f"{partial.template} asks for {word}"
