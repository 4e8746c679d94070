"""Reading a model's reply: plain text, sentences, and the passage numbers that each sentence cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answerers.language_model.fencing import visible
from ingest.sentences import split_sentences

LONGEST_RANGE = 20

_THINKING = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_ACTIVE_HTML = re.compile(r"<(script|style|iframe|object|svg)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]\[]+)\]\([^()\s]{0,500}(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|(?<!\w)_)(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"`+([^`]*)`+")
_LINE_LEAD = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+•]\s+|\d{1,2}[.)]\s+)+")
_FENCE_OR_RULE = re.compile(r"^\s*(?:`{3,}.*|~{3,}.*|[-*_=]{3,}|\|?[\s:|-]*-{3,}[\s:|-]*)\s*$")
_SOURCE_LIST = re.compile(r"^\s*(?:sources?|references?|citations?)\s*:?\s*$", re.IGNORECASE)

_NUMBER = r"[-−]?\d{1,6}"
_MARKER = re.compile(
    r"[ \t]*[\[【]\^?(?:(?:passages?|sources?)\s+)?"
    rf"({_NUMBER}(?:\s*[,;–-]\s*\^?{_NUMBER})*)(?:†[^\]】]*)?[\]】]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\d-])(\d+)\s*[-–]\s*(\d+)")


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """One sentence of a reply, without its markers.

    Attributes:
        numbers: of the passages that it cites, each between 1 and the number given, without repeats.
    """

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadReply:
    """A reply in sentences.

    Attributes:
        unknown: numbers cited that no passage has, in order of appearance, without repeats.
    """

    sentences: tuple[ReplySentence, ...]
    unknown: tuple[int, ...]


def read_reply(text: str, passages: int) -> ReadReply:
    """Read a reply.

    Args:
        text: as the model wrote it; Markdown, HTML and hidden characters are taken off.
        passages: how many it was given, numbered from 1.
    """
    sentences: list[tuple[str, list[int]]] = []
    for line in _lines(plain_text(text)):
        _take_line(line, sentences)
    cited = dict.fromkeys(number for _, numbers in sentences for number in numbers)
    known = range(1, passages + 1)
    return ReadReply(
        sentences=tuple(
            ReplySentence(words, tuple(dict.fromkeys(number for number in numbers if number in known)))
            for words, numbers in sentences
        ),
        unknown=tuple(number for number in cited if number not in known),
    )


def plain_text(text: str) -> str:
    """A reply without thinking aloud, markup, and characters that cannot be seen."""
    spoken = visible(_THINKING.sub("", text))
    bare = _HTML.sub("", _ACTIVE_HTML.sub("", spoken))
    return _LINK.sub(_link_text, _IMAGE.sub("", bare))


def _link_text(link: re.Match[str]) -> str:
    return f"[{link[1]}]" if link[1].strip().isdigit() else link[1]


def _lines(text: str) -> Iterator[str]:
    """The lines that say something, without list and heading marks; nothing after a list of sources."""
    for line in text.splitlines():
        if _SOURCE_LIST.match(_unmarked(line)):
            return
        if line.strip() and not _FENCE_OR_RULE.match(line):
            yield _unmarked(line)


def _unmarked(line: str) -> str:
    spans = _CODE.sub(r"\1", _LINE_LEAD.sub("", line))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", spans)).replace("|", " ").strip()


def _take_line(line: str, sentences: list[tuple[str, list[int]]]) -> None:
    """Add a line's sentences; a marker belongs to the sentence before it, or to the first of its line."""
    text, markers = _without_markers(line)
    spans = [span for span in split_sentences(text) if re.search(r"\w", text[span.start : span.end])]
    before = len(sentences)
    sentences += [(" ".join(text[span.start : span.end].split()), []) for span in spans]
    for position, numbers in markers:
        place = before + max(0, sum(span.start < position for span in spans) - 1)
        if spans:
            sentences[place][1].extend(numbers)
        elif sentences:
            sentences[-1][1].extend(numbers)


def _without_markers(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    kept: list[str] = []
    markers: list[tuple[int, list[int]]] = []
    end = 0
    for marker in _MARKER.finditer(line):
        kept.append(line[end : marker.start()])
        markers.append((sum(map(len, kept)), _numbers(marker[1])))
        end = marker.end()
    return "".join([*kept, line[end:]]), markers


def _numbers(listed: str) -> list[int]:
    """The numbers of "1", "1, 3", "2-4" or "-1"."""
    spelt = _RANGE.sub(lambda match: _spelt_range(int(match[1]), int(match[2])), listed)
    return [int(number.replace("−", "-")) for number in re.findall(_NUMBER, spelt)]


def _spelt_range(first: int, last: int) -> str:
    ends = first < last <= first + LONGEST_RANGE
    numbers: Sequence[int] = range(first, last + 1) if ends else (first, last)
    return ", ".join(map(str, numbers))
