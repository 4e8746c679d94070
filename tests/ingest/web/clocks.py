"""Time that does not pass by itself."""

from datetime import UTC, datetime, timedelta

from ingest.sources.web.pacing import Clock

BEGINNING = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Slept:
    """A clock whose sleeping is counted, not waited for."""

    def __init__(self, beginning: datetime = BEGINNING) -> None:
        self.seconds: list[float] = []
        self._beginning = beginning
        self.clock = Clock(self._monotonic, self.sleep, self._now)

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def _monotonic(self) -> float:
        return sum(self.seconds)

    def _now(self) -> datetime:
        return self._beginning + timedelta(seconds=self._monotonic())
