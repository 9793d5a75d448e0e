"""`concerns group` keeps to its JSON, `concerns table` shows how well it groups."""

import json

import pytest
from flask import Flask

from app.livepolls.benchmark import leave_one_out, load_polls, table
from app.livepolls.commands import POLLS, concerns
from app.livepolls.scoring import Score

BUS = {"id": "c1", "text": "Der Bus fährt abends nicht", "by": "p1", "supporters": ["p2"]}
BUS_TOO = {"id": "c2", "text": "Abends fährt kein Bus", "by": "p2"}
DOCTOR = {"id": "c3", "text": "Kinderarzt fehlt"}
POLL = {"question": "Was fehlt?", "lang": "de", "k": 6, "concerns": [BUS, BUS_TOO, DOCTOR]}


@pytest.fixture
def run():
    app = Flask(__name__)
    app.cli.add_command(concerns)
    runner = app.test_cli_runner()

    def run_with(command, given=None):
        sent = given if isinstance(given, bytes | str) else json.dumps(given)
        return runner.invoke(args=["concerns", command], input=sent)

    return run_with


def test_group_answers_with_groups_of_ids(run):
    result = run("group", POLL)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert set(answer) == {"method", "seconds", "groups"}
    assert [set(found["concerns"]) for found in answer["groups"]] == [{"c1", "c2"}, {"c3"}]
    assert [found["voices"] for found in answer["groups"]] == [2, 1]
    assert all(set(g) == {"title", "voices", "concerns", "certainty"} for g in answer["groups"])


def test_group_respects_what_is_bound(run):
    bonds = {
        "together": [["c2", "c3"]],
        "apart": [["c1", "c2"]],
        "anchors": [{"title": "Nahverkehr", "concerns": ["c1"]}],
    }
    answer = json.loads(run("group", POLL | bonds).stdout)
    groups = {found["title"]: set(found["concerns"]) for found in answer["groups"]}
    assert groups.pop("Nahverkehr") == {"c1"}
    assert list(groups.values()) == [{"c2", "c3"}]


def test_optional_parts_may_be_null_or_missing(run):
    bare = {"question": "", "lang": "en", "concerns": [{"id": "c1", "text": "", "by": None}]}
    assert run("group", bare).exit_code == 0
    assert run("group", bare | {"together": None, "apart": None, "anchors": None}).exit_code == 0


def test_no_concerns_give_no_groups(run):
    assert json.loads(run("group", POLL | {"concerns": []}).stdout)["groups"] == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        (b"\xff\xfe\xfa", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ([], "an object"),
        ({"lang": "de", "concerns": []}, "question is missing"),
        (POLL | {"concerns": "c1"}, "concerns must be a list"),
        (POLL | {"concerns": [{"id": 1, "text": ""}]}, "concerns[0].id must be a string"),
        (POLL | {"concerns": [BUS, {"id": "c2"}]}, "concerns[1].text is missing"),
        (POLL | {"concerns": [BUS, BUS]}, "'c1' is given twice"),
        (POLL | {"concerns": [BUS | {"supporters": "p2"}]}, "concerns[0].supporters"),
        (POLL | {"k": 0}, "k must be"),
        (POLL | {"k": True}, "k must be"),
        (POLL | {"together": {}}, "together must be a list"),
        (POLL | {"together": [["c1", "c9"]]}, "'c9'"),
        (POLL | {"apart": [["c1", None]]}, "apart[0][1]"),
        (POLL | {"apart": [["c\n9", "c1"]]}, "'c\\n9'"),
        (POLL | {"anchors": [{"concerns": ["c1"]}]}, "anchors[0].title"),
        (POLL | {"together": [["c1", "c2"]], "apart": [["c2", "c1"]]}, "'c1'"),
    ],
)
def test_bad_input_is_refused_in_one_line_with_status_2(run, given, named):
    result = run("group", given)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert named in result.stderr


def test_the_table_shows_each_example_poll_and_the_mean(run):
    result = run("table")
    assert result.exit_code == 0
    first_words = [line.split()[0] for line in result.stdout.splitlines()[3:]]
    assert first_words == [poll.id for poll in load_polls(POLLS)] + ["mean"]


def test_the_example_polls_are_grouped_as_well_as_promised(run):
    figures = [float(word) for word in run("table").stdout.splitlines()[-1].split()[1:]]
    _, bcubed, _, top_six = figures[4:]
    assert bcubed >= 0.47
    assert top_six >= 0.35


def test_a_held_out_poll_has_no_say_in_its_threshold():
    low, high = Score(0, 0.1, 0, 0), Score(1, 0.9, 1, 1)
    tried = [{0.1: high, 0.2: low}, {0.1: low, 0.2: high}, {0.1: low, 0.2: high}]
    assert [held.threshold for held in leave_one_out(tried)] == [0.2, 0.1, 0.1]


def test_a_table_of_no_polls_says_so():
    assert list(table([])) == ["no polls"]
