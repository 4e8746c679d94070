"""Lengths of time as people write them."""

import re

import typer

_PART = re.compile(r"(\d+)\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LONGEST_SECONDS = 366 * 86_400


def parse_duration(text: str) -> float:
    """Seconds of a length of time such as "90s", "15m" or "1h30m", at least 1.

    Raises:
        typer.BadParameter: it is no such length.
    """
    written = text.strip().lower()
    parts = _PART.findall(written)
    if not parts or _PART.sub("", written).strip():
        raise typer.BadParameter(f"{text!r} is no length of time; write it as 90s, 15m, 2h or 1h30m")
    seconds = sum(int(number[:9]) * _SECONDS[unit] for number, unit in parts)
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise typer.BadParameter(f"{text!r} is not between a second and a year")
    return float(seconds)
