"""Every route of an event, as the application knows them, asked by everybody who may not.

A new route is refused to participants, or it is named here with what lets them use it.
"""

import pytest
from sqlalchemy import func, select

from app.database import transaction
from app.extensions import db
from app.livepolls import actions
from app.livepolls.board.models import BoardAction, Suggestion
from app.outbox import OutboxEntry
from tests.browsers import Visitor
from tests.factories import item_of_kind, look_again, make_space
from tests.livepolls.polls import open_poll, write

OF_FEATURES = ("events", "livepolls")
FOR_ALL = {  # strangers too
    "events.home",
    "events.find",
    "events.join",
    "events.enter",
    "events.come_back",
    "events.open_screen",
    "events.qr",
}
FOR_PARTICIPANTS = {
    "events.live",
    "events.step",
    "events.me",
    "events.return_link",
    "events.revoke_return_link",
    "events.export",
    "events.forget_me",
    "livepolls.write",
    "livepolls.edit_form",
    "livepolls.edit",
    "livepolls.withdraw",
    "livepolls.support",
    "livepolls.take_back",
}
FOR_ACCOUNTS = {"events.new", "events.calendar"}


@pytest.fixture
def values(event, participant, moderator):
    """One real thing for every placeholder in an address."""
    poll = open_poll(event, item_of_kind(event, "poll"))
    concerns = [write(poll, participant, f"Concern {n}") for n in range(3)]
    with transaction() as session:
        aspect = actions.create_aspect(poll, "Families", [concerns[0].id])
        suggestion = Suggestion(
            poll_id=poll.id, title="x", certainty=0.5, concern_ids=[c.id for c in concerns[1:]]
        )
        session.add(suggestion)
    return {
        "code": event.code,
        "poll_id": poll.id,
        "concern_id": concerns[0].id,
        "aspect_id": aspect.id,
        "suggestion_id": suggestion.id,
        "action_id": db.session.scalar(select(BoardAction.id)),
        "item_id": event.items[0].id,
        "person_id": participant.participant_id,
        "kind": "concern",
        "id": concerns[0].id,
        "secret": "made-up",
        "space_id": make_space().id,
    }


def routes(app, *, without):
    """Method, endpoint and rule of every route of these features that is not in the sets."""
    for rule in app.url_map.iter_rules():
        blueprint = rule.endpoint.partition(".")[0]
        if blueprint in OF_FEATURES and not any(rule.endpoint in names for names in without):
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield method, rule


def ask(app, visitor, method, rule, values):
    with app.test_request_context():
        known = {name: values[name] for name in rule.arguments}
        url = app.url_for(rule.endpoint, **known, _method=method)
    form = {
        "item": values["item_id"],
        "role": "moderator",
        "title": "Title",
        "kind": "welcome",
        "aspect": values["aspect_id"],
        "concern": values["concern_id"],
        "text": "Text",
    }
    return visitor.browser.open(url, method=method, data=form if method != "GET" else None)


def everything():
    look_again()
    return db.session.scalar(select(func.count()).select_from(OutboxEntry))


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_what_is_not_for_participants_is_refused_to_them(app, event, values, role, request):
    visitor = request.getfixturevalue(role)
    before = everything()
    asked = list(routes(app, without=(FOR_ALL, FOR_PARTICIPANTS, FOR_ACCOUNTS)))
    assert len(asked) > 20
    for method, rule in asked:
        answer = ask(app, visitor, method, rule, values)
        allowed = (403, 404) if role == "participant" else (401, 403, 404)
        expected = (302, 401, *allowed) if rule.endpoint == "events.save_as_template" else allowed
        assert answer.status_code in expected, f"{method} {rule} for a {role}"
    assert everything() == before


def test_strangers_and_people_of_other_events_are_refused_everything(
    app, event, values, outsider, browser
):
    stranger = Visitor(browser(), event.id)
    before = everything()
    for method, rule in routes(app, without=(FOR_ALL, FOR_ACCOUNTS)):
        for visitor in (stranger, outsider):
            status = ask(app, visitor, method, rule, values).status_code
            assert status in (302, 401, 403, 404), f"{method} {rule}"
            if status == 302:
                assert rule.endpoint == "events.save_as_template"
    assert everything() == before


def test_observers_write_nothing(app, event, values, observer):
    before = everything()
    for method, rule in routes(app, without=(FOR_ALL, FOR_ACCOUNTS)):
        if rule.endpoint.startswith("livepolls.") and method != "GET":
            status = ask(app, observer, method, rule, values).status_code
            assert status in (403, 404), f"{method} {rule}"
    assert everything() == before


def test_no_address_that_is_looked_at_changes_anything(app, event, values, moderator):
    """GET is fetched ahead, by browsers and by programs that show previews."""
    before = everything()
    for method, rule in routes(app, without=()):
        if method == "GET":
            status = ask(app, moderator, method, rule, values).status_code
            assert status < 500, rule
    assert everything() == before


def test_the_sets_name_only_routes_that_exist(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= FOR_ALL | FOR_PARTICIPANTS | FOR_ACCOUNTS


def test_every_address_with_a_thing_in_it_looks_the_thing_up(app, event, values, moderator):
    """With ids that belong to nothing, each answers that there is nothing."""
    nothing = {name: value if name in ("code", "kind") else 4711 for name, value in values.items()}
    for method, rule in routes(app, without=(FOR_ALL,)):
        if rule.arguments - {"code"}:
            status = ask(
                app,
                moderator,
                method,
                rule,
                {**values, **{name: nothing[name] for name in rule.arguments}},
            ).status_code
            assert status == 404, f"{method} {rule}"
