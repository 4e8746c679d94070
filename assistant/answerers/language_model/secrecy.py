"""Keeping keys out of whatever is shown or logged."""

import os
import re
from collections.abc import Callable, Iterable, Mapping

REMOVED = "(key removed)"
SHORTEST_KEY = 6
LONGEST_DETAIL = 200

_KEY_VARIABLE = re.compile(r"(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$")
_KEY_SHAPES = re.compile(
    r"\bBearer\s+\S+|\b(?:sk|pk|rk|gsk|xai|hf|lsv2|AIza)[-_]?[A-Za-z0-9_*-]{12,}|(?<=//)[^/@\s]+:[^/@\s]*(?=@)"
)

Redact = Callable[[str], str]


def redactor(*keys: str | None, environment: Mapping[str, str] = os.environ) -> Redact:
    """A function that takes keys out of a text.

    Args:
        keys: those in use; None for none.
        environment: the values of its variables named like keys are taken out too.
    """
    stored = (value for name, value in environment.items() if _KEY_VARIABLE.search(name.upper()))
    secrets = _longest_first(value for value in (*keys, *stored) if value)

    def redact(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, REMOVED)
        return _KEY_SHAPES.sub(REMOVED, text)

    return redact


def detail(text: str, redact: Redact) -> str:
    """A server's own words, without keys, on one line and at most `LONGEST_DETAIL` characters."""
    line = " ".join(redact(text).split())
    return line if len(line) <= LONGEST_DETAIL else line[: LONGEST_DETAIL - 1] + "…"


def _longest_first(values: Iterable[str]) -> tuple[str, ...]:
    long_enough = {value for value in values if len(value) >= SHORTEST_KEY}
    return tuple(sorted(long_enough, key=len, reverse=True))
