"""A pytest plugin: `pytest --footnote-suite SUITE` shows each case of an eval suite as a test item.

Nothing of Footnote is imported before a suite is named: pytest loads this module in every run.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evals.subject import Subject
    from evals.suite import Case, Suite
    from ingest.errors import FootnoteError

MARKER = "footnote"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("footnote", "Footnote eval suites")
    group.addoption(
        "--footnote-suite",
        action="append",
        default=[],
        metavar="SUITE",
        help="An eval suite: a file, or a built-in name (samples ...). Each case is a test item. Repeatable.",
    )
    group.addoption(
        "--footnote-home",
        metavar="DIR",
        help="The folder of the index to ask; by default that of the suite's own collection.",
    )
    group.addoption(
        "--footnote-model", metavar="PROVIDER:NAME", help="The language model that writes the answers."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker by which cases can be chosen or left out."""
    config.addinivalue_line("markers", f"{MARKER}: a case of a Footnote eval suite (--footnote-suite)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the cases before -k, -m and the like choose among the items."""
    for named in dict.fromkeys(config.getoption("--footnote-suite")):
        collector = SuiteCollector.from_parent(session, name=named, nodeid=named)
        report = config.hook.pytest_make_collect_report(collector=collector)
        config.hook.pytest_collectreport(report=report)
        for item in report.result if report.passed else ():
            config.hook.pytest_itemcollected(item=item)
            items.append(item)


class SuiteCollector(pytest.Collector):
    """A suite. Its assistant is opened for the first case and closed after the last."""

    suite: "Suite"
    subject: "Subject"
    article_ids: dict[str, frozenset[str]]

    def collect(self) -> Iterator["CaseItem"]:
        """The cases of the suite."""
        from evals.suite_file import find_suite
        from ingest.errors import FootnoteError

        try:
            self.suite = find_suite(self.name)
        except FootnoteError as error:
            raise self.CollectError(_told(error)) from error
        for case in self.suite.cases:
            item: CaseItem = CaseItem.from_parent(self, name=case.id)
            item.asked_of, item.case = self, case
            yield item

    def setup(self) -> None:
        """Open the assistant on the suite's collection."""
        from evals.runner import resolve_articles
        from ingest.errors import FootnoteError

        stack = ExitStack()
        self.addfinalizer(stack.close)
        try:
            self.subject, _ = stack.enter_context(self._opened())
            self.article_ids = resolve_articles(self.suite, self.suite.cases, self.subject)
        except FootnoteError as error:
            pytest.fail(_told(error), pytrace=False)

    def _opened(self) -> "AbstractContextManager[tuple[Subject, Path]]":
        from assistant.settings import Settings
        from evals import running

        home, model = (self.config.getoption(name) for name in ("--footnote-home", "--footnote-model"))
        settings = Settings(model=model) if model else Settings()
        return running.opened_subject(self.suite, Path(home) if home else None, settings)


class CaseItem(pytest.Item):
    """One case: asked and checked as `footnote eval run` does it."""

    asked_of: SuiteCollector
    case: "Case"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Ask the question; fails with what was expected, shown and retrieved."""
        from evals.case_text import case_text
        from evals.record import run_case

        record = run_case(self.asked_of.subject, self.case, self.asked_of.article_ids)
        if not record.passed:
            pytest.fail(case_text(record), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands in its file."""
        return self.asked_of.suite.path, self.case.line - 1, self.name


def _told(error: "FootnoteError") -> str:
    return f"{error.message}\nwhat to do: {error.advice}"
