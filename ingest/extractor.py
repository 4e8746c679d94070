"""Which extractor this is: another one may make another article of the same bytes."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

LIBRARIES = (
    *("trafilatura", "lxml", "lxml-html-clean", "markdown-it-py", "python-frontmatter", "charset-normalizer"),
    *("pypdfium2", "python-docx", "pysubs2", "feedparser"),
)
"""Libraries that formats may use; one that is not installed counts as such."""


@cache
def extractor_version() -> str:
    """A hash of the code that extracts and of the versions of its libraries: 16 hexadecimal digits.

    Nobody has to remember to count it up, and a change of a comment costs one more extraction at most.
    """
    digest = hashlib.sha256()
    for name in sorted(LIBRARIES):
        digest.update(f"{name}={_installed(name)}\n".encode())
    for file in _sources(files("ingest")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _sources(package: Traversable) -> list[Traversable]:
    own = [entry for entry in package.iterdir() if entry.name.endswith(".py")]
    return [*sorted(own, key=lambda entry: entry.name), *_all_below(package / "formats")]


def _all_below(folder: Traversable) -> list[Traversable]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    files_here = [entry for entry in entries if entry.name.endswith(".py")]
    folders = [entry for entry in entries if entry.is_dir() and entry.name != "__pycache__"]
    return files_here + [file for below in folders for file in _all_below(below)]
