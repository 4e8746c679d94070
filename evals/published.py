"""What is known about a data set: what it measures, whose it is, and what others reached on it."""

from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures of other systems and of a run, by the metrics that both have.

    Attributes:
        metrics: names, the columns.
        rows: a system and its figure for each column, None where it has none; the run is the last.
        sources: where the figures come from and how they differ, each once.
    """

    metrics: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    sources: tuple[str, ...]


OURS = "Footnote"


def beside(summary: Mapping[str, Any]) -> Beside | None:
    """What others reached on the set of a run's summary; None where nobody's figures are known."""
    published = (summary.get("data_set") or {}).get("published") or []
    names = tuple(name for name in _named(published) if summary["metrics"].get(name, {}).get("cases"))
    if not names:
        return None
    others = [one for one in published if any(name in one["figures"] for name in names)]
    rows = [(str(one["system"]), tuple(one["figures"].get(name) for name in names)) for one in others]
    ours = (OURS, tuple(summary["metrics"][name]["value"] for name in names))
    sources = ("; ".join(filter(None, (one["source"], one["caveat"]))) for one in others)
    return Beside(names, (*rows, ours), tuple(dict.fromkeys(sources)))


def _named(published: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for one in published for name in one["figures"]))
