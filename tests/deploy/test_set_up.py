"""The production set-up: nginx, two processes, PostgreSQL, Redis, a worker."""

import itertools
import re
import signal
import threading
import time

import pytest
import requests
from limits import parse
from sqlalchemy import select

from app.extensions import db
from app.limits import WRITING
from app.livepolls.models import Concern
from app.realtime.publisher import LOOK, TICK
from tests.deploy.conftest import LEFT_OPEN, wait_until
from tests.factories import make_account, make_forum, make_member, make_space, make_thread

# Seconds between two texts of one person that no limit stops, however long a machine restarts.
ALLOWED = 1.05 * parse(WRITING).get_expiry() / parse(WRITING).amount

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.socket,
    *LEFT_OPEN,
]


def test_a_browser_stays_with_its_process_and_a_hall_is_spread(person):
    people = [person(f"Guest {number}") for number in range(12)]
    processes = [somebody.process().name for somebody in people]
    assert set(processes) == {"app0", "app1"}
    assert [somebody.process().name for somebody in people] == processes


def test_the_cookie_that_keeps_it_there_says_nothing_else(stack):
    first = requests.get(stack.url)
    assert re.fullmatch("[0-9a-f]{32}", first.cookies["route"])
    header = first.raw.headers.getlist("Set-Cookie")[-1]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    again = requests.get(stack.url, cookies={"route": first.cookies["route"]})
    assert "route" not in again.cookies


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), ("polling", "websocket")])
@pytest.mark.parametrize("cookie", [True, False], ids=["with a cookie", "without"])
def test_a_socket_works_through_nginx(person, page, transports, cookie):
    anna, ben = person("Anna"), person("Ben")
    watching = page(anna, transports, cookie=cookie)
    text = f"We need {'-'.join(transports)}"
    assert ben.says(text).status_code == 201
    assert watching.hears(text)


def test_what_changes_on_one_process_is_heard_on_the_other_within_a_second(stack, person, page):
    speaker = person("Speaker", at=stack.apps[0].url)
    guests = (person(f"Guest {number}") for number in range(30))
    listener = page(next(guest for guest in guests if guest.process() is stack.apps[1]))
    # Unwoken, the other process would look every two seconds.
    assert min(_seconds_until_heard(speaker, listener) for _ in range(3)) < 1.0


def _seconds_until_heard(speaker, listener):
    begun = time.monotonic()
    text = f"said at {begun}"
    assert speaker.says(text).status_code == 201
    assert listener.hears(text)
    return time.monotonic() - begun


def test_who_is_writing_is_heard_on_the_other_process_once_by_who_may_read(stack, look):
    space = make_space()
    ada, ben = (make_member(space, name=name) for name in ("Ada Adler", "Ben Bach"))
    thread = make_thread(make_forum(space), ada)
    time.sleep(LOOK + TICK)  # whoever has just come into a space is connected anew
    here, there = stack.apps
    mine, _ = look(ada, here, thread)
    theirs, _ = look(ben, there, thread)
    outside, refusal = look(make_account(name="Ole Olsen", password_hash="none"), there, thread)
    assert refusal["ok"] is False
    mine.client.emit("typing", {"channel": thread.channel})
    said = {"channel": thread.channel, "who": f"account-{ada.id}", "name": "Ada Adler"}
    assert [page.next("typing") for page in (theirs, mine)] == [said, said]
    assert not any(page.hears("typing", 0.5) for page in (theirs, mine, outside))


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_assets_come_compressed_and_are_kept_for_good(stack, encoding):
    page = requests.get(stack.url).text
    for address in re.findall(r'/static/dist/[^"]+\.(?:js|css)', page):
        answer = requests.get(stack.url + address, headers={"Accept-Encoding": encoding})
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding", "identity") == encoding
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].endswith(("css", "javascript"))
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers


def test_an_asset_that_nginx_lacks_is_asked_of_a_process(stack):
    answer = requests.get(f"{stack.url}/static/dist/main-0000000000.js")
    assert answer.status_code == 404
    assert "Dialograum" in answer.text


def test_what_is_only_for_operators_stays_inside(stack):
    assert requests.get(f"{stack.url}/metrics").status_code == 404
    assert requests.get(f"{stack.url}/ready").status_code == 404
    assert requests.get(f"{stack.apps[0].url}/ready").status_code == 200


def test_a_request_keeps_its_id_from_nginx_to_the_process(stack):
    given = requests.get(stack.url, headers={"X-Request-ID": "1" * 32}).headers["X-Request-ID"]
    assert given != "1" * 32  # nobody outside names our requests
    assert any(given in stack.logs[app.name] for app in stack.apps)
    wait_until(lambda: given in stack.nginx.access_log.read_text())


