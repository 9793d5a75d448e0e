"""What a person's pages hold beside what everybody sees."""

from app import create_app
from app.events import frame


def test_what_is_ones_own_stands_once_however_many_applications_there_are(
    app, database, environment_of
):
    create_app(environment_of(database))
    targets = [part.partial.target for part in frame._personal]
    assert targets
    assert len(set(targets)) == len(targets)
