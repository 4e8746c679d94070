"""Suite files as values that know their line: YAML written by hand, JSON lines written by programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.errors import SuiteError

TOO_DEEP = "values within values, too deep to be read"
TOO_MANY = "aliases of aliases that stand for millions of values"
MOST_VALUES = 2_000_000
QUOTING = " (a text with : ? , # [ or { in it may need quotes around it)"


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping, its line, and its value."""

    key: str
    line: int
    value: "Located"


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a file with its line, from 1.

    Attributes:
        content: the pairs of a mapping, the items of a list, or the text of a scalar as it was written
            (so that `No`, `0912` and `2023-01-09` stay what they look like); None for null.
    """

    content: tuple[Pair, ...] | list["Located"] | str | None
    line: int

    @property
    def kind(self) -> str:
        """What the value is, in words for an error message."""
        if self.content is None:
            return "nothing"
        return {tuple: "a mapping", list: "a list"}.get(type(self.content), "text")


def read_yaml(path: Path, text: str) -> Located:
    """The one document of a YAML file.

    Raises:
        SuiteError: the text is no YAML; the message has the line.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return Located((), 1)
        if _size(node, {}) > MOST_VALUES:
            raise SuiteError([f"{path}: {TOO_MANY}"])
        return _from_yaml(node)
    except RecursionError as error:
        raise SuiteError([f"{path}: {TOO_DEEP}"]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise SuiteError(
            [f"{path}:{line}: not valid YAML: {error.problem or error.context}{QUOTING}"]
        ) from error
    except yaml.YAMLError as error:
        raise SuiteError([f"{path}: not valid YAML: {error}"]) from error


def read_json_lines(path: Path, text: str) -> list[Located]:
    """The objects of a JSON lines file; blank lines are passed over.

    Raises:
        SuiteError: lines that are no JSON, all of them named.
    """
    rows: list[Located] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_JsonObject, parse_int=str, parse_float=str)
        except json.JSONDecodeError as error:
            problems.append(f"{path}:{number}: not valid JSON: {error.msg} at column {error.colno}")
        except RecursionError:
            problems.append(f"{path}:{number}: {TOO_DEEP}")
        else:
            rows.append(_from_json(value, number))
    if problems:
        raise SuiteError(problems)
    return rows


def repeated_keys(pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """The pairs whose key stood earlier in the same mapping."""
    seen: set[str] = set()
    for pair in pairs:
        if pair.key in seen:
            yield pair
        seen.add(pair.key)


class _JsonObject(list[tuple[str, Any]]):
    """The pairs of a JSON object, repeats kept."""


def _from_yaml(node: yaml.Node) -> Located:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        pairs = (
            Pair(_key_text(key), key.start_mark.line + 1, _from_yaml(value)) for key, value in node.value
        )
        return Located(tuple(pairs), line)
    if isinstance(node, yaml.SequenceNode):
        return Located([_from_yaml(item) for item in node.value], line)
    return Located(None if node.tag == "tag:yaml.org,2002:null" else str(node.value), line)


def _size(node: yaml.Node, known: dict[yaml.Node, int]) -> int:
    """How many values the node holds once its aliases are written out; each node is looked at once."""
    if node not in known:
        inside: list[yaml.Node] = []
        if isinstance(node, yaml.MappingNode):
            inside = [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inside = node.value
        known[node] = 1 + sum(_size(one, known) for one in inside)
    return known[node]


def _key_text(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "(a key that is no text)"


def _from_json(value: Any, line: int) -> Located:
    if isinstance(value, _JsonObject):
        return Located(tuple(Pair(key, line, _from_json(item, line)) for key, item in value), line)
    if isinstance(value, list):
        return Located([_from_json(item, line) for item in value], line)
    if isinstance(value, bool):
        return Located(str(value).lower(), line)
    return Located(None if value is None else str(value), line)
