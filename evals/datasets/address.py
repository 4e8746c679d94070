"""`NAME:PATH?option=value&option=value`: a data set as a user names it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from evals.datasets.data_set import Option
from evals.errors import DataSetError

_ADDRESS = re.compile(r"(?P<name>[a-z][a-z0-9-]+):(?P<rest>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; the options as they were written."""

    name: str
    path: Path
    options: Mapping[str, str]


def is_address(text: str) -> bool:
    """Whether a text has the form of an address; a drive letter is no name."""
    return _ADDRESS.fullmatch(text) is not None


def parse_address(text: str) -> Address:
    """Take an address apart; a "?" in a path that exists belongs to the path.

    Raises:
        DataSetError: it is no address, or an option has no value.
    """
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise DataSetError(f"{text!r} names no data set", "write NAME:PATH, for example squad-v2:data/squad")
    rest = match["rest"]
    if Path(rest).expanduser().exists():
        return Address(match["name"], Path(rest).expanduser(), {})
    path, _, written = rest.rpartition("?") if "?" in rest else (rest, "", "")
    return Address(match["name"], Path(path).expanduser(), _written_options(text, written))


def checked_options(name: str, known: Sequence[Option], given: Mapping[str, str]) -> dict[str, str]:
    """Every option of a set with the value given, or its default.

    Raises:
        DataSetError: an option or a value that the set does not know.
    """
    names = [option.name for option in known]
    for key in given:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"its options: {', '.join(names) or 'none'}"
            raise DataSetError(f"{name} has no option {key!r}", hint)
    chosen = {option.name: given.get(option.name, option.default) for option in known}
    for option in known:
        if option.values and chosen[option.name] not in option.values:
            raise DataSetError(
                f"{name} has no {option.name} {chosen[option.name]!r}", f"one of: {', '.join(option.values)}"
            )
    return chosen


def _written_options(address: str, written: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in filter(None, written.split("&")):
        key, equals, value = pair.partition("=")
        if not (key and equals and value):
            raise DataSetError(f"{pair!r} in {address!r} is no option", "write option=value, joined by &")
        options[key] = value
    return options
