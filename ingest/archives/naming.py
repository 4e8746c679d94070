"""Names of an archive's members: those that lead out of it, or that nobody wants, are told apart."""

import re

MOST_CHARACTERS = 1_000

_HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?(?:/|$))|__MACOSX/)")
_DRIVE = re.compile(r"^[A-Za-z]:")


def problem_with(name: str) -> str | None:
    """Why a member's name is refused, as a sentence; None for a plain name."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in parts:
        return "Its name leads out of the archive."
    if "\0" in name or len(name) > MOST_CHARACTERS:
        return "Its name is no file's name."
    return None


def is_hidden(name: str) -> bool:
    """Whether a member is a hidden file, or one that only a system needs."""
    return _HIDDEN.search(name.replace("\\", "/")) is not None
