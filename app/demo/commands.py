"""Commands around the sample conference."""

import sys
from contextlib import closing

import click
from flask import current_app
from flask.cli import AppGroup

from app.addresses import public_root
from app.demo.crowd.http import Api
from app.demo.crowd.play import play
from app.demo.greeting import greeting
from app.demo.sample import make_sample

demo = AppGroup("demo", help="A sample conference, and a crowd that plays its participants.")


@demo.command("sample")
def sample() -> None:
    """Make the sample conference, if there is no event yet, and say how to join and to lead."""
    instance = current_app.extensions["settings"].instance
    if not make_sample(instance):
        click.echo("There are events already; nothing was made.")
    click.echo(greeting(instance))


@demo.command("crowd")
@click.option("--event", "code", required=True, help="The join code.")
@click.option("--people", default=60, show_default=True, type=click.IntRange(1, 500))
@click.option("--seconds", type=click.FloatRange(min=1), help="The longest; else to the plenum.")
@click.option("--url", help="The server; else the one that these settings describe.")
@click.option("--seed", default=1, show_default=True, help="The same seed, the same people.")
@click.option(
    "--pace",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 100),
    help="How many times faster than people.",
)
def crowd(
    code: str, people: int, seconds: float | None, url: str | None, seed: int, pace: float
) -> None:
    """Let people take part in an event, through its API, as long as a moderator leads it.

    Prints a line for each step. The exit status is 1 if anything unexpected has happened.
    """
    address = url or public_root()
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter("must begin with http:// or https://", param_hint="--url")
    with closing(Api(address)) as api:
        if not api.is_there():
            raise click.ClickException(f"no Dialograum answers at {address}")
        total = play(api, code, people, seconds=seconds, seed=seed, pace=pace, tell=click.echo)
    click.echo(total.total)
    sys.exit(0 if total.is_clean and total.accepted["join"] else 1)
