"""What a user wrote, as a source."""

import os
import re
from pathlib import Path

from ingest.errors import SourceError, UsageError
from ingest.sources.files import FileSource
from ingest.sources.folder import FolderSource
from ingest.sources.samples import SamplesSource
from ingest.sources.source import DEFAULT_OPTIONS, Source, SourceOptions
from ingest.sources.web.address_lists import SUFFIXES, holds_list
from ingest.sources.web.source import AddressListSource, WebSource

SAMPLES = "samples"
_SHOWN_CHARACTERS = 200
_HOST = re.compile(r"(?:localhost|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})(?::\d+)?(?:/|$)")
_ADDRESS_ADVICE = "; an address of the web begins with https://."
_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")


def open_source(text: str, options: SourceOptions = DEFAULT_OPTIONS) -> Source:
    """Open the source that `text` names: a file, a folder, an address of the web, or "samples".

    A folder of your own that is called "samples" is reached as "./samples". A text file that holds nothing
    but addresses is a list of them. Nothing is fetched yet.

    Raises:
        UsageError: the text is blank or an address of a kind that is not read.
        SourceError: there is nothing there, or nothing in it that can be read.
    """
    if not text.strip() or "\0" in text:
        raise UsageError("No source was named.", "Name a file, a folder, or samples.")
    if text == SAMPLES:
        return SamplesSource()
    if _ADDRESS.match(text):
        return WebSource(text, options)
    return _on_disk(Path(text), options)


def _on_disk(named: Path, options: SourceOptions) -> Source:
    try:
        path = named.expanduser()
        if path.is_dir():
            return FolderSource.open(path.resolve(), options)
        there = path.exists() or path.is_symlink()
        parent = path.parent.resolve()
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{_shown(named)} cannot be read: {reason}.", "Check the path.") from error
    if not there:
        raise SourceError(
            f"There is no file or folder at {_shown(path)}.",
            f"Check the path (you are in {_shown(Path.cwd())}), or name samples for the sample collection"
            f"{_ADDRESS_ADVICE if _HOST.match(str(named)) else '.'}",
        )
    if path.suffix.lower() in SUFFIXES and holds_list(path):
        return AddressListSource(parent / path.name, options)
    return FileSource(parent / path.name, options)


def open_list(path: Path, options: SourceOptions = DEFAULT_OPTIONS) -> Source:
    """Open a file that is said to hold addresses, one on each line. Nothing is fetched yet.

    Raises:
        SourceError: the file cannot be read.
        UsageError: a line is no address.
    """
    return AddressListSource(path.expanduser().resolve(), options)


def _shown(path: Path) -> str:
    """A path for a message: of one line's length, and of characters that can be printed."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
