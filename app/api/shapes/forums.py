"""Threads of forums and their posts, as they are answered."""

from app.api.shapes.words import FLAG, MOMENT, NUMBER, TEXT, Schema, a, many, maybe, thing

named: dict[str, Schema] = {
    "Threads": thing(threads=many(a("Thread")), older=maybe(TEXT)),
    "Thread": thing(
        id=NUMBER,
        forum=NUMBER,
        title=TEXT,
        author=maybe(TEXT),
        tags=many(TEXT),
        posts=NUMBER,
        unread=NUMBER,
        is_pinned=FLAG,
        is_open=FLAG,
        accepted=maybe(NUMBER),
        last_author=maybe(TEXT),
        last_posted_at=MOMENT,
        created_at=MOMENT,
    ),
    "ForumPosts": thing(posts=many(a("ForumPost")), earlier=maybe(NUMBER), later=maybe(NUMBER)),
    "ForumPost": thing(
        id=NUMBER,
        thread=NUMBER,
        text=TEXT,
        author=maybe(TEXT),
        reply_to=maybe(NUMBER),
        is_mine=FLAG,
        is_hidden=FLAG,
        is_withdrawn=FLAG,
        edited_at=maybe(MOMENT),
        created_at=MOMENT,
    ),
}
