"""One case of a run: asked, checked, and written down as a line of JSON."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evals.judging import Check, Judged
from evals.judging import judge as check_case
from evals.metrics import measure_case
from evals.opinion import AnswerJudge, Opinion, opinion_of
from evals.ranked import Rankings
from evals.ranks import article_ranks
from evals.reply import Reply
from evals.searching import search_case
from evals.subject import Asked, Subject
from evals.suite import Case
from evals.tally import Tally

BULKY = ("retrieved", "nearest")


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What a run keeps of a case.

    Attributes:
        digest: the case's digest when it was run.
        expected: what the case asked for, as lists of text by kind, for reports.
        answer: the answer's JSON, None when asking failed.
        error: type, message and traceback of the failure, None when there was none.
        verbatim: whether each citation's quote stands at its offsets, by citation number.
        tallies: what the case adds to each metric.
        rankings: by way of searching, the passages found, best first, each with whether it is relevant.
        ranks: for each demanded article, the place from 1 of its first passage among those retrieved, None
            where it is not among them.
        opinion: the judge's, None without one.
    """

    id: str
    digest: str
    question: str
    tags: tuple[str, ...]
    expected: dict[str, Any]
    answer: dict[str, Any] | None
    error: str | None
    milliseconds: float
    verbatim: dict[int, bool]
    checks: tuple[Check, ...]
    tallies: dict[str, Tally]
    rankings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ranks: tuple[int | None, ...] = ()
    opinion: Opinion | None = None

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    def slimmed(self) -> "CaseRecord":
        """The record for a report: of a passed case, without the passages that nobody will look at."""
        return self.without_passages() if self.passed else self

    def without_passages(self) -> "CaseRecord":
        """The record without the passages that were retrieved."""
        if self.answer is None:
            return self
        return replace(self, answer={key: part for key, part in self.answer.items() if key not in BULKY})

    def to_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {
            "id": self.id,
            "passed": self.passed,
            "question": self.question,
            "tags": list(self.tags),
            "expected": self.expected,
            "checks": [
                {"name": check.name, "passed": check.passed, "detail": check.detail} for check in self.checks
            ],
            "error": self.error,
            "milliseconds": round(self.milliseconds, 3),
            "verbatim": {str(number): truth for number, truth in self.verbatim.items()},
            "tallies": {name: [tally.numerator, tally.denominator] for name, tally in self.tallies.items()},
            "digest": self.digest,
            "ranks": list(self.ranks),
            "opinion": None if self.opinion is None else self.opinion.to_json(),
            "answer": self.answer,
            **({"rankings": self.rankings} if self.rankings else {}),
        }

    @classmethod
    def from_json(cls, line: Mapping[str, Any]) -> "CaseRecord":
        """The inverse of `to_json`.

        Raises:
            KeyError: a field is missing.
        """
        return cls(
            id=line["id"],
            digest=line["digest"],
            question=line["question"],
            tags=tuple(line["tags"]),
            expected=line["expected"],
            answer=line["answer"],
            error=line["error"],
            milliseconds=line["milliseconds"],
            verbatim={int(number): truth for number, truth in line["verbatim"].items()},
            checks=tuple(Check(check["name"], check["passed"], check["detail"]) for check in line["checks"]),
            tallies={name: Tally(*pair) for name, pair in line["tallies"].items()},
            rankings=line.get("rankings", {}),
            ranks=tuple(line.get("ranks", ())),
            opinion=Opinion.from_json(line["opinion"]) if line.get("opinion") else None,
        )


def run_case(
    subject: Subject,
    case: Case,
    article_ids: Mapping[str, frozenset[str]],
    judge: AnswerJudge | None = None,
) -> CaseRecord:
    """Ask the case's question and check the answer; a failure to answer is recorded, not raised."""
    try:
        asked = subject.ask(case) if case.asks else None
        reply = Reply.from_json(asked.answer) if asked else None
        verbatim = quotes_at_offsets(subject, reply) if reply else {}
        rankings = search_case(subject, case)
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        told = f"{type(error).__name__}: {error}"
        opinion = opinion_of(judge, case, None)
        return _record(Judged(case, None, told, {}, article_ids, 0.0, opinion=opinion), None, trace)
    milliseconds = asked.milliseconds if asked else 0.0
    opinion = opinion_of(judge, case, reply) if case.asks else None
    return _record(
        Judged(case, reply, None, verbatim, article_ids, milliseconds, rankings, opinion), asked, None
    )


def quotes_at_offsets(subject: Subject, reply: Reply) -> dict[int, bool]:
    """For each citation number, whether the stored article says exactly the quote at exactly its offsets."""
    checked: dict[int, bool] = {}
    for citation in reply.citations:
        text = subject.text_of(citation.article_id, citation.article_version)
        inside = text is not None and 0 <= citation.start < citation.end <= len(text)
        verbatim = inside and text is not None and text[citation.start : citation.end] == citation.quote
        checked[citation.number] = verbatim and checked.get(citation.number, True)
    return checked


def _record(judged: Judged, asked: Asked | None, trace: str | None) -> CaseRecord:
    case = judged.case
    return CaseRecord(
        id=case.id,
        digest=case.digest,
        question=case.question,
        tags=case.tags,
        expected=_expected(case),
        answer=None if asked is None else asked.answer,
        error=trace,
        milliseconds=judged.milliseconds,
        verbatim=dict(judged.verbatim),
        checks=check_case(judged),
        tallies=measure_case(judged),
        rankings=_rankings(case, judged.rankings),
        ranks=article_ranks(judged),
        opinion=judged.opinion,
    )


def _rankings(case: Case, rankings: Rankings) -> dict[str, list[dict[str, Any]]]:
    if case.ranking is None:
        return {}
    return {way: ranking.to_json(case.ranking) for way, ranking in rankings.items()}


def _expected(case: Case) -> dict[str, Any]:
    expect = case.expect
    return {
        "must_decline": case.must_decline,
        "conversation": [[turn.question, turn.answer] for turn in case.conversation],
        "as_of": None if case.as_of is None else case.as_of.isoformat(),
        "says": [wanted.label for wanted in expect.contains],
        "short_answer": list(expect.short_answer or case.answers),
        "articles": [" or ".join(alternatives) for alternatives in expect.articles],
        "quotes": list(expect.quotes),
        "must_not_say": [wanted.label for wanted in case.must_not_say],
    }
