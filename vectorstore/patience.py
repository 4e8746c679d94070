"""Work on one document that may not take for ever: one that does is given up, and the rest goes on."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from ingest.errors import ExtractionError

DOCUMENT_SECONDS = 600.0
"""How long one document may take by default."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Call:
    """Something to do, and where what comes of it is put: whether it ended well, and the result or error."""

    work: Callable[[], Any]
    outcome: "queue.SimpleQueue[tuple[bool, Any]]" = field(default_factory=queue.SimpleQueue)

    def run(self) -> None:
        try:
            self.outcome.put((True, self.work()))
        except BaseException as error:  # it is raised again where the call was made
            self.outcome.put((False, error))


class Patience:
    """Runs calls one after another in a thread of its own, and waits for each only so long.

    A call that is given up cannot be stopped: its thread is left behind, and ends with it or with the
    process. Not for several threads at once.

    Args:
        seconds: for each call, above 0.
    """

    def __init__(self, seconds: float = DOCUMENT_SECONDS) -> None:
        self._seconds = seconds
        self._calls: queue.SimpleQueue[_Call | None] | None = None

    def run(self, work: Callable[[], Result]) -> Result:
        """What a call comes to.

        Raises:
            ExtractionError: it took too long.
            Exception: whatever the call raised.
        """
        call = _Call(work)
        self._thread_for_calls().put(call)
        try:
            ended_well, result = call.outcome.get(timeout=self._seconds)
        except queue.Empty:
            self.close()
            raise ExtractionError(
                f"Reading it took more than {self._seconds:,.0f} seconds and was given up.",
                "Split it into smaller documents, or set FOOTNOTE_DOCUMENT_SECONDS to more.",
            ) from None
        if ended_well:
            return cast("Result", result)
        raise result

    def close(self) -> None:
        """Let the thread end once it has nothing more to do; a later call gets another."""
        if self._calls is not None:
            self._calls.put(None)
            self._calls = None

    def _thread_for_calls(self) -> "queue.SimpleQueue[_Call | None]":
        if self._calls is None:
            self._calls = queue.SimpleQueue()
            threading.Thread(target=_work, args=(self._calls,), name="document", daemon=True).start()
        return self._calls


def _work(calls: "queue.SimpleQueue[_Call | None]") -> None:
    while (call := calls.get()) is not None:
        call.run()
