"""A line between clients and server that can be cut: what is sent meanwhile goes nowhere."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Wire:
    """A TCP proxy on a port of its own; while it is cut, connections hang, as in a dead spot."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._whole = asyncio.Event()
        self._lines: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._whole.set()
        self.port = 0
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)

    @property
    def root(self) -> str:
        """The address at this end."""
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def cut(self) -> Iterator[None]:
        """Nothing comes through; in the end the network is another one, and old lines are dead."""
        self._loop.call_soon_threadsafe(self._whole.clear)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._mend)

    def close(self) -> None:
        """Take it away."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _mend(self) -> None:
        for line in self._lines:
            line.transport.abort()
        self._whole.set()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._connected, "127.0.0.1", 0)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._whole.wait()
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            both = (writer, far_writer)
            self._lines.update(both)
            try:
                await asyncio.gather(
                    self._carry(reader, far_writer), self._carry(far_reader, writer)
                )
            finally:
                self._lines.difference_update(both)
                for line in both:
                    line.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(65536):
                await self._whole.wait()
                writer.write(piece)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof()
