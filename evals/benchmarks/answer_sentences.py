"""How good the sentences are that the extractive answerer picks, before any declining.

Run `python -m evals.benchmarks.answer_sentences --data FOLDER [--realtimeqa FOLDER --year 2022 --home HOME]`.
For news questions: whether the best sentence, the best three, and the sentences shown hold the answer, alone
and with their headlines; for SQuAD v1.1 the same; for both the short answer's exact match and F1. For ClapNQ
the F1 of the sentences shown against those that people selected, averaged over annotators. Of SQuAD and
ClapNQ only the articles are asked about that nothing was trained on.

The passages of news questions are those that the assistant retrieves from the index in HOME, the question's
day given; without a HOME those that keywords and dates find among the year's articles, in memory. Every
figure has the 95% interval of the bootstrap over questions.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np

from assistant.answerers.base import Evidence, UnderstoodQuestion
from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.choosing import choose
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import read, readings_of
from assistant.core import Assistant
from assistant.evidence import IndexEvidence
from assistant.settings import Settings
from evals.answer_hit import holds, plain_words
from evals.benchmarks.news_questions import NewsQuestion, read_questions
from evals.benchmarks.reading_cases import (
    CaseSet,
    ReadingCase,
    is_short,
    load_clapnq,
    load_realtimeqa,
    load_squad,
)
from evals.benchmarks.resampling import Estimate, estimates
from evals.cited_sentences import sentence_f1
from evals.datasets.realtimeqa import DATA_SET as REALTIMEQA
from evals.datasets.realtimeqa import PUBLISHED_YEAR
from evals.parts import part_of

SQUAD_QUESTIONS = 1_500
QUESTIONS_2022 = "realtimeqa/questions_2022.txt"
YEARS = ("2022", "2023")
SENTENCES = (
    "best one",
    "or its headline",
    "best three",
    "or their headlines",
    "shown",
    "or a headline shown",
)
SHORT_ANSWERS = ("short answer given", "exact match", "token F1")
SELECTED = ("F1 of the sentences shown", "sentences shown")
KNOWN_AS = ("short_answer_leads", "leads_or_headline", "answer_contained", "contained_or_headline")
"""The metrics under whose names others' figures for the first four of `SENTENCES` are kept."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What the answerer picked for a case.

    Attributes:
        ranked: the best three sentences, best first.
        shown: the quotes of the answer.
        titles: headlines of `shown`.
        short_answer: "" for none.
    """

    case: ReadingCase
    ranked: tuple[Candidate, ...]
    shown: tuple[str, ...]
    titles: tuple[str, ...]
    short_answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Cases, and what an answerer may ask of their collection."""

    cases: tuple[ReadingCase, ...]
    evidence: Evidence

    def sample(self, count: int | None) -> "Asked":
        """So many of the cases, drawn at random, always the same; all for None or where there are fewer."""
        if count is None or count >= len(self.cases):
            return self
        return Asked(tuple(random.Random(0).sample(self.cases, count)), self.evidence)


def pick(asked: Asked, reader: Reader | None = None) -> Iterator[Picked]:
    """Run the answerer's reading and choosing over cases, with a reader's help or by words alone."""
    for case in asked.cases:
        question = UnderstoodQuestion(case.question, case.question, case.as_of or date(2023, 1, 1))
        readings = readings_of(reader, case.question, case.passages)
        reading = read(question, case.passages, asked.evidence, readings)
        choices = choose(reading, lambda _: None)
        span = reading.short_answer(choices[0].item) if choices else None
        yield Picked(
            case,
            tuple(item.candidate for item in reading.ranked[:3]),
            tuple(choice.text for choice in choices),
            tuple(choice.item.candidate.retrieved.article.title for choice in choices),
            choices[0].item.candidate.text[span.start : span.end] if choices and span else "",
        )


def containment(picked: Sequence[Picked]) -> dict[str, Estimate]:
    """The shares of questions whose sentences hold an answer, by the heads of `SENTENCES`."""
    return _estimates(
        SENTENCES,
        (
            (
                _holds([item.text for item in pick.ranked[:1]], pick),
                _holds(map(_titled, pick.ranked[:1]), pick),
                _holds([item.text for item in pick.ranked], pick),
                _holds(map(_titled, pick.ranked), pick),
                _holds(pick.shown, pick),
                _holds((*pick.shown, *pick.titles), pick),
            )
            for pick in picked
        ),
    )


def short_answers(picked: Sequence[Picked]) -> dict[str, Estimate]:
    """What the short answers are worth, by the heads of `SHORT_ANSWERS`."""
    return _estimates(
        SHORT_ANSWERS, ((bool(pick.short_answer), _exact(pick), _token_f1(pick)) for pick in picked)
    )


def selected(picked: Sequence[Picked]) -> dict[str, Estimate]:
    """The F1 of the sentences shown against those that people selected."""
    scored = [pick for pick in picked if pick.case.answerable and pick.case.selected]
    return _estimates(
        SELECTED,
        (
            (fmean(sentence_f1(pick.shown, chosen) for chosen in pick.case.selected), len(pick.shown))
            for pick in scored
        ),
    )


def table(heads: Sequence[str], rows: Mapping[str, Mapping[str, Estimate]]) -> Iterator[str]:
    """Rows of figures, each with its interval, as Markdown."""
    yield f"| set | {' | '.join(heads)} |"
    yield "|---" * (1 + len(heads)) + "|"
    for name, figures in rows.items():
        yield f"| {name} | {' | '.join(str(figures[head]) for head in heads)} |"


