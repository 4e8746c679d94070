"""Running a suite: every case asked once, a killed run continued, the folder completed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

from evals.errors import SuiteError
from evals.junit import junit_xml
from evals.manifest import check_same_run, make_manifest
from evals.opinion import AnswerJudge
from evals.progress import RunProgress
from evals.record import CaseRecord, run_case
from evals.report import report_html
from evals.run_folder import JUNIT, REPORT, SUMMARY, RunFolder
from evals.subject import Subject
from evals.suite import Case, Suite
from evals.summary import summarize
from evals.usage import Prices


class ProgressMaker(Protocol):
    """Makes the progress display of a suite: its name, all cases, those done and failed before."""

    def __call__(self, name: str, total: int, done: int, failed: int) -> AbstractContextManager[RunProgress]:
        """Begin to show."""
        ...


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a suite is run.

    Attributes:
        limit: run only so many cases, drawn at random by `seed`; None for all.
        seed: of the draw and of the intervals.
        jobs: how many cases are asked at a time; above 1, times to answer include waiting for one another.
        home: where the index lies, for the manifest.
        judge: gives an opinion of each answer besides the checks; it never decides whether a case passes.
        prices: what the model under test costs.
    """

    limit: int | None = None
    seed: int = 0
    jobs: int = 1
    home: Path | None = None
    judge: AnswerJudge | None = None
    prices: Prices | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: its folder, records (slimmed) in the order of the suite, and summary."""

    folder: RunFolder
    records: tuple[CaseRecord, ...]
    summary: dict[str, Any]


def run_suite(
    suite: Suite, subject: Subject, path: Path, settings: RunSettings, progress: ProgressMaker
) -> RunResult:
    """Run the suite into the folder, continuing what lies there of the same run.

    Raises:
        SuiteError: a case names an article that the collection does not have.
        RunFolderError: the folder holds something else.
    """
    cases = chosen_cases(suite, settings.limit, settings.seed)
    article_ids = resolve_articles(suite, cases, subject)
    folder = RunFolder(path)
    manifest = make_manifest(suite, cases, settings.seed, subject.identity(), settings.home) | {
        "judge": None if settings.judge is None else settings.judge.identity(),
        "prices": None if settings.prices is None else settings.prices.to_json(),
        "settings": {"limit": settings.limit, "jobs": settings.jobs},
    }
    with folder.held():
        _begin(folder, manifest)
        done = {record.id: record.slimmed() for record in folder.each_record()}
        waiting = [case for case in cases if case.id not in done]
        failed = sum(not record.passed for record in done.values())
        with progress(suite.name, len(cases), len(cases) - len(waiting), failed) as shown:
            ask = partial(run_case, subject, article_ids=article_ids, judge=settings.judge)
            for record in _asked(ask, waiting, settings.jobs):
                folder.append(record)
                done[record.id] = record.slimmed()
                shown.case(record)
        return _finish(folder, [done[case.id] for case in cases])


def chosen_cases(suite: Suite, limit: int | None, seed: int) -> tuple[Case, ...]:
    """All cases, or `limit` of them drawn at random, in the order of the suite."""
    if limit is None or limit >= len(suite.cases):
        return suite.cases
    places = Random(seed).sample(range(len(suite.cases)), limit)
    return tuple(suite.cases[place] for place in sorted(places))


def resolve_articles(suite: Suite, cases: Sequence[Case], subject: Subject) -> dict[str, frozenset[str]]:
    """The ids of every article that the cases name.

    Raises:
        SuiteError: names that match no article, with the lines of the cases that use them.
    """
    references = tuple(dict.fromkeys(name for case in cases for name in case.expect.references))
    found = subject.articles_named(references)
    problems = [
        f"{suite.path}:{case.line}: case {case.id!r} names {name!r}, and the collection has no such article"
        for case in cases
        for name in case.expect.references
        if name not in found
    ]
    if problems:
        raise SuiteError(problems)
    return found


def finish_again(path: Path) -> RunResult:
    """Write summary and reports of a run anew from its lines."""
    folder = RunFolder(path)
    folder.manifest()
    return _finish(folder, folder.records())


def _begin(folder: RunFolder, manifest: Mapping[str, Any]) -> None:
    if folder.started:
        check_same_run(folder.path, folder.manifest(), manifest)
        folder.drop_torn_line()
    else:
        folder.begin(manifest)


def _asked(ask: Callable[[Case], CaseRecord], cases: Sequence[Case], jobs: int) -> Iterator[CaseRecord]:
    if jobs <= 1:
        yield from map(ask, cases)
        return
    pool = ThreadPoolExecutor(jobs)
    try:
        futures = [pool.submit(ask, case) for case in cases]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _finish(folder: RunFolder, records: Sequence[CaseRecord]) -> RunResult:
    manifest = folder.manifest()
    summary = summarize(manifest, records)
    folder.write_text(JUNIT, junit_xml(summary["suite"], records))
    folder.write_text(REPORT, report_html(manifest, summary, records))
    folder.write_json(SUMMARY, summary)
    return RunResult(folder, tuple(records), summary)
