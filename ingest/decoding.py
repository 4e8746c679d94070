"""Bytes to text: the declared or detected encoding, and never a replacement character for what is unknown."""

import codecs
import re

from ingest.errors import ExtractionError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "tis-620": "cp874",
}
"""What pages that declare these encodings are really in, as browsers take them (WHATWG Encoding Standard)."""

_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""Python decodes these too; no document is in one, and some take quadratic time."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROLS_ALLOWED = 0.01
"""Share of control characters above which a decoded text is taken for binary data."""

_DETECTION_BYTES = 200_000


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Decode a document's bytes.

    In this order: a byte-order mark, UTF-8, the `declared` encoding, UTF-16 without a mark, what
    charset-normalizer detects. UTF-8 goes before the declaration because pages that are valid UTF-8 and
    declare something else are common, and text in another encoding is hardly ever valid UTF-8. Text that
    is mostly UTF-8 is not read as anything else: all of its accents and quotation marks would be wrong.

    Raises:
        ExtractionError: the bytes are no text, their encoding cannot be told, or they are damaged UTF-8.
    """
    binary = next((kind for magic, kind in _KNOWN_BINARY if data.startswith(magic)), None)
    if binary is not None:
        raise ExtractionError(f"This is {binary}, not text.", "Convert it to text, Markdown or HTML first.")
    mark = next((encoding for magic, encoding in _BYTE_ORDER_MARKS if data.startswith(magic)), None)
    if mark is not None:
        return _checked(_decoded(data, mark), f"It begins as {mark} text does and is not.")
    wide = _unmarked_utf16(data)
    if wide is not None:
        return _checked(_decoded(data, wide), "It holds NUL bytes.")
    if b"\0" in data:
        raise _not_text("It holds NUL bytes.")
    text = _decoded(data, "utf-8")
    if text is not None and not (declared and b"\x1b" in data):
        return _checked(text, "It is full of control characters.")
    if declared:
        text = _decoded(data, _MEANT.get(declared.strip().lower(), declared))
    if text is None:
        _refuse_damaged_utf8(data)
        text = _detected(data)
    return _checked(text, "Its encoding cannot be told.")


def encoding_of(sample: bytes) -> str:
    """The encoding of a text, from its beginning; UTF-8 where nothing speaks for another."""
    mark = next((encoding for magic, encoding in _BYTE_ORDER_MARKS if sample.startswith(magic)), None)
    found = mark or _unmarked_utf16(sample)
    if found is not None:
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _detected_encoding(sample) or "utf-8"
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        known = codecs.lookup(encoding).name not in _NO_CHARSETS
        return data.decode(encoding, "strict") if known else None
    except (ValueError, LookupError):
        return None


def _refuse_damaged_utf8(data: bytes) -> None:
    """Raise if more characters beyond ASCII are sound UTF-8 than bytes are not.

    In short texts of 18 other encodings there were at most 4 such characters for 10 such bytes (Thai).
    """
    sound = data.decode("utf-8", "ignore")
    broken_bytes = len(data) - len(sound.encode("utf-8"))
    if sum(character > "\x7f" for character in sound) <= broken_bytes:
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExtractionError(
            f"This is UTF-8 text with {'a broken character' if broken_bytes < 4 else 'broken characters'}"
            f" in line {line} (byte {error.start + 1:,}).",
            "Correct it there, or save it as UTF-8 text anew.",
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark: nearly every second byte of Western text is then NUL."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    if sample[1::2].count(0) > 0.7 * half and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _detected(data: bytes) -> str | None:
    encoding = _detected_encoding(data)
    return None if encoding is None else _decoded(data, encoding)


def _detected_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECTION_BYTES]).best()
    return None if best is None else best.encoding


def _checked(text: str | None, reason: str) -> str:
    if text is None:
        raise _not_text(reason)
    if len(_CONTROLS.findall(text)) > _CONTROLS_ALLOWED * len(text):
        raise _not_text("It is full of control characters.")
    return text


def _not_text(reason: str) -> ExtractionError:
    return ExtractionError(f"This is not text in any known encoding. {reason}", "Save it as UTF-8 text.")