def known_rows() -> Iterator[str]:
    """Others' figures on the news of 2022, under the first four of `SENTENCES`, as Markdown."""
    for one in REALTIMEQA.published:
        cells = [one.figures.get(name) for name in KNOWN_AS]
        if cells[0] is not None:
            shown = ("" if cell is None else f"{cell:.3f}" for cell in cells)
            yield f"| known: {one.system} | {' | '.join(shown)} | | |"


def _estimates(heads: Sequence[str], rows: Iterable[Sequence[float]]) -> dict[str, Estimate]:
    columns = np.array(list(rows), np.float64).reshape(-1, len(heads)).T
    return estimates(dict(zip(heads, columns, strict=True)))


def _holds(texts: Iterable[str], picked: Picked) -> bool:
    return any(holds(text, picked.case.answers) for text in texts)


def _titled(candidate: Candidate) -> str:
    return f"{candidate.text} . {candidate.retrieved.article.title}"


def _exact(picked: Picked) -> bool:
    return plain_words(picked.short_answer) in {plain_words(answer) for answer in picked.case.answers}


def _token_f1(picked: Picked) -> float:
    return max(
        (
            _overlap(plain_words(picked.short_answer).split(), plain_words(answer).split())
            for answer in picked.case.answers
        ),
        default=0.0,
    )


def _overlap(ours: Sequence[str], theirs: Sequence[str]) -> float:
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def _not_trained_on(cases: CaseSet) -> Asked:
    return Asked(tuple(case for case in cases.cases if part_of(case.group) != "train"), cases.evidence)


@contextmanager
def news_asked(data: Path, year: str, wanted: frozenset[str] | None, home: Path | None) -> Iterator[Asked]:
    """The news questions of a year with the passages to answer them from, of an index where one is named.

    Args:
        data: holds corpus.jsonl and queries.jsonl.
        wanted: ids of the questions; None for all with a short answer.
        home: of an index, which is only read.
    """
    if home is None:
        found = load_realtimeqa(data, year, wanted)
        yield Asked(found.cases, found.evidence)
        return
    with Assistant.open(home, settings=Settings(home=home, model=None)) as assistant:
        questions = read_questions(data, year, wanted)
        cases = (
            _news_case(assistant, one) for one in questions if wanted is not None or is_short(one.answers)
        )
        yield Asked(tuple(cases), IndexEvidence(assistant.index))


def _news_case(assistant: Assistant, question: NewsQuestion) -> ReadingCase:
    passages = assistant.retrieve(question.text, as_of=question.day)
    return ReadingCase(question.text, passages, question.id, answers=question.answers, as_of=question.day)


def _measure_clapnq(options: argparse.Namespace, reader: Reader | None) -> None:
    asked = _not_trained_on(load_clapnq(options.data / "clapnq"))
    picked = list(pick(asked.sample(options.limit), reader))
    print("\n".join([*table(SELECTED, {f"ClapNQ ({len(picked)})": selected(picked)}), ""]), flush=True)


def _measure_squad(options: argparse.Namespace, reader: Reader | None) -> None:
    asked = _not_trained_on(load_squad(options.data / "squad" / "dev-v1.1.json"))
    picked = list(pick(asked.sample(min(SQUAD_QUESTIONS, options.limit or SQUAD_QUESTIONS)), reader))
    _print_news_or_squad(f"SQuAD v1.1 ({len(picked)})", picked)


def _measure_news(options: argparse.Namespace, reader: Reader | None) -> None:
    if options.realtimeqa is None:
        return
    for year in options.year or YEARS:
        listed = options.data / QUESTIONS_2022
        wanted = frozenset(listed.read_text().split()) if year == "2022" and listed.is_file() else None
        if options.limit and wanted:
            wanted = frozenset(sorted(wanted)[: options.limit])
        with news_asked(options.realtimeqa, year, wanted, options.home) as asked:
            picked = list(pick(asked.sample(options.limit), reader))
        _print_news_or_squad(f"RealTimeQA {year} ({len(picked)})", picked, known=year == PUBLISHED_YEAR)


def _print_news_or_squad(name: str, picked: Sequence[Picked], *, known: bool = False) -> None:
    lines = [*table(SENTENCES, {name: containment(picked)}), *(known_rows() if known else ())]
    print("\n".join([*lines, "", *table(SHORT_ANSWERS, {name: short_answers(picked)}), ""]), flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on the sets that are there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad/ and clapnq/")
    parser.add_argument(
        "--realtimeqa", type=Path, help="a folder with corpus.jsonl and queries.jsonl of news questions"
    )
    parser.add_argument(
        "--year", action="append", default=[], help="a year of the news questions; repeatable"
    )
    parser.add_argument("--home", type=Path, help="folder of an index of the news, which is only read")
    parser.add_argument("--set", action="append", choices=MEASURES, help="only these sets; repeatable")
    parser.add_argument("--limit", type=int, help="only so many questions of each set, drawn at random")
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    options = parser.parse_args(arguments)
    reader = open_reader(options.reader)
    for name in options.set or MEASURES:
        MEASURES[name](options, reader)


MEASURES: dict[str, Callable[[argparse.Namespace, Reader | None], None]] = {
    "clapnq": _measure_clapnq,
    "squad": _measure_squad,
    "realtimeqa": _measure_news,
}

if __name__ == "__main__":
    main()
