"""Posts as people write them."""

from app.extensions import db
from app.forums.models import Post
from app.proposals.models import Proposal
from tests.browsers import Visitor


def comment(proposal: Proposal, author: Visitor, text: str, key: str = "") -> Post:
    """Let somebody comment on the proposal's page."""
    url = f"/threads/{proposal.thread_id}/posts"
    answer = author.post(url, {"text": text, "key": key or text})
    assert answer.status_code == 303, answer.text
    return post_with(text)


def reply(post: Post, author: Visitor, text: str) -> Post:
    """Let somebody reply on the page that quotes the post."""
    answer = author.post(f"/posts/{post.id}/replies", {"text": text, "key": text})
    assert answer.status_code == 303, answer.text
    return post_with(text)


def post_with(text: str) -> Post:
    """The post with this text."""
    return db.session.query(Post).filter_by(text=text).one()


def page_of(proposal: Proposal, reader: Visitor) -> str:
    """The proposal's page as somebody sees it."""
    answer = reader.get(f"/proposals/{proposal.id}")
    assert answer.status_code == 200, answer.text
    return str(answer.text)
