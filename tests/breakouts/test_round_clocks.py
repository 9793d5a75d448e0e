from app.breakouts.models import Round
from app.database import transaction
from app.events import actions as events
from app.extensions import db
from app.realtime import View
from tests.questions.asking import ask


def begun(event):
    with transaction():
        item = events.add_item(event, "breakout", "Rooms", settings={"mode": "municipality"})
        events.start_step(event, item)
    return db.session.query(Round).filter_by(item_id=item.id).one()


def test_the_screen_and_the_remote_count_down_and_the_remote_gives_a_minute(event, moderator, hear):
    round_ = begun(event)
    for page in ("screen", "remote"):
        assert f'id="round-clock-{round_.id}"' in moderator.get(f"/e/{event.code}/{page}").text
    remote, screen = hear(event, View.REMOTE), hear(event, View.SCREEN)
    before = round_.ends_at
    url = f"/rounds/{round_.id}/extension?minutes=1"
    assert url in moderator.get(f"/e/{event.code}/remote").text
    moderator.post(url)
    assert round_.ends_at > before
    for ear in (remote, screen):
        assert f'target="round-clock-{round_.id}"' in ear.html


def test_the_time_stays_on_the_screen_beside_a_card(event, moderator, participant):
    round_ = begun(event)
    question = ask(event, participant, "Who pays?")
    moderator.post(f"/e/{event.code}/highlight/question/{question.id}")
    text = moderator.get(f"/e/{event.code}/screen").text
    assert "screen-highlight" in text
    assert f'id="round-clock-{round_.id}"' in text


def test_where_nothing_counts_there_is_no_clock(event, moderator):
    round_ = begun(event)
    moderator.delete(f"/rounds/{round_.id}/opening")
    for page in ("screen", "remote"):
        assert "round-clock" not in moderator.get(f"/e/{event.code}/{page}").text
