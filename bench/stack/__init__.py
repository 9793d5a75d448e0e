"""The production set-up without containers: PostgreSQL, Redis, nginx, processes, workers.

    with Stack(apps=2, workers=1) as stack:
        requests.get(stack.url)             # through nginx
        stack.apps[0].url                   # past it
        stack.apps[0].kill()                # as a power cut does
        stack.apps[0].start()
        stack.redis.restart()

All are the machine's own programs on private ports with files in a temporary folder, and are gone
when the block ends, or when this program dies.
"""

from bench.stack.part import Part, PartError
from bench.stack.servers import PostgreSQL, Redis
from bench.stack.stack import Stack

__all__ = ["Part", "PartError", "PostgreSQL", "Redis", "Stack"]
