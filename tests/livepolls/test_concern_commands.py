"""`concerns group` keeps to its JSON, `concerns table` shows how well it groups."""

import json

import numpy as np
import pytest
from flask import Flask

from app.livepolls import commands
from app.livepolls.benchmark import THRESHOLDS, crossed, leave_one_out, load_polls, table
from app.livepolls.commands import POLLS, concerns
from app.livepolls.grouping import MEANING, bundled_meaning, learnt, metric
from app.livepolls.grouping.scoring import Score
from tests.livepolls.stand_in_model import vector_of

BUS = {"id": "c1", "text": "Der Bus fährt abends nicht", "by": "p1", "supporters": ["p2"]}
BUS_TOO = {"id": "c2", "text": "Abends fährt kein Bus", "by": "p2"}
DOCTOR = {"id": "c3", "text": "Kinderarzt fehlt"}
POLL = {"question": "Was fehlt?", "lang": "de", "k": 6, "concerns": [BUS, BUS_TOO, DOCTOR]}


@pytest.fixture
def run():
    app = Flask(__name__)
    app.cli.add_command(concerns)
    runner = app.test_cli_runner()

    def run_with(command, given=None, words=False):
        sent = given if isinstance(given, bytes | str) else json.dumps(given)
        options = ["--words"] if words else []
        return runner.invoke(args=["concerns", command, *options], input=sent)

    return run_with


def test_group_answers_with_groups_of_ids(run):
    result = run("group", POLL)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert set(answer) == {"method", "seconds", "groups"}
    assert [set(found["concerns"]) for found in answer["groups"]] == [{"c1", "c2"}, {"c3"}]
    assert [found["voices"] for found in answer["groups"]] == [2, 1]
    named = {"title", "voices", "concerns", "certainty", "keywords"}
    named |= {"certainties", "nearest", "doubles"}
    assert all(set(found) == named for found in answer["groups"])


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
    result = run("table", words=True)
    assert result.exit_code == 0
    first_words = [line.split()[0] for line in result.stdout.splitlines()[3:]]
    assert first_words == [poll.id for poll in load_polls(POLLS)] + ["mean"]


def test_the_example_polls_are_grouped_by_words_as_well_as_promised(run):
    bcubed, top_six = left_out(run("table", words=True))
    assert bcubed >= 0.47
    assert top_six >= 0.35


@pytest.mark.skipif(bundled_meaning() is None, reason="no model of meaning runs here")
def test_and_by_meaning_better(run):
    bcubed, top_six = left_out(run("table"))
    assert bcubed >= 0.62
    assert top_six >= 0.6


def left_out(result):
    """B-cubed and top-six recall in the mean, each poll left out of the choice."""
    figures = [float(word) for word in result.stdout.splitlines()[-1].split()[1:]]
    return figures[5], figures[7]


def test_a_held_out_poll_has_no_say_in_its_threshold():
    low, high = Score(0, 0.1, 0, 0), Score(1, 0.9, 1, 1)
    tried = [{0.1: high, 0.2: low}, {0.1: low, 0.2: high}, {0.1: low, 0.2: high}]
    assert [held.threshold for held in leave_one_out(tried)] == [0.2, 0.1, 0.1]


class ByFirstWord:
    """A model to which texts mean what their first word is."""

    name = "by first word"
    weights = None

    def vectors(self, question, texts):
        return np.array([vector_of(text) for text in texts])


MADE_UP = [
    metric.Example(
        f"Question {number}?",
        "en",
        tuple(tuple(f"{word} {n}" for n in range(4)) for word in ("buses", "doctors", "parks")),
    )
    for number in range(10)
]


def test_weights_are_tried_on_polls_that_they_were_not_learnt_from(monkeypatch):
    taught, fit = [], metric.fit
    monkeypatch.setattr(
        metric, "fit", lambda model, polls: taught.append(polls) or fit(model, polls)
    )
    lines = list(crossed(MADE_UP, ByFirstWord()))
    assert len(lines) == 2 + len(THRESHOLDS[MEANING.name])
    assert [float(line.split()[2]) for line in lines[2:]] == [1.0] * len(lines[2:])
    left_out = [[poll.question for poll in MADE_UP if poll not in polls] for polls in taught]
    assert sorted(question for each in left_out for question in each) == sorted(
        poll.question for poll in MADE_UP
    )


def test_what_is_learnt_is_kept_with_the_program(run, monkeypatch, tmp_path):
    monkeypatch.setattr(commands, "bundled_meaning", ByFirstWord)
    monkeypatch.setattr(metric, "examples", lambda: MADE_UP)
    monkeypatch.setattr(learnt, "FILE", tmp_path / "metric.npy")
    result = run("fit")
    assert result.exit_code == 0, result.output
    assert "10 made-up polls" in result.stdout
    assert np.load(tmp_path / "metric.npy").shape == (48, 48)


def test_a_table_of_no_polls_says_so():
    assert list(table([])) == ["no polls"]
