"""An iterator that works in a thread of its own, so that whoever reads it is never held up."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Came(Generic[T]):
    """Something that the iterator yielded."""

    value: T


def in_background(start: Callable[[], Iterator[T]], every_seconds: float) -> Iterator[Came[T] | None]:
    """Yield what the iterator that `start` makes yields, and None whenever nothing came for so many seconds.

    Closing this returns at once; the iterator itself is closed when it next yields.

    Raises:
        Exception: whatever the iterator raised.
    """
    worker = _Worker(start)
    Thread(target=worker.work, name="answering", daemon=True).start()
    try:
        while True:
            try:
                item = worker.items.get(timeout=every_seconds)
            except Empty:
                yield None
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        worker.left.set()


class _Worker(Generic[T]):
    def __init__(self, start: Callable[[], Iterator[T]]) -> None:
        self.items: SimpleQueue[Came[T] | Exception | None] = SimpleQueue()
        self.left = Flag()
        self._start = start

    def work(self) -> None:
        """Put what the iterator yields into the queue, then its error or None for its end."""
        try:
            self._hand_over(self._start())
        except Exception as error:
            self.items.put(error)
        else:
            self.items.put(None)

    def _hand_over(self, iterator: Iterator[T]) -> None:
        try:
            for value in iterator:
                if self.left.is_set():
                    return
                self.items.put(Came(value))
        finally:
            if isinstance(iterator, Generator):
                iterator.close()
