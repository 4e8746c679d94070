"""No suite asks about what was published after the day on which it asks."""

from datetime import date
from functools import cache
from pathlib import Path

import frontmatter
import pytest

from evals.collection import SAMPLES
from evals.suite import Case, Suite
from evals.suite_file import find_suite
from ingest.samples import sample_files

NAMES = (
    "samples",
    "reworded-samples",
    "distant-samples",
    "everyday",
    "reworded-everyday",
    "newsroom",
    "rivals",
)
SUITES = [find_suite(name) for name in NAMES]
CASES = [(suite, case) for suite in SUITES for case in suite.cases]


@cache
def days(collection: str) -> dict[str, date]:
    """The day of publication by the last part of an article's location without its suffix."""
    files = sample_files() if collection == SAMPLES else Path(collection).glob("*.md")
    heads = {file.name: frontmatter.loads(file.read_text("utf-8")).metadata for file in files}
    return {
        name.removesuffix(".md"): date.fromisoformat(str(stated)[:10])
        for name, head in heads.items()
        if (stated := head.get("published") or head.get("date"))
    }


@pytest.mark.parametrize(("suite", "case"), CASES, ids=[f"{suite.name}-{case.id}" for suite, case in CASES])
def test_what_a_case_expects_is_published_by_the_day_it_is_asked_on(suite: Suite, case: Case) -> None:
    assert suite.collection is not None
    published = days(suite.collection)
    assert published
    for alternatives in case.expect.articles:
        known = [published[name] for name in alternatives if name in published]
        assert case.as_of is None or not known or min(known) <= case.as_of
