"""Video calls of rooms, as programs join them."""

from dataclasses import replace

import pytest

from tests.breakouts.rounds import come, make_conference, room_of, start
from video_settings import VideoSettings


@pytest.fixture
def event(app):
    return make_conference()


@pytest.fixture
def room(event, participant):
    come(event, 2)
    return room_of(start(event, "Round 1"), participant.person)


def test_a_program_is_told_where_the_call_is(
    app, monkeypatch, participant, observer, room, program
):
    path = f"/rooms/{room.id}/call"
    assert program(participant).post(path).status_code == 404
    video = VideoSettings.from_environment(
        {"VIDEO": "link", "VIDEO_URL": "https://video.example.org/{number}"}
    )
    settings = replace(app.extensions["settings"], video=video)
    monkeypatch.setitem(app.extensions, "settings", settings)
    answer = program(participant).post(path)
    assert (answer.status_code, answer.json) == (
        200,
        {"url": f"https://video.example.org/{room.number}"},
    )
    assert program(observer).post(path).status_code == 403
