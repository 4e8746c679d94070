"""Questions of SQuAD's training set (CC BY-SA 4.0) over those of its paragraphs that are at hand.

Two forms are read: SQuAD's own (`*.json`), and lines of tokens that belong together (`NAME.context`,
`NAME.question` and `NAME.span`, the last giving the first and the last token of the answer).
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.training.reader.examples import ReadingExample, squad_article
from evals.training.reader.further import running_text
from evals.training.reader.pairs import GROUP_CHARACTERS

SOURCE = "fragment"
_NO_LETTER = re.compile(r"\W+")


def fragment_examples(folder: Path) -> list[ReadingExample]:
    """Every question once, beside its paragraph; of two forms of one paragraph SQuAD's own is taken."""
    found = [*in_own_form(folder), *_as_tokens(folder)]
    paragraphs: dict[str, str] = {}
    for example in found:
        paragraphs.setdefault(folded(example.text), example.text)
    kept: dict[tuple[str, str], ReadingExample] = {}
    for example in found:
        if paragraphs[folded(example.text)] == example.text:
            kept.setdefault((folded(example.question), example.text), example)
    return list(kept.values())


def folded(text: str) -> str:
    """Its letters and figures alone: what two ways of cutting a text into tokens have in common."""
    return _NO_LETTER.sub("", text.casefold())


def in_own_form(folder: Path) -> Iterator[ReadingExample]:
    """The questions of the files in SQuAD's own form, each beside its paragraph."""
    for file in sorted(folder.glob("*.json")):
        for article in json.loads(file.read_text("utf-8"))["data"]:
            yield from squad_article(article, SOURCE)


def _as_tokens(folder: Path) -> Iterator[ReadingExample]:
    for file in sorted(folder.glob("*.context")):
        lines = [_lines(file.with_suffix(f".{kind}")) for kind in ("context", "question", "span")]
        for context, question, span in zip(*lines, strict=True):
            text, offsets = running_text(context.split(" "))
            first, last = map(int, span.split())
            if first <= last < len(offsets):
                place = (offsets[first][0], offsets[last][1])
                asked = running_text(question.split())[0]
                yield ReadingExample(SOURCE, text[:GROUP_CHARACTERS], asked, "", text, True, (place,))


def _lines(file: Path) -> Sequence[str]:
    return file.read_text("utf-8").splitlines()
