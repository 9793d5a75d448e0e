"""`flask breakouts plan`: documented JSON in and out, and one line for what cannot be done."""

import json

import pytest
from flask import Flask

from app.breakouts.commands import breakouts

PROBLEM = {
    "seed": 1,
    "rooms": [{"id": "r1", "capacity": None}, {"id": "r2"}],
    "people": [{"id": f"p{n}", "municipality": f"m{n % 2}"} for n in range(7)] + [{"id": "p7"}],
    "history": [{"p1": "r4", "p2": "r4"}],
}


@pytest.fixture
def run():
    app = Flask(__name__)
    app.cli.add_command(breakouts)

    def run_with(problem):
        text = problem if isinstance(problem, str | bytes) else json.dumps(problem)
        return app.test_cli_runner().invoke(args=["breakouts", "plan"], input=text)

    return run_with


def test_a_plan_comes_back_with_its_figures(run):
    result = run(PROBLEM)
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(answer) == ["assignment", "figures"]
    assert sorted(answer["assignment"]) == sorted(person["id"] for person in PROBLEM["people"])
    figures = answer["figures"]
    assert figures.pop("seconds") >= 0
    assert figures == {
        "size_spread": 0,
        "same_municipality_pairs": {"got": 3, "bound": 3, "random": 3.9},
        "repeated_meetings": {"got": 0, "bound": 0, "random": 0.4},
    }


def test_pairs_hold_and_a_missing_bound_has_its_reason(run):
    problem = PROBLEM | {"together": [["p1", "p2"]], "apart": [["p3", "p4"]]}
    answer = json.loads(run(problem).stdout)
    assigned, figures = answer["assignment"], answer["figures"]
    assert assigned["p1"] == assigned["p2"]
    assert assigned["p3"] != assigned["p4"]
    assert figures["repeated_meetings"]["bound"] is None
    assert figures["repeated_meetings"]["reason"] == "pairs are kept together or apart"


def test_the_same_input_gives_the_same_assignment(run):
    first, second = (json.loads(run(PROBLEM).stdout)["assignment"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        ("", "the input is not JSON"),
        ("[" * 100_000, "the input is not JSON"),
        (b"\xff\xfe\xff", "the input is not JSON"),
        ([], "the input is not an object"),
        ({"rooms": []}, '"people" is missing'),
        (PROBLEM | {"rooms": {}}, "rooms is not a list"),
        (PROBLEM | {"appart": []}, "unknown field: 'appart'"),
        (PROBLEM | {"seed": "1"}, "seed is not a whole number"),
        (PROBLEM | {"people": ["p1"]}, "people[0] is not an object"),
        (PROBLEM | {"people": [{"municipality": "m"}]}, "people[0].id is not a text"),
        (PROBLEM | {"people": [{"id": "p", "municipality": 3}]}, "people[0].municipality is not"),
        (PROBLEM | {"rooms": [{"id": "r1", "capacity": True}]}, "rooms[0].capacity is not a whole"),
        (PROBLEM | {"rooms": [{"id": "r1", "capacity": 2.5}]}, "rooms[0].capacity is not a whole"),
        (PROBLEM | {"together": [["p1"]]}, "together[0] is not a pair"),
        (PROBLEM | {"history": [{"p1": None}]}, "history[0].p1 is not a text"),
        ('{"rooms": [], "people": [], "rooms": []}', "'rooms' stands twice in one object"),
        (PROBLEM | {"rooms": [{"id": "r1", "capacity": 3}]}, "8 people, but the rooms take only 3"),
        (PROBLEM | {"together": [["p1", "a\nb"]]}, r"unknown person 'a\nb'"),
        (
            PROBLEM | {"together": [["p1", "p2"]], "apart": [["p2", "p1"]]},
            "both together and apart",
        ),
    ],
)
def test_bad_input_gives_status_2_and_one_line_that_names_it(run, problem, message):
    result = run(problem)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert message in result.stderr
