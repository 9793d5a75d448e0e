"""Commands around the sample conference."""

import click
from flask import current_app
from flask.cli import AppGroup

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
