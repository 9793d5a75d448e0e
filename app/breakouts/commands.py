"""`flask breakouts plan`: an assignment from standard input to standard output, nothing stored."""

import json
import sys
from dataclasses import asdict
from typing import Any

import click
from flask.cli import AppGroup

from app.breakouts.engine.assignment import Plan, plan
from app.breakouts.engine.json_problem import Malformed, read_problem
from app.breakouts.engine.problem import ImpossibleInput

breakouts = AppGroup("breakouts", help="Breakout rounds.")


class InputError(click.ClickException):
    """Input that is malformed or cannot be met: one line on standard error, exit status 2."""

    exit_code = 2


@breakouts.command("plan")
def plan_command() -> None:
    """Assign people to rooms: a JSON object on standard input, one on standard output."""
    try:
        problem = read_problem(sys.stdin.buffer.read())
        result = plan(
            problem.people,
            problem.rooms,
            seed=problem.seed,
            history=problem.history,
            together=problem.together,
            apart=problem.apart,
        )
    except (Malformed, ImpossibleInput) as error:
        raise InputError(" ".join(str(error).split())) from error
    click.echo(json.dumps(_answer(result)))


def _answer(result: Plan[str]) -> dict[str, Any]:
    """The answer as documented: a reason stands only where a bound is missing."""
    shown = asdict(result.figures)
    del shown["further_pairs"]  # the documented input has nothing further
    for name in ("same_municipality_pairs", "repeated_meetings"):
        if shown[name]["reason"] is None:
            del shown[name]["reason"]
    return {"assignment": result.assignment, "figures": shown}
