"""How work on an index reports that it gets on."""

from typing import Literal, Protocol

ArticleOutcome = Literal["added", "changed", "unchanged", "removed", "failed"]


class IngestProgress(Protocol):
    """Told how an ingestion, a rebuilding or a re-embedding gets on."""

    def total(self, count: int | None) -> None:
        """How many documents (to rebuild: passages) there will be; None where that is not known."""
        ...

    def article(self, location: str, outcome: ArticleOutcome) -> None:
        """One document is done with: what came of it is in the index."""
        ...

    def passages(self, count: int) -> None:
        """So many more passages were embedded and written."""
        ...


class SilentProgress:
    """Progress that nobody watches."""

    def total(self, count: int | None) -> None:
        """Do nothing."""

    def article(self, location: str, outcome: ArticleOutcome) -> None:
        """Do nothing."""

    def passages(self, count: int) -> None:
        """Do nothing."""
