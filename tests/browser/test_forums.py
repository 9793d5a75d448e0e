"""Between the workshops: forums, borders, mails and search, with several people at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from tests.browser.person import Hall
from tests.browser.programme import Programme, make_programme
from tests.browser.served import Served, served
from tests.browser.steps import (
    bordering,
    carrying,
    discussing,
    mailing,
    searching,
    visiting,
)
from tests.conftest import BOTH
from tests.live_server import LiveServer
from tests.servers import another_database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served_on(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Served]]:
    """The platform on a database, started when it is first wanted."""
    made: dict[str, Served] = {}
    with ExitStack() as until_the_end:

        def on(database: str) -> Served:
            if database not in made:
                url = ""
                if database == "postgresql":
                    url = another_database(request.getfixturevalue("postgresql_url"), "forums")
                instance = tmp_path_factory.mktemp("forums")
                made[database] = until_the_end.enter_context(served(instance, url))
            return made[database]

        yield on


@pytest.fixture
def database() -> str:
    """Where tests run that are not told otherwise."""
    return "sqlite"


@pytest.fixture
def app(served_on: Callable[[str], Served], database: str) -> Iterator[Flask]:
    """The application, for what tests lay ready; its context is open."""
    app = served_on(database).app
    with app.app_context():
        yield app


@pytest.fixture
def server(app: Flask, served_on: Callable[[str], Served], database: str) -> Iterator[LiveServer]:
    """The real server; it has nothing to complain about."""
    here = served_on(database)
    yield here.server
    here.has_nothing_to_complain_about()


@pytest.fixture
def programme(served_on: Callable[[str], Served], database: str, hall: Hall) -> Programme:
    """Two clusters with their people."""
    return make_programme(served_on(database), hall)


def test_a_thread_lives_on_two_pages_and_nothing_jumps(programme: Programme) -> None:
    discussing.a_thread_lives_on_two_pages(programme)


def test_who_comes_later_goes_on_where_they_left(programme: Programme) -> None:
    discussing.who_comes_later_goes_on_where_they_left(programme)


def test_two_answer_at_once_and_see_each_other_before_sending(programme: Programme) -> None:
    discussing.two_answer_at_once(programme)


def test_the_keyboard_alone_goes_from_the_front_page_to_a_reply(programme: Programme) -> None:
    discussing.the_keyboard_alone_goes_from_the_front_page_to_a_reply(programme)


def test_a_cluster_shows_nothing_of_another(programme: Programme) -> None:
    bordering.a_cluster_shows_nothing_of_another(programme)


def test_making_a_space_private_throws_out_who_only_reads(programme: Programme) -> None:
    bordering.making_a_space_private_throws_out_who_only_reads(programme)


def test_an_event_goes_on_in_a_forum_and_back(programme: Programme) -> None:
    carrying.an_event_goes_on_in_a_forum_and_back(programme)


def test_a_mention_opens_its_thread_with_one_click(programme: Programme) -> None:
    mailing.a_mention_opens_its_thread_with_one_click(programme)


def test_a_mail_is_ended_with_one_click(programme: Programme) -> None:
    mailing.a_mail_is_ended_with_one_click(programme)


def test_a_digest_has_a_link_to_each_thread(programme: Programme) -> None:
    mailing.a_digest_has_a_link_to_each_thread(programme)


@pytest.mark.parametrize("database", BOTH)
def test_both_languages_are_found_as_one_types(programme: Programme) -> None:
    searching.both_languages_are_found_as_one_types(programme)


def test_everybody_can_use_the_pages(programme: Programme) -> None:
    visiting.everybody_can_use_the_pages(programme)
