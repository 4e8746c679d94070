"""A run's figures under those that other systems reached on the same set, in tables that can be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OURS = "Footnote"
AT_LEAST, AT_MOST = "95% interval, from", "to"
_BORDER = ": "

Row = tuple[str, tuple[float | None, ...]]
"""A system, and its figure for each column; None where it has none."""


@dataclass(frozen=True, slots=True)
class BesideTable:
    """Figures of other systems and of a run, by the metrics that they share.

    Attributes:
        title: what all columns speak of, "" where they have no such thing in common.
        rows: the last three are the run's figures and the ends of their intervals.
        sources: where the others' figures come from and how they differ, each once.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: tuple[str, ...]


def beside(summary: Mapping[str, Any]) -> tuple[BesideTable, ...]:
    """What others reached on the set of a run's summary; empty where nobody's figures are known."""
    metrics = summary["metrics"]
    published = (summary.get("data_set") or {}).get("published") or []
    known = [
        (one, tuple(name for name in one["figures"] if metrics.get(name, {}).get("cases")))
        for one in published
    ]
    systems = [(one, names) for one, names in known if names]
    groups = _joined(names for _, names in systems)
    return tuple(
        _table(metrics, columns, [one for one, names in systems if names[0] in columns]) for columns in groups
    )


def _joined(shared: Iterable[Sequence[str]]) -> list[list[str]]:
    """The names in groups: two that one system has are in the same."""
    groups: list[list[str]] = []
    for names in shared:
        touched = [group for group in groups if set(group) & set(names)]
        merged = dict.fromkeys([*(name for group in touched for name in group), *names])
        first = groups.index(touched[0]) if touched else len(groups)
        groups = [group for group in groups if group not in touched]
        groups.insert(first, list(merged))
    return groups


def _table(
    metrics: Mapping[str, Any], names: Sequence[str], others: Sequence[Mapping[str, Any]]
) -> BesideTable:
    title, columns = _headed([str(metrics[name]["title"]) for name in names])
    rows: list[Row] = [
        (str(one["system"]), tuple(one["figures"].get(name) for name in names)) for one in others
    ]
    for label, key in ((OURS, "value"), (AT_LEAST, "low"), (AT_MOST, "high")):
        rows.append((label, tuple(metrics[name][key] for name in names)))
    sources = ("; ".join(filter(None, (one["source"], one["caveat"]))) for one in others)
    return BesideTable(title, columns, tuple(rows), tuple(dict.fromkeys(sources)))


def _headed(titles: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The part that all titles begin with, and what is left of each."""
    beginnings = {title.partition(_BORDER)[0] for title in titles}
    if len(beginnings) == 1 and all(_BORDER in title for title in titles):
        return beginnings.pop(), tuple(title.partition(_BORDER)[2] for title in titles)
    return "", tuple(titles)
