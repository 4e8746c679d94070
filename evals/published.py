"""What is known about a data set: what it measures, whose it is, and what others reached on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Published:
    """Figures of another system on the same set.

    Attributes:
        figures: by the name of the metric that measures the same.
        source: who says so.
        caveat: how that measurement differs from the one here, "" where it does not.
    """

    system: str
    figures: Mapping[str, float]
    source: str
    caveat: str = ""

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return {
            "system": self.system,
            "figures": dict(self.figures),
            "source": self.source,
            "caveat": self.caveat,
        }


@dataclass(frozen=True, slots=True)
class DataSetFacts:
    """A data set as a run remembers it.

    Attributes:
        measures: one sentence.
        options: those that were chosen or taken by default, by name.
    """

    name: str
    measures: str
    licence: str
    published: tuple[Published, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The facts as JSON values."""
        return {
            "name": self.name,
            "measures": self.measures,
            "licence": self.licence,
            "options": dict(self.options),
            "published": [one.to_json() for one in self.published],
        }
