"""Jobs: what is done after a change, beside the requests; rows in the database say what is left.

A job starts from what its transaction has written, and must bear being started twice or not at
all: each feature's sweep finds what was lost on the way.
"""

from app.jobs.backlogs import Waiting, backlog
from app.jobs.queue import Jobs
from app.jobs.tasks import Task, later, sweep, task

__all__ = ["Jobs", "Task", "Waiting", "backlog", "later", "sweep", "task"]
