"""Which paths below a folder are wanted: hidden ones, ignore files, and the user's own patterns."""

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
    try:
        return tuple((root / IGNORE_FILE).read_text("utf-8-sig").splitlines())
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"{root / IGNORE_FILE} cannot be read: {error}.", "Make it UTF-8 text, or remove it."
        ) from error
