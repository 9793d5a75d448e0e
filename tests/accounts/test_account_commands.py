"""Commands for whoever runs the server."""

import pytest

from app.accounts import passwords, queries
from app.identity import TokenKind, valid_token

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def run(app):
    def command(*words, given=None):
        return app.test_cli_runner().invoke(args=["accounts", *words], input=given)

    return command


def test_an_admin_gets_a_password_that_is_shown_once(run):
    result = run("create-admin", "Ada@Example.org")
    assert result.exit_code == 0
    password = result.output.split("password: ")[1].strip()
    ada = queries.by_email("ada@example.org")
    assert ada.is_admin
    assert passwords.fits(password, ada.password_hash)


def test_or_one_from_standard_input(run):
    result = run(
        "create-admin",
        "ada@example.org",
        "--name",
        "Ada",
        "--password-stdin",
        given="correct horse battery\n",
    )
    assert "battery" not in result.output
    ada = queries.by_email("ada@example.org")
    assert ada.name == "Ada"
    assert passwords.fits("correct horse battery", ada.password_hash)


@pytest.mark.parametrize("given", ["", "short\n"])
def test_which_must_be_long_enough(run, given):
    assert run("create-admin", "ada@example.org", "--password-stdin", given=given).exit_code == 1
    assert queries.by_email("ada@example.org") is None


def test_an_account_that_is_there_becomes_an_admin_and_keeps_its_password(run, member):
    before = member.password_hash
    result = run("create-admin", "mia@example.org")
    assert "password: " not in result.output
    mia = queries.by_email("mia@example.org")
    assert mia.is_admin
    assert mia.password_hash == before


def test_what_is_no_address_is_refused_in_one_line(run):
    result = run("create-admin", "ada")
    assert result.exit_code == 1
    assert "not a mail address" in result.output
    assert result.output.count("\n") == 1


def test_a_token_acts_for_its_account(run, member):
    result = run("create-token", "mia@example.org", "--name", "Statistics")
    token = valid_token(result.output.strip(), TokenKind.API)
    assert (token.account_id, token.name) == (member.id, "Statistics")


def test_nobody_unknown_gets_a_token_or_a_link(run):
    for command in ("create-token", "reset-link"):
        result = run(command, "nobody@example.org")
        assert result.exit_code == 1
        assert "no account" in result.output


def test_a_reset_link_chooses_a_password(run, browser, member):
    link = run("reset-link", "mia@example.org").output.strip()
    path = "/" + link.split("/", 3)[3]
    answer = browser().post(path, data={"new_password": "a wholly different one"})
    assert answer.status_code == 303
