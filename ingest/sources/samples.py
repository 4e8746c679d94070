"""The sample collection as a source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.document import RawDocument, ReadFailure
from ingest.samples import sample_files


@dataclass(frozen=True, slots=True)
class SamplesSource:
    """The articles that come with the package, from wherever it is installed."""

    key: str = "samples:"
    skipped: int = 0

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield every sample article."""
        for file in sample_files():
            yield RawDocument(
                location=f"{self.key}{file.name}",
                name=file.name,
                data=file.read_bytes(),
                retrieved_at=datetime.now(UTC),
            )

    def count_hint(self) -> int:
        """The number of sample articles."""
        return len(sample_files())
