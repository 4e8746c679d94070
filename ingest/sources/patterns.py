"""Which paths below a folder are wanted: hidden ones, ignore files, and the user's own patterns."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pathspec import GitIgnoreSpec

from ingest.errors import UsageError
from ingest.sources.source import SourceOptions

IGNORE_FILE = ".footnoteignore"
"""Patterns as in a `.gitignore`, read from the folder that is named as the source."""

_NEVER_LISTED = frozenset({"CVS", "__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True)
class Selection:
    """Decides on paths relative to a source's folder, written with "/"."""

    exclude: GitIgnoreSpec
    include: GitIgnoreSpec | None

    @classmethod
    def of(cls, root: Path, options: SourceOptions) -> Self:
        """The selection that `options` and the ignore file in `root` make.

        Raises:
            UsageError: a pattern cannot be understood.
        """
        exclude = compile_patterns((*_ignore_lines(root), *options.exclude))
        return cls(exclude, compile_patterns(options.include) if options.include else None)

    def wants_folder(self, name: str) -> bool:
        """Whether to look into a folder."""
        base = name.rsplit("/", 1)[-1]
        return not (base.startswith(".") or base in _NEVER_LISTED or self.exclude.match_file(f"{name}/"))

    def wants_file(self, name: str) -> bool:
        """Whether to take a file."""
        if name.rsplit("/", 1)[-1].startswith(".") or self.exclude.match_file(name):
            return False
        return self.include is None or self.include.match_file(name)


def wants(name: str, options: SourceOptions) -> bool:
    """Whether the user's own patterns want a file; what is hidden or in the ignore file does not count here.

    Raises:
        UsageError: a pattern cannot be understood.
    """
    if options.exclude and compile_patterns(options.exclude).match_file(name):
        return False
    return not options.include or compile_patterns(options.include).match_file(name)


def compile_patterns(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Compile patterns in the syntax of a `.gitignore`.

    Raises:
        UsageError: one of them cannot be understood.
    """
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise UsageError(
            f"A pattern cannot be understood: {error}.", "Write it as in a .gitignore."
        ) from error


def _ignore_lines(root: Path) -> tuple[str, ...]:
    path = root / IGNORE_FILE
    try:
        return tuple(path.read_text("utf-8-sig").splitlines())
    except FileNotFoundError:
        return ()
    except UnicodeError as error:
        raise UsageError(f"{path} is not UTF-8 text.", "Save it as UTF-8 text, or remove it.") from error
    except OSError as error:
        if not os.access(root, os.R_OK | os.X_OK):  # listing the folder will say so
            return ()
        raise UsageError(
            f"{path} cannot be read ({error.strerror}).", "Check its permissions, or remove it."
        ) from error