def test_no_log_says_who_came_from_where_to_what(stack, person, poll):
    assert person("Zacharias").says("Something that Zacharias has said").status_code == 201
    said = "".join(stack.logs.values()) + stack.nginx.access_log.read_text()
    for secret in ("Zacharias", poll.code):
        assert secret not in said


def test_who_is_sent_to_a_dead_process_reaches_another_at_once(stack, person, app):
    somebody = person("Dora")
    process = somebody.process()
    process.kill()
    try:
        begun = time.monotonic()
        assert somebody.session.get(f"{stack.url}/join/{somebody.poll.code}").status_code == 200
        assert somebody.says("said to a dead process").status_code == 201
        assert time.monotonic() - begun < 15
    finally:
        process.start()


def test_without_any_process_pages_and_programs_are_told_when_to_come_again(stack):
    for process in stack.apps:
        process.kill()
    try:
        page = requests.get(stack.url)
        sent = requests.post(f"{stack.url}/language", data={"language": "de"})
        program = requests.get(f"{stack.url}/api/v1/openapi.json")
    finally:
        for process in stack.apps:
            process.start(wait=False)
        for process in stack.apps:
            process.wait_until_ready()
    assert [answer.status_code for answer in (page, sent, program)] == [503, 503, 503]
    assert {answer.headers["Retry-After"] for answer in (page, sent, program)} == {"5"}
    assert "Einen Moment bitte" in page.text
    assert program.headers["Content-Type"] == "application/problem+json"
    assert program.json()["status"] == 503


def test_a_process_that_is_told_to_stop_sends_its_pages_to_the_other(stack, person, page):
    wait_until(lambda: requests.get(f"{stack.url}/health").ok)
    anna = person("Anna")
    process = anna.process()
    pages = [page(anna), page(anna, ("polling",))]
    begun = time.monotonic()
    process.stop()
    assert time.monotonic() - begun < 15
    wait_until(lambda: all(each.connections == 2 for each in pages), seconds=15)
    assert anna.process() is not process
    text = f"after the end of {process.name}"
    assert anna.says(text).status_code == 201
    assert all(each.hears(text) for each in pages)
    process.start()


@pytest.mark.parametrize("end", ["it is gone", "it hangs"])
def test_without_redis_people_go_on_and_with_it_again_as_before(stack, person, page, end):
    speaker = person("Speaker", at=stack.apps[0].url)
    guests = (person(f"Guest {number}") for number in range(30))
    listener = page(next(guest for guest in guests if guest.process() is stack.apps[1]))
    if end == "it hangs":
        stack.redis.signal(signal.SIGSTOP)
    else:
        stack.redis.kill()
    try:
        for text in ("first without", "second without"):
            assert speaker.says(text).status_code == 201
            assert listener.hears(text)
        time.sleep(5)  # in which the worker and the processes ask for it in vain
    finally:
        if end == "it hangs":
            stack.redis.signal(signal.SIGCONT)
        stack.redis.start()
    wait_until(lambda: _seconds_until_heard(speaker, listener) < 1.0)


def test_what_is_in_hand_is_finished_before_the_end(stack, person):
    somebody = person("Slow", at=stack.apps[0].url)
    answers = []

    def body():
        yield b"language=de&"
        time.sleep(2)
        yield b"back=/"

    def send():
        url, headers = f"{somebody.root}/language", {"Content-Length": "18"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answers.append(requests.post(url, data=body(), headers=headers | form).status_code)

    sending = threading.Thread(target=send)
    sending.start()
    time.sleep(0.5)
    stack.apps[0].restart()
    sending.join()
    assert answers[0] < 500


def test_a_rolling_restart_under_load_loses_and_refuses_nothing(stack, person, page, poll, app):
    people = [person(f"Guest {number}") for number in range(20)]
    pages = [page(somebody) for somebody in people[:4]]
    rolled = threading.Event()
    answers = []

    def submit(somebody, until_first):
        rolled.wait(until_first)
        for number in itertools.count():
            text = f"{somebody.session.cookies['route'][:6]} {number}"
            answers.append((text, somebody.says(text).status_code))
            if rolled.wait(ALLOWED):
                return

    threads = [
        threading.Thread(target=submit, args=(somebody, ALLOWED * number / len(people)))
        for number, somebody in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    stack.roll()
    time.sleep(1)
    rolled.set()
    for thread in threads:
        thread.join()
    assert {status for _text, status in answers} == {201}
    kept = db.session.scalars(select(Concern.text).filter_by(poll_id=poll.id)).all()
    assert sorted(kept) == sorted(text for text, _status in answers)
    assert people[0].says("and on it goes").status_code == 201
    assert all(each.hears("and on it goes") for each in pages)
