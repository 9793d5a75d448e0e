"""The words that threads are found by. The thread is held, or the tag."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.arranging.announcing import announce_change, log
from app.database import dialect_insert
from app.errors import Invalid
from app.extensions import db
from app.forums.models import Forum, Thread
from app.forums.tags import LONGEST_TAG, Tag, ThreadTag, tags_of
from app.spaces.models import Member
from app.submissions import one_line

MOST_TAGS = 8  # of one thread


def set_tags(thread: Thread, member: Member, tag_ids: Iterable[int], words: Iterable[str]) -> None:
    """Let a thread carry these of its space's tags, and these words, which become tags of it."""
    wanted = {*_known(member.space_id, tag_ids), *_made(member.space_id, words)}
    if len(wanted) > MOST_TAGS:
        raise Invalid(_l("At most %(most)d tags, please.", most=MOST_TAGS))
    before = tags_of([thread.id]).get(thread.id, [])
    if {tag.id for tag in before} == wanted:
        return
    replace_tags(thread, wanted)
    announce_change(thread)
    log(member, "tagged", thread, ", ".join(tag.name for tag in before))


def replace_tags(thread: Thread, tag_ids: Iterable[int]) -> None:
    """Let a thread carry just these."""
    db.session.execute(delete(ThreadTag).where(ThreadTag.thread_id == thread.id))
    db.session.add_all(ThreadTag(thread_id=thread.id, tag_id=id) for id in sorted(set(tag_ids)))
    db.session.flush()


def ensure_tags(space_id: int, names: Iterable[str]) -> Sequence[int]:
    """The tags of a space with these names, made where there are none."""
    folded = {name.casefold(): name for name in names if name}
    for key in sorted(folded):
        insert = dialect_insert(Tag).values(space_id=space_id, name=folded[key], folded=key)
        db.session.execute(insert.on_conflict_do_nothing())
    return db.session.scalars(
        select(Tag.id).where(Tag.space_id == space_id, Tag.folded.in_(folded))
    ).all()


def rename_tag(tag: Tag, name: str) -> None:
    """Call a tag by another word."""
    folded = name.casefold()
    taken = select(Tag.id).where(Tag.space_id == tag.space_id, Tag.folded == folded)
    if db.session.scalar(taken.where(Tag.id != tag.id)) is not None:
        raise Invalid(_l("There is a tag of this name already."))
    tag.name, tag.folded = name, folded
    _announce_threads(tag)


def delete_tag(tag: Tag) -> None:
    """Take a tag off all threads."""
    threads = _carrying(tag)
    db.session.delete(tag)
    for thread in threads:
        announce_change(thread)


def _announce_threads(tag: Tag) -> None:
    for thread in _carrying(tag):
        announce_change(thread)


def _carrying(tag: Tag) -> Sequence[Thread]:
    carried = select(ThreadTag.thread_id).where(ThreadTag.tag_id == tag.id)
    of_space = select(Forum.id).where(Forum.space_id == tag.space_id)
    return db.session.scalars(
        select(Thread).where(Thread.id.in_(carried), Thread.forum_id.in_(of_space))
    ).all()


def _known(space_id: int, tag_ids: Iterable[int]) -> Sequence[int]:
    return db.session.scalars(
        select(Tag.id).where(Tag.space_id == space_id, Tag.id.in_(list(tag_ids)))
    ).all()


def _made(space_id: int, words: Iterable[str]) -> Sequence[int]:
    names = [one_line(word) for word in words]
    if any(len(name) > LONGEST_TAG for name in names):
        raise Invalid(_l("A tag has at most %(most)d characters.", most=LONGEST_TAG))
    return ensure_tags(space_id, names)
