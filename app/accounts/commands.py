"""Commands for whoever runs the server: the first admin, tokens, and a way back in."""

import sys

import click
from flask.cli import AppGroup

from app.accounts import actions, links, passwords, queries
from app.accounts.links import Purpose
from app.accounts.models import Account, Standing
from app.accounts.passwords import SHORTEST
from app.addresses import external_url
from app.database import transaction

accounts = AppGroup("accounts", help="Admins, access tokens, and forgotten passwords.")


@accounts.command("create-admin")
@click.argument("email")
@click.option("--name", help="How others see the admin; otherwise the address up to the @.")
@click.option("--password-stdin", is_flag=True, help="Take the first line of standard input.")
def create_admin(email: str, name: str | None, password_stdin: bool) -> None:
    """Make EMAIL an admin, and create the account if there is none.

    Asks for a password at a terminal. Elsewhere, and where nothing is typed, one is made up and
    printed.
    """
    _check_address(email)
    if queries.by_email(email) is not None:
        _raise_to_admin(email)
        return
    chosen = _chosen_password(password_stdin)
    password = chosen or passwords.generated()
    hash = passwords.hashed(password)
    with transaction():
        actions.create_account(
            email, name or email.partition("@")[0], standing=Standing.ADMIN, password_hash=hash
        )
    click.echo(f"{queries.tidy_email(email)} is an admin now.")
    if chosen is None:
        click.echo(f"password: {password}")


def _raise_to_admin(email: str) -> None:
    with transaction():
        account = _account(email)
        actions.change_standing(account, Standing.ADMIN)
        actions.reactivate(account)
    click.echo(f"{account.email} is an admin now. The password is as it was.")


def _chosen_password(from_stdin: bool) -> str | None:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = str(
            click.prompt(
                "Password (empty: make one up)",
                default="",
                hide_input=True,
                show_default=False,
                confirmation_prompt=True,
            )
        )
    else:
        return None
    if (password or from_stdin) and len(password) < SHORTEST:
        raise click.ClickException(f"a password needs at least {SHORTEST} characters")
    return password or None


@accounts.command("create-token")
@click.argument("email")
@click.option("--name", default="command line", show_default=True, help="What it is for.")
def create_token(email: str, name: str) -> None:
    """Print a new personal access token of EMAIL, which is not shown again."""
    with transaction():
        account = _account(email)
        if not account.is_active:
            raise click.ClickException(f"{account.email} is deactivated")
        secret = actions.create_token(account, name)
    click.echo(secret)


@accounts.command("reset-link")
@click.argument("email")
def reset_link(email: str) -> None:
    """Print a link with which EMAIL chooses a password, within one hour and once."""
    account = _account(email)
    if not account.is_active:
        raise click.ClickException(f"{account.email} is deactivated")
    click.echo(external_url("accounts.reset", secret=links.secret_for(account, Purpose.RESET)))


def _account(email: str) -> Account:
    account = queries.by_email(email)
    if account is None:
        raise click.ClickException(f"there is no account with the address {email}")
    return account


def _check_address(email: str) -> None:
    local, _, domain = email.strip().partition("@")
    if not local or not domain:
        raise click.ClickException(f"{email!r} is not a mail address")
