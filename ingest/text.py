"""The one normalisation of text, done when a document is read: every offset counts in its result.

What `stored_text` and `stored_line` do:

- Unicode form NFC, so that one letter is one spelling. A run of more than 30 combining marks is cut there
  (the Stream-Safe Text Format of UAX #15), because normalising a longer one takes quadratic time.
- Every kind of line end becomes a line feed, every kind of space a plain space.
- Removed: control characters, lone surrogates (neither SQLite nor JSON can hold them), and characters that
  show nothing and so could hide or reorder text: byte-order marks, zero-width spaces, soft hyphens,
  directional overrides and embeddings, tag characters. Joiners that shape a script (ZWJ, ZWNJ) stay.
- Lines lose the spaces at their ends, the text its blank border, and several blank lines become one.
"""

import re
import sys
import unicodedata
from functools import cache

COMBINING_RUN = 30
"""Combining marks in a row that are kept (UAX #15, section 13)."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
"""Sought from the beginning of each run alone: from every character of one, it takes quadratic time."""

_BLANK_LINES = re.compile(r"\n{3,}")
_WHITE_SPACE = re.compile(r"\s+")


def stored_text(text: str) -> str:
    """Normalise a text of several lines, as this module's docstring says. Idempotent."""
    characters = canonical_text(text)
    characters = _TRAILING_SPACE.sub("", characters)
    return _BLANK_LINES.sub("\n\n", characters).strip()


def stored_line(text: str) -> str:
    """Normalise a title, a name or the like to one line: as `stored_text`, with single spaces."""
    return _WHITE_SPACE.sub(" ", canonical_text(text)).strip()


def canonical_text(text: str) -> str:
    """Normalise characters as `stored_text` does, and leave the white space between them alone."""
    if text.isascii() and text.isprintable():
        return text
    lines = _LINE_ENDS.sub("\n", text)
    visible = _REMOVED.sub("", _SPACES.sub(" ", lines))
    if visible.isascii():
        return visible
    return unicodedata.normalize("NFC", _combining_excess().sub(r"\1", visible))


@cache
def _combining_excess() -> re.Pattern[str]:
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))]
    one_mark = f"[{''.join(marks)}]"
    return re.compile(f"({one_mark}{{{COMBINING_RUN}}}){one_mark}+")
