"""`flask search …`: fill the index anew, and compare it with what it is made from."""

import click
from flask.cli import AppGroup

from app.search import indexing

search = AppGroup("search", help="The index of the search.")


@search.command("rebuild")
def rebuild() -> None:
    """Fill the index anew from what was written; people may go on meanwhile."""
    for kind, count in indexing.rebuild().items():
        click.echo(f"{kind:15} {count}")


@search.command("check")
def check() -> None:
    """Compare the index with what was written; exit status 1 if they differ.

    What people write just now is in it a second or two later.
    """
    differences = indexing.differences()
    for kind, count in differences.items():
        click.echo(f"{kind}: {count} wrong, missing or left over", err=True)
    if differences:
        raise click.exceptions.Exit(1)
    click.echo("The index is in order.")
