"""What a search costs in a space with a hundred thousand posts, on both databases."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.database import now, transaction
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Thread
from app.richtext import RichText
from app.search import following, indexing
from app.search.models import first_id
from app.search.noted import index_noted
from app.spaces.identity import member_of
from bench.bare import bare_page
from bench.forum_data import RARE, ForumBench, open_forum, sentences
from bench.machine import cpu_milliseconds
from bench.pages import queries
from tests.servers import postgresql

LONG_AGO = now() - timedelta(days=200)
PAGES = {
    "a word that is everywhere": "/search?q=Kommunen",
    "its newest": "/search?q=Kommunen&order=newest",
    "a page far back": f"/search?q=Kommunen&order=newest&after=0-{first_id(LONG_AGO)}",
    "two words": "/search?q=schulplanung+kreisamt",
    "a rare word": f"/search?q={RARE}",
    "a beginning": "/search?q=jugendhil",
    "a short beginning": "/search?q=ju",
    "a mistyped word": "/search?q=Zwibelturm",
    "words in order": "/search?q=%22die+kommune%22",
    "in another space": "/search?q=kommune&space=3",
    "nothing": "/search?q=gibtesnirgends",
}
POSTS = 51
BUDGET = 20  # times the bare page
FRAME = {"Turbo-Frame": "search-results"}


def measure() -> dict[str, Any]:
    """CPU milliseconds of this process and queries of each page; and what writing costs."""
    rows = dict(_rows("SQLite", open_forum()))
    with postgresql() as url:
        bench = open_forum(url)
        rows |= dict(_rows("PostgreSQL", bench))
        with bench.app.app_context():
            db.engine.dispose()
    return rows


def _rows(database: str, bench: ForumBench) -> Iterator[tuple[str, dict[str, Any]]]:
    begun = time.perf_counter()
    with bench.app.app_context():
        indexed = sum(indexing.rebuild().values())
    seconds = round(time.perf_counter() - begun, 1)
    yield f"{database}: rebuild", {"seconds": seconds, "things": indexed}
    bare = cpu_milliseconds(bare_page(), 99)
    yield f"{database}: bare page", {"cpu_ms": round(bare, 2)}
    for what, path in PAGES.items():
        yield f"{database}: {what}", _page(bench, path, {}, bare)
        yield f"{database}: {what}, typed", _page(bench, path, FRAME, bare)
    yield f"{database}: writing a post", _writing(bench)


def _page(bench: ForumBench, path: str, headers: dict[str, str], bare: float) -> dict[str, Any]:
    def fetch() -> Any:
        return bench.member.get(path, headers=headers)

    answer = fetch()
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    begun = time.perf_counter()
    cpu = cpu_milliseconds(fetch, 15)
    return {
        "cpu_ms": round(cpu, 2),
        "wall_ms": round((time.perf_counter() - begun) * 1000 / 16, 2),
        "to_bare": round(cpu / bare, 1),
        "queries": queries(bench.app, fetch),
        "hits": answer.text.count('<li class="search-hit'),
        "met": cpu <= BUDGET * bare,
        "target": f"<= {BUDGET} x the bare page",
    }


def _writing(bench: ForumBench) -> dict[str, Any]:
    """A post of forty words, and how much of its cost is the index's."""
    with bench.app.test_request_context():
        thread = db.session.get_one(Thread, bench.long_id)
        member = member_of(thread.forum.space, thread.account)
        texts = (RichText(text, f"<p>{text}</p>") for text in sentences(40))

        def write() -> None:
            with transaction():
                here = db.session.get_one(Thread, bench.long_id)
                forums.write_post(here, member, next(texts), "")

        whole = cpu_milliseconds(write, POSTS)
        begun = time.process_time()
        index_noted()
        indexed = (time.process_time() - begun) * 1000 / POSTS
        following.note, note = lambda *_: None, following.note
        without = cpu_milliseconds(write, POSTS)
        following.note = note
    figures = {"cpu_ms": whole, "of_noting": whole - without, "indexed_later": indexed}
    return {name: round(milliseconds, 2) for name, milliseconds in figures.items()}
