"""Subtitles (SubRip and WebVTT), read with pysubs2: what was said, with the time of each cue as its place."""

import re
from collections.abc import Iterator
from html import unescape

from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.extract import Extract, Format
from ingest.places import PlacedText
from ingest.text import canonical_text

PAUSE_SECONDS = 3.0
"""A longer silence begins a paragraph."""

PARAGRAPH_CHARACTERS = 500
"""A paragraph of so many characters ends with its sentence."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d+:\d+[^<>]*>")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]+)*\s+([^<>]+)>")
_VTT_NOTES = re.compile(r"^(?:NOTE|STYLE|REGION)\b.*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_ENDED = re.compile(r"[.!?…][\"'”’)]*$")


def extract(document: RawDocument) -> Extract:
    """Read subtitles.

    Raises:
        ExtractionError: they cannot be read, or nothing is said in them.
    """
    text = canonical_text(decode_text(document.data))
    placed = PlacedText()
    before: tuple[float, str] | None = None
    length = 0
    for start, end, words in _cues(text):
        pause = before is not None and start - before[0] > PAUSE_SECONDS
        full = before is not None and length > PARAGRAPH_CHARACTERS and _ENDED.search(before[1])
        new = before is None or pause or bool(full)
        placed.add(words, _time(start), "\n\n" if new else " ")
        length = len(words) if new else length + len(words)
        before = (end, words)
    if not placed.text:
        raise ExtractionError("There is nothing said in the subtitles.", "Check the file.")
    return Extract(text=placed.text, places=tuple(placed.places))


def _cues(text: str) -> Iterator[tuple[float, float, str]]:
    """Start and end (seconds) and words of each cue, without lines that it repeats from the last one."""
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    kind = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    source = _VTT_NOTES.sub("", text) if kind == "vtt" else text
    try:
        events = SSAFile.from_string(source, format_=kind, keep_html_tags=True)
    except (Pysubs2Error, ValueError) as error:
        raise ExtractionError("The subtitles cannot be read.", "Save them as .srt or .vtt again.") from error
    last: list[str] = []
    for event in sorted(events, key=lambda event: event.start):
        spoken = _TAG.sub("", _SPEAKER.sub(r"\1: ", event.plaintext))
        shown = unescape(spoken) if kind == "vtt" else spoken
        lines = [" ".join(line.split()) for line in shown.split("\n") if line.strip()]
        fresh = [line for line in lines if line not in last]
        last = lines
        if fresh:
            yield event.start / 1000, event.end / 1000, " ".join(fresh)


def _time(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


FORMAT = Format(
    "subtitles",
    (".srt", ".vtt"),
    recognises=lambda data: data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
    extract=extract,
    media_types=("text/vtt", "application/x-subrip"),
)
