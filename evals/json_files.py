"""Reading JSON and JSON lines of data sets; what is malformed is named with its file and line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.errors import DataSetError

ADVICE = "check that the path names this set, as its makers publish it"


def json_rows(file: Path, *needed: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON lines file with their lines, from 1.

    Raises:
        DataSetError: a line is no object with the needed keys.
    """
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise DataSetError(f"{file}:{number}: not valid JSON: {error}", ADVICE) from error
            require_keys(f"{file}:{number}", row, *needed)
            yield number, row


def json_file(file: Path) -> Any:
    """The value of a JSON file.

    Raises:
        DataSetError: it is no JSON.
    """
    try:
        return json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise DataSetError(f"{file}: not valid JSON: {error}", ADVICE) from error


def require_keys(place: str, row: Any, *needed: str) -> None:
    """Make sure that a value is an object with these keys.

    Raises:
        DataSetError: it is not.
    """
    missing = [key for key in needed if not isinstance(row, Mapping) or key not in row]
    if missing:
        raise DataSetError(f"{place}: {', '.join(missing)} missing", ADVICE)
