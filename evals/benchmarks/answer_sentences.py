"""How good the sentences are that the extractive answerer picks, before any declining.

Run `python -m evals.benchmarks.answer_sentences --data FOLDER [--realtimeqa FOLDER] [--year 2022]`. For news
questions: whether the best sentence, the best three, and the sentences shown hold the answer, alone and with
their headlines; for SQuAD v1.1 the same; for both the short answer's exact match and F1. For ClapNQ the F1 of
the sentences shown against those that people selected, averaged over annotators. Of SQuAD and ClapNQ only the
articles are asked about that nothing was trained on.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import fmean

from assistant.answerers.base import UnderstoodQuestion
from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.choosing import choose
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import read, readings_of
from evals.answer_hit import holds, plain_words
from evals.benchmarks.reading_cases import CaseSet, ReadingCase, load_clapnq, load_realtimeqa, load_squad
from evals.cited_sentences import sentence_f1
from evals.parts import part_of

SQUAD_QUESTIONS = 1_500
QUESTIONS_2022 = "realtimeqa/questions_2022.txt"


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


def pick(cases: CaseSet, reader: Reader | None = None) -> Iterator[Picked]:
    """Run the answerer's reading and choosing over cases, with a reader's help or by words alone."""
    for case in cases.cases:
        question = UnderstoodQuestion(case.question, case.question, case.as_of or date(2023, 1, 1))
        readings = readings_of(reader, case.question, case.passages)
        reading = read(question, case.passages, cases.evidence, readings)
        choices = choose(reading, lambda _: None)
        span = reading.short_answer(choices[0].item) if choices else None
        yield Picked(
            case,
            tuple(item.candidate for item in reading.ranked[:3]),
            tuple(choice.text for choice in choices),
            tuple(choice.item.candidate.retrieved.article.title for choice in choices),
            choices[0].item.candidate.text[span.start : span.end] if choices and span else "",
        )


def print_containment(name: str, picked: Sequence[Picked]) -> None:
    """Print the shares of questions whose sentences hold an answer, and what the short answer is worth."""
    first = fmean(_holds([item.text for item in pick.ranked[:1]], pick) for pick in picked)
    first_titled = fmean(_holds(map(_titled, pick.ranked[:1]), pick) for pick in picked)
    three = fmean(_holds([item.text for item in pick.ranked], pick) for pick in picked)
    three_titled = fmean(_holds(map(_titled, pick.ranked), pick) for pick in picked)
    shown = fmean(_holds(pick.shown, pick) for pick in picked)
    shown_titled = fmean(_holds((*pick.shown, *pick.titles), pick) for pick in picked)
    count = fmean(len(pick.shown) for pick in picked)
    print(
        f"{name:16} n {len(picked):5} | first {first:.3f} / {first_titled:.3f}"
        f" | three {three:.3f} / {three_titled:.3f}"
        f" | shown ({count:.2f}) {shown:.3f} / {shown_titled:.3f}"
    )
    given = [pick for pick in picked if pick.short_answer]
    matches = fmean(_exact(pick) for pick in picked)
    overlap = fmean(_token_f1(pick) for pick in picked)
    print(f"{'':16} short answer given {len(given) / len(picked):.3f} exact {matches:.3f} F1 {overlap:.3f}")


def print_selected(name: str, picked: Sequence[Picked]) -> None:
    """Print the F1 of the sentences shown against the selected ones."""
    scored = [pick for pick in picked if pick.case.answerable and pick.case.selected]
    value = fmean(fmean(sentence_f1(pick.shown, chosen) for chosen in pick.case.selected) for pick in scored)
    count = fmean(len(pick.shown) for pick in scored)
    print(f"{name:16} n {len(scored):5} | sentences shown {count:.2f}, F1 {value:.3f}")


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


def _not_trained_on(cases: CaseSet) -> CaseSet:
    return replace(cases, cases=tuple(case for case in cases.cases if part_of(case.group) != "train"))


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
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    options = parser.parse_args(arguments)
    reader = open_reader(options.reader)
    print_selected("ClapNQ", list(pick(_not_trained_on(load_clapnq(options.data / "clapnq")), reader)))
    squad = _not_trained_on(load_squad(options.data / "squad" / "dev-v1.1.json"))
    sample = random.Random(0).sample(squad.cases, SQUAD_QUESTIONS)
    print_containment("SQuAD v1.1", list(pick(CaseSet(tuple(sample), squad.evidence), reader)))
    for year in (options.year or ["2022", "2023"]) if options.realtimeqa else []:
        listed = options.data / QUESTIONS_2022
        wanted = frozenset(listed.read_text().split()) if year == "2022" and listed.is_file() else None
        news = load_realtimeqa(options.realtimeqa, year, wanted)
        print_containment(f"RealTimeQA {year}", list(pick(news, reader)))


if __name__ == "__main__":
    main()
