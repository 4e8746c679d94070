"""Places in a text that a reader can find again in the original: pages, chapters, times of a recording."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.text import stored_text

PAGE = "p. {}"
"""How the label of a page reads, with its number or printed name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of an article's text stands in the original.

    Attributes:
        start: offset into the article's text, in Unicode code points; the place reaches to the next one.
        label: as a citation says it ("p. 4", "chapter 2", "00:01:30").
    """

    start: int
    label: str


def place_at(places: Sequence[Place], offset: int) -> str | None:
    """The label of the place that holds an offset; None before the first place, or where there are none.

    Args:
        places: in the order of their starts.
        offset: in code points.
    """
    number = bisect_right(places, offset, key=lambda place: place.start)
    return places[number - 1].label if number else None


@dataclass(slots=True)
class PlacedText:
    """A text in the making whose places are known: every piece is normalised as it comes."""

    places: list[Place] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, piece: str, label: str, separator: str = "\n\n") -> None:
        """Add a piece after a separator; blank pieces add nothing, a label that stays begins no new place."""
        text = stored_text(piece)
        if not text:
            return
        if self._pieces:
            self._append(separator)
        if not self.places or self.places[-1].label != label:
            self.places.append(Place(self._length, label))
        self._append(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
