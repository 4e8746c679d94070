"""YAML front matter as plain strings, harmless whatever it holds."""

from dataclasses import dataclass
from typing import Any

import yaml

from ingest.errors import ExtractionError

MAX_CHARACTERS = 65_536
"""Longer front matter is refused."""

_FENCE = "---"
_ENDS = ("---", "...")
_ADVICE = "Correct the lines between the --- marks at its top."


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter's entries (names in lower case, values as written) and the text below it."""

    entries: dict[str, tuple[str, ...]]
    body: str

    def first(self, *names: str) -> str | None:
        """The first value of the first of `names` that has one."""
        return next((self.entries[name][0] for name in names if self.entries.get(name)), None)

    def all(self, *names: str) -> tuple[str, ...]:
        """Every value of the first of `names` that has one."""
        return next((self.entries[name] for name in names if self.entries.get(name)), ())


class _PlainLoader(yaml.BaseLoader):
    """Makes only strings, lists and mappings, and refuses aliases: a few can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> FrontMatter:
    """Split a text with "\\n" line ends into front matter, if it begins with any, and body.

    Raises:
        ExtractionError: the front matter is no YAML mapping of texts, or too long.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return FrontMatter({}, text)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in _ENDS), None)
    if end is None:
        return FrontMatter({}, text)
    block = "\n".join(lines[1:end])
    if len(block) > MAX_CHARACTERS:
        raise ExtractionError("Its front matter is too long.", _ADVICE)
    return FrontMatter(_entries(block), "\n".join(lines[end + 1 :]))


def _entries(block: str) -> dict[str, tuple[str, ...]]:
    try:
        loaded = yaml.load(block, Loader=_PlainLoader)  # noqa: S506 - makes strings only
    except (yaml.YAMLError, RecursionError) as error:
        raise ExtractionError(f"Its front matter is not valid YAML: {_where(error)}.", _ADVICE) from error
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise ExtractionError("Its front matter is not a list of names and values.", _ADVICE)
    return {str(name).strip().lower(): _values(value) for name, value in loaded.items()}


def _values(value: Any) -> tuple[str, ...]:
    """A text or the texts of a list; anything nested deeper is not read."""
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, str) and entry.strip())


def _where(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return f"{problem} (line {mark.line + 2})" if mark is not None else str(problem)
