"""What comes of real feeds, well and ill formed, and of hostile ones.

Run `python -m evals.benchmarks.feeds DATA_FOLDER`, where the folder holds `feedparser_feeds/`, the test feeds
of feedparser. Counted are the feeds whose entries were read, those that were refused with a reason, and among
those that are there to be sanitised, the entries and titles of feeds in which something that a browser would
act on was left.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.errors import DataSetError
from ingest.sources.web.errors import FetchError
from ingest.sources.web.feeds import Entry, FeedPart, feed_parts

FEEDS = "feedparser_feeds"
HOSTILE = "sanitize"
ADDRESS = "https://feeds.example/feed.xml"
ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|applet|meta|link|base|form|img|svg)\b|javascript:|vbscript:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of some feeds; `active` counts the entries and titles of feeds that are not inert."""

    feeds: int
    refused: int
    entries: int
    active: int


def count(paths: Sequence[Path]) -> Counts:
    """Read feeds and count what came of them.

    Raises:
        Exception: whatever reading a feed raises beside a refusal, since that is what is tested.
    """
    read = [_parts(path) for path in paths]
    parts = [part for found in read if found is not None for part in found]
    entries = [entry for part in parts for entry in part.entries]
    active = sum(map(_is_active, entries)) + sum(bool(ACTIVE.search(part.feed.title)) for part in parts)
    return Counts(len(paths), read.count(None), len(entries), active)


def _is_active(entry: Entry) -> bool:
    """Whether something in an entry's texts would be acted on if a page showed it as markup."""
    return any(ACTIVE.search(text) for text in (entry.title, entry.text, *entry.authors))


def _parts(path: Path) -> list[FeedPart] | None:
    try:
        return list(feed_parts(path.read_bytes(), ADDRESS))
    except FetchError:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts of all feeds and of the hostile ones."""
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="the folder that holds feedparser_feeds/")
    paths = sorted((parser.parse_args(arguments).folder / FEEDS).rglob("*.xml"))
    if not paths:
        raise DataSetError("There are no feeds in that folder.", f"It must hold {FEEDS}/.")
    for name, some in (("all", paths), ("hostile", [path for path in paths if HOSTILE in str(path)])):
        counts = count(some)
        print(
            f"{name}: {counts.feeds} feeds, {counts.refused} refused, {counts.entries} entries, "
            f"{counts.active} not inert"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
