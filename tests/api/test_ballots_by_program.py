import pytest

from app.ballots.queries import ballot_of
from tests.ballots.asking import ask, options, plan


@pytest.fixture
def ada(event, enter):
    return enter(event, "Ada")


def path(ballot, what=""):
    return f"/ballots/{ballot.id}{what}"


def test_a_program_sees_the_question_and_what_is_its_own(event, ada, leader):
    ballot = ask(event, "choice")
    seen = ada.get(path(ballot)).json
    assert (seen["kind"], seen["state"], seen["most"]) == ("choice", "open", 1)
    assert [option["text"] for option in seen["options"]] == ["Apples", "Pears", "Plums"]
    assert (seen["votes"], seen["results"], seen["mine"]) == (0, None, None)
    step = ada.get(f"/events/{event.code}").json["step"]
    assert (step["ballot"], step["state"]) == (ballot.id, "open")


def test_what_a_draft_will_offer_is_for_moderators_alone(event, ada, leader):
    ballot = ballot_of(plan(event, "choice"))
    assert ada.get(path(ballot)).json["options"] == []
    texts = [option["text"] for option in leader.get(path(ballot)).json["options"]]
    assert texts == ["Apples", "Pears", "Plums"]


def test_a_choice_is_made_twice_and_counted_once(event, ada, leader):
    ballot = ask(event, "choice")
    ids = options(ballot)
    for _ in range(2):
        made = ada.put(path(ballot, "/me"), {"options": [ids["Pears"]]})
        assert (made.status_code, made.json["votes"]) == (200, 1)
        assert made.json["mine"]["dots"] == {str(ids["Pears"]): 1}
    counts = leader.get(path(ballot)).json["results"][0]["counts"]
    assert counts == {str(ids["Apples"]): 0, str(ids["Pears"]): 1, str(ids["Plums"]): 0}


def test_a_number_with_a_reason(event, ada, moderator):
    ballot = ask(event, "feedback")
    assert ada.put(path(ballot, "/me"), {"value": 9, "reason": "Good talks"}).status_code == 200
    assert ada.get(path(ballot)).json["reasons"] == []
    moderator.delete(path(ballot, "/opening"))
    seen = ada.get(path(ballot)).json
    assert seen["results"][0]["mean"] == 9.0
    assert seen["reasons"] == ["Good talks"]


def test_dots_by_the_options_ids(event, ada):
    ballot = ask(event, "dots")
    ids = options(ballot)
    sent = {"dots": {str(ids["Apples"]): 2, str(ids["Plums"]): 1}}
    assert ada.put(path(ballot, "/me"), sent).json["mine"]["dots"] == sent["dots"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("choice", {}),
        ("choice", {"options": []}),
        ("choice", {"options": [4711]}),
        ("choice", {"options": "all"}),
        ("choice", {"value": 1}),
        ("choice", {"options": [1], "unknown": 1}),
        ("scale", {"value": 6}),
        ("scale", {"value": 2.5}),
        ("scale", {"value": True}),
        ("dots", {"dots": {"x": 1}}),
        ("dots", {"dots": {"1": 0}}),
        ("dots", {"dots": {"99999999999": 1}}),
        ("dots", {"dots": [1]}),
        ("feedback", {"reason": "Only words"}),
    ],
)
def test_what_does_not_fit_is_422(event, ada, kind, body):
    ballot = ask(event, kind)
    answer = ada.put(path(ballot, "/me"), body)
    assert answer.status_code == 422, answer.json
    assert ada.get(path(ballot)).json["votes"] == 0


def test_too_many_is_422(event, ada):
    choice = ask(event, "choice")
    assert (
        ada.put(path(choice, "/me"), {"options": list(options(choice).values())}).status_code == 422
    )
    dots = ask(event, "dots")
    apples = str(options(dots)["Apples"])
    assert ada.put(path(dots, "/me"), {"dots": {apples: 4}}).status_code == 422


def test_closed_is_409(event, ada, moderator):
    ballot = ask(event, "scale")
    moderator.delete(path(ballot, "/opening"))
    assert ada.put(path(ballot, "/me"), {"value": 3}).status_code == 409


def test_whose_votes_they_are_is_told_to_nobody(event, ada, enter, leader, moderator):
    ballot = ask(event, "scale")
    ada.put(path(ballot, "/me"), {"value": 3})
    moderator.delete(path(ballot, "/opening"))
    for caller in (leader, enter(event, "Bob")):
        seen = caller.get(path(ballot))
        assert seen.json["mine"] is None
        assert "Ada" not in seen.text
        assert "participant" not in seen.text


def test_observers_only_look_and_others_find_nothing(event, observer, outsider, program):
    ballot = ask(event, "scale")
    watcher, ole = program(observer), program(outsider)
    assert watcher.get(path(ballot)).status_code == 200
    assert watcher.put(path(ballot, "/me"), {"value": 3}).status_code == 403
    assert ole.get(path(ballot)).status_code == 404
    assert ole.put(path(ballot, "/me"), {"value": 3}).status_code == 404
    assert program().get(path(ballot)).status_code == 401


def test_the_document_has_an_example_for_each_kind(app, program):
    document = program().get("/openapi.json").json
    put = document["paths"]["/api/v1/ballots/{ballot_id}/me"]["put"]
    examples = put["requestBody"]["content"]["application/json"]["examples"]
    assert set(examples) == {"choice", "scale", "dots", "feedback"}
