"""What lies behind a border is not there for those outside; a border can be drawn at any time."""

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.permissions import SpaceRole
from app.search.noted import index_noted
from app.spaces import actions as spaces
from tests.browser.programme import Programme
from tests.factories import make_forum, make_post, make_space, make_thread

SECRETS = ("Vertraulicher Haushalt", "Kürzungen im Süden", "Cluster Süd", "Sigrid Süder")
WORDS = "Das bleibt unter uns"


def a_cluster_shows_nothing_of_another(p: Programme) -> None:
    """Ole, of the north, looks at all his pages, and then at the addresses of the south."""
    paths, event = _fill_the_south(p)
    own = p.thread("Ines Vogt", "Offen im Norden")
    ole, sigrid = p.enters("Ole Ahrens"), p.enters("Sigrid Süder")
    sigrid.open(f"/spaces/{p.south.id}")
    for secret in (*SECRETS[:2], event.title):
        sigrid.sees("main", secret)  # there is something to be hidden
    sigrid.knows_nothing_of("Cluster Nord", own.title)

    ole.open(f"/spaces/{p.north.id}")
    ole.sees(f"#news-thread-{own.id}", own.title)
    ole.sees(f"#forum-{p.forum.id}")
    ole.knows_nothing_of(*SECRETS, event.title)
    for path in ("/", "/spaces", "/notifications", "/search?q=Haushalt"):
        assert ole.open(path) == 200, path
        ole.knows_nothing_of(*SECRETS, event.title)
    assert ole.open(f"/spaces/{p.root.id}") == 200  # all four are in the programme itself
    ole.knows_nothing_of(*SECRETS[:3], event.title)

    for path in paths:
        with ole.refused(404):
            assert ole.open(path) == 404, path
        ole.sees(".kicker", "Das hat nicht geklappt")
        ole.knows_nothing_of(*SECRETS, WORDS)


def _fill_the_south(p: Programme) -> tuple[list[str], Event]:
    """A forum, a thread and an event; the addresses that nobody outside gets an answer from."""
    sigrid = p.accounts["Sigrid Süder"]
    forum = make_forum(p.south, "Vertraulicher Haushalt")
    thread = make_thread(forum, sigrid, "Kürzungen im Süden")
    post = make_post(thread, sigrid, WORDS)
    with transaction():
        event = events.create_event("Südtag")
        event.space_id = p.south.id
    space = f"/spaces/{p.south.id}"
    paths = [space, f"{space}/people", f"{space}/events", f"{space}/forums"]
    paths += [f"/forums/{forum.id}", f"/threads/{thread.id}", f"/threads/{thread.id}/last"]
    index_noted()
    return [*paths, f"/posts/{post.id}"], event


def making_a_space_private_throws_out_who_only_reads(p: Programme) -> None:
    """Cem reads in an open group of the north; Ines, who coordinates it, makes it private."""
    ines = p.accounts["Ines Vogt"]
    group = make_space("Umsetzungsgruppe Nord", p.north, is_private=False)
    with transaction():
        spaces.admit(group, ines, SpaceRole.COORDINATOR)
    thread = make_thread(make_forum(group, "Bestandsaufnahme"), ines, "Wer fehlt uns noch?")
    make_post(thread, ines, WORDS)
    cem, coordinator = p.enters("Cem Schuster"), p.enters("Ines Vogt")
    assert cem.open(f"/threads/{thread.id}") == 200
    cem.sees(".forum-post", WORDS)

    coordinator.open(f"/spaces/{group.id}/settings")
    coordinator.find("input[name=privacy][value=private]").check()
    with cem.refused(404):
        coordinator.press("#settings-form button[type=submit]")
        cem.does_not_see(".forum-post", within=15_000)
        cem.does_not_read(WORDS, thread.title)
        assert cem.open(f"/threads/{thread.id}") == 404
    coordinator.open(f"/threads/{thread.id}")
    coordinator.sees(".forum-post", WORDS)
