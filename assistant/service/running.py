"""Answering in a thread of its own, its events handed to the event loop; stopped when the client has gone."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from contextlib import aclosing, suppress
from queue import SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")

LOOKS_EVERY_SECONDS = 0.5
"""How long a client may have gone before it is noticed while no event comes."""


class Threads:
    """A few threads that run calls in the order in which they come; none of them keeps the process alive.

    The same few are used again and again because an index opens one database connection for each thread.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._started = 0
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def run(self, call: Callable[[], None]) -> None:
        """Run a call, which must not raise, as soon as a thread is free. For one event loop's use only."""
        if self._started < self._most:
            self._started += 1
            Thread(target=self._work, name=f"answering-{self._started}", daemon=True).start()
        self._calls.put(call)

    def close(self) -> None:
        """Let the threads end once they are free."""
        for _ in range(self._started):
            self._calls.put(None)
        self._started = 0

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()


class ClientGoneError(Exception):
    """The client has closed the connection; nobody waits for the answer."""


class _Worker(Generic[T]):
    """Runs an iterator, in another thread, and puts what it yields in a queue of the event loop."""

    def __init__(self, start: Callable[[], Iterator[T]]) -> None:
        self.queue: asyncio.Queue[T | Exception | None] = asyncio.Queue()
        self._start = start
        self._stopped = Flag()
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        """Close the iterator as soon as it yields again."""
        self._stopped.set()

    def work(self) -> None:
        """Run the iterator to its end; never raises."""
        try:
            if not self._stopped.is_set():
                self._hand_over(self._start())
        except Exception as error:
            self._put(error)
        finally:
            self._put(None)

    def _hand_over(self, items: Iterator[T]) -> None:
        try:
            for item in items:
                if self._stopped.is_set():
                    return
                self._put(item)
        finally:
            if isinstance(items, Generator):
                items.close()

    def _put(self, item: T | Exception | None) -> None:
        with suppress(RuntimeError):  # the event loop has been closed: nobody is listening any more
            self._loop.call_soon_threadsafe(self.queue.put_nowait, item)


async def run_in_thread(
    threads: Threads, start: Callable[[], Iterator[T]], client_gone: Callable[[], Awaitable[bool]]
) -> AsyncGenerator[T, None]:
    """Yield what the iterator that `start` makes yields; closing this stops that.

    Raises:
        ClientGoneError: the client has gone before the end.
        Exception: whatever the iterator raised.
    """
    worker = _Worker(start)
    threads.run(worker.work)
    try:
        while True:
            item = await _next(worker.queue, client_gone)
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        worker.stop()


async def last_of(items: AsyncGenerator[T, None]) -> T | None:
    """The last item, None when there was none."""
    last = None
    async with aclosing(items) as open_items:
        async for item in open_items:
            last = item
    return last


async def _next(
    queue: "asyncio.Queue[T | Exception | None]", client_gone: Callable[[], Awaitable[bool]]
) -> T | Exception | None:
    while True:
        if await client_gone():
            raise ClientGoneError
        with suppress(TimeoutError):
            return await asyncio.wait_for(queue.get(), LOOKS_EVERY_SECONDS)
