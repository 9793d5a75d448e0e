"""The programme: its spaces, the people in them, and what they have been talking about."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.carryover import actions as carryover
from app.carryover.models import SourceKind
from app.carryover.sources import sources_of
from app.database import now
from app.demo.past import words
from app.demo.people import data, everybody
from app.events.models import Event
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Forum, Post, Thread
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import Member, Space, SpaceKind

COORDINATION = "Netzwerkkoordination"
LEADERSHIP = "Leitung Jugendamt"


class Programme:
    """Builds the tree of spaces, and lets people talk in its forums."""

    def __init__(self, members: Mapping[str, Account], leaders: list[Account]) -> None:
        self.members, self.leaders = members, leaders
        self.people = {**{account.name: account for account in leaders}, **members}
        self.plot: dict[str, Any] = data("programme.json")

    def build(self) -> Space:
        """The programme, its clusters, and their groups; returns the programme."""
        top = spaces.create_space(
            self.plot["programme"],
            SpaceKind.PROGRAMME,
            is_private=False,
            description=self.plot["description"],
        )
        for account in self.leaders:
            spaces.admit(top, account, SpaceRole.COORDINATOR)
        for account in self.members.values():
            spaces.admit(top, account)
        for name in sorted({person.cluster for person in everybody() if person.cluster}):
            self._cluster(name, top)
        self._forums(top, self.plot["forums"])
        self._accompany(top)
        return top

    def _accompany(self, top: Space) -> None:
        """Who moderates the programme accompanies the first of its clusters."""
        clusters = select(Space).where(Space.parent_id == top.id).order_by(Space.id)
        cluster = db.session.scalars(clusters).first()
        assert cluster is not None
        groups = db.session.scalars(select(Space).where(Space.parent_id == cluster.id))
        for space in (cluster, *groups):
            spaces.admit(space, self.leaders[0])

    def _cluster(self, name: str, top: Space) -> None:
        """A cluster with its two groups; its coordinators lead them, too."""
        plot = self.plot["clusters"].get(name, {})
        cluster = spaces.create_space(name, SpaceKind.CLUSTER, top)
        number = name.rpartition(" ")[2]
        steering = spaces.create_space(f"Steuerungsgruppe {number}", SpaceKind.STEERING, cluster)
        work = spaces.create_space(f"Umsetzungsgruppe {number}", SpaceKind.IMPLEMENTATION, cluster)
        for person in everybody():
            account = self.members.get(person.name)
            if person.cluster == name and account is not None:
                leads = person.function == COORDINATION
                role = SpaceRole.COORDINATOR if leads else SpaceRole.MEMBER
                spaces.admit(cluster, account, role)
                if leads or person.function == LEADERSHIP:
                    spaces.admit(steering, account, role)
                if leads or person.function != LEADERSHIP:
                    spaces.admit(work, account, role)
        for space, key in ((cluster, "forums"), (steering, "steering"), (work, "implementation")):
            self._forums(space, plot.get(key, ()))

    def _forums(self, space: Space, plot: Any) -> None:
        for place, told in enumerate(plot):
            forum = forums.create_forum(space, told["title"], told["description"], place)
            for thread in told["threads"]:
                self._thread(forum, thread)

    def _thread(self, forum: Forum, told: dict[str, Any]) -> None:
        first, *replies = told["posts"]
        author = self._as_member(first["by"], forum)
        post, _new = forums.start_thread(forum, author, told["title"], words(first["text"]), "")
        self.talk(post.thread, replies, told["days"], [post.id])

    def carry_on(self, event: Event, space: Space, moderator: Account) -> None:
        """Let the aspects of a conference go on in a forum, and one of them be talked about."""
        told = self.plot["carried"]
        place = len(self.plot["forums"])
        forum = forums.create_forum(space, told["title"], told["description"], place)
        member = Member(moderator, space.id, SpaceRole.COORDINATOR)
        aspects = [source for source in sources_of(event) if source.kind == SourceKind.ASPECT]
        carryover.carry_over(event, forum, member, aspects, words(told["words"]))
        for thread in db.session.scalars(select(Thread).where(Thread.forum_id == forum.id)):
            if thread.title == self.plot["continued"]["title"]:
                self.talk(thread, self.plot["continued"]["posts"], self.plot["continued"]["days"])

    def talk(
        self, thread: Thread, told: list[dict[str, Any]], days: int, ids: list[int] | None = None
    ) -> None:
        """Let people answer in a thread, over the days until now."""
        ids = ids or []
        for post in told:
            answered = ids[post["reply"]] if "reply" in post else None
            author = self._as_member(post["by"], thread.forum)
            said, _new = forums.write_post(thread, author, words(post["text"]), "", answered)
            ids.append(said.id)
        _spread(thread, ids, days)

    def _as_member(self, name: str, forum: Forum) -> Member:
        return Member(self.people[name], forum.space_id, SpaceRole.MEMBER)


def _spread(thread: Thread, ids: list[int], days: int) -> None:
    """Nobody says everything in one moment: the first post is the oldest."""
    for number, id in enumerate(ids):
        age = timedelta(days=days * (len(ids) - number) / len(ids), minutes=7 * number)
        db.session.get_one(Post, id).created_at = now() - age
    thread.last_posted_at = db.session.get_one(Post, ids[-1]).created_at
    thread.created_at = min(thread.created_at, db.session.get_one(Post, ids[0]).created_at)
