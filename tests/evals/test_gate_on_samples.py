"""The real assistant on the samples, broken in one part at a time: the gate closes each time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import assistant.core
from assistant.answer import Citation
from assistant.answerers.base import Draft
from assistant.core import Assistant
from evals.gate import GateResult, check_gate, read_baseline, write_baseline
from evals.runner import RunSettings, run_suite
from evals.subject import AssistantSubject
from evals.suite import Suite
from evals.suite_file import find_suite
from tests.evals.test_runner import silent
from vectorstore.retrieved import RetrievedPassage

pytestmark = pytest.mark.model

Gate = Callable[[], GateResult]
HALF = RunSettings(limit=60)


@pytest.fixture(scope="module")
def suite() -> Suite:
    return find_suite("samples")


@pytest.fixture
def opened(samples_home: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_home) as assistant:
        yield assistant


@pytest.fixture
def gate(opened: Assistant, suite: Suite, baseline: Path, tmp_path: Path) -> Gate:
    def run() -> GateResult:
        subject = AssistantSubject(opened, opened.settings)
        folder = run_suite(suite, subject, tmp_path / "run", HALF, silent).folder
        return check_gate(folder, read_baseline(baseline))

    return run


@pytest.fixture(scope="module")
def baseline(samples_home: Path, suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("baseline")
    with Assistant.open(samples_home) as assistant:
        subject = AssistantSubject(assistant, assistant.settings)
        run = run_suite(suite, subject, folder / "run", HALF, silent)
    write_baseline(run.folder, folder / "baseline.json")
    return folder / "baseline.json"


class Wrapped:
    """Another object, some of whose methods are replaced."""

    def __init__(self, inner: object, **methods: Callable[..., Any]) -> None:
        self._inner = inner
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._inner, name)


def test_the_same_assistant_passes(gate: Gate) -> None:
    result = gate()
    assert result.passed, result.regressions
    assert result.now_failing == ()


def test_a_retriever_that_gives_the_worst_instead_of_the_best_is_caught(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = assistant.core.search

    def backwards(*arguments: Any, **options: Any) -> tuple[RetrievedPassage, ...]:
        found = search(*arguments, **options)[::-1][:3]
        return tuple(replace(passage, rank=rank) for rank, passage in enumerate(found, start=1))

    monkeypatch.setattr(assistant.core, "search", backwards)
    result = gate()
    assert not result.passed
    assert any("retrieved" in line for line in result.regressions)


def test_a_citation_checker_that_lets_a_wrong_offset_pass_is_caught(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    cite = assistant.core.cite

    def one_off(*arguments: Any, **options: Any) -> Any:
        made = cite(*arguments, **options)
        shifted = tuple(_shifted(citation) for citation in made.citations)
        return replace(made, citations=shifted)

    monkeypatch.setattr(assistant.core, "cite", one_off)
    result = gate()
    assert not result.passed
    assert any("verbatim" in line for line in result.regressions)


@pytest.mark.parametrize("status", ["answered", "declined"])
def test_a_decliner_that_always_says_the_same_is_caught(gate: Gate, opened: Assistant, status: str) -> None:
    inner = opened.answerer

    def stubborn(question: Any, retrieved: Sequence[RetrievedPassage], evidence: Any) -> Draft:
        draft = inner.answer(question, retrieved, evidence)
        return replace(draft, status=status)

    opened.answerer = Wrapped(inner, answer=stubborn)
    result = gate()
    assert not result.passed
    assert any("eclin" in line for line in result.regressions)


def _shifted(citation: Citation) -> Citation:
    return replace(citation, start=citation.start + 1, end=citation.end + 1)
