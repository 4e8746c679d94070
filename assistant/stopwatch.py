"""`Stopwatch`: how long each stage of an answer took."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Milliseconds by stage, and in all since it was made."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage; the same name again adds to it."""
        began = perf_counter()
        try:
            yield
        finally:
            self._stages[name] = self._stages.get(name, 0.0) + (perf_counter() - began) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Milliseconds by stage, and "total"."""
        return self._stages | {"total": (perf_counter() - self._began) * 1000}
