"""`pytest --footnote-suite` shows each case as an item, in a pytest of its own as users run it."""

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.evals.fakes import QUESTIONS

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = any(entry.value == "evals.pytest_plugin" for entry in entry_points(group="pytest11"))
LOADED = () if INSTALLED else ("-p", "evals.pytest_plugin")
TOWN = """
from contextlib import contextmanager
import evals.running
from tests.evals.fakes import TownSubject

@contextmanager
def opened(suite, home, settings):
    print("opened", suite.name, home, settings.model)
    yield TownSubject(), home
    print("closed")

evals.running.opened_subject = opened
"""


@pytest.fixture(autouse=True)
def _here(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    pytester.path.joinpath("town.yaml").write_text(QUESTIONS, "utf-8")
    pytester.makeconftest(TOWN)


def pytest_run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess(*LOADED, "-p", "no:cacheprovider", *words)


def test_each_case_is_an_item_beside_the_other_tests(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_of_the_user(): pass")
    result = pytest_run(pytester, "--footnote-suite", "town.yaml", "-v", "-s", "--footnote-home", "here")
    result.assert_outcomes(passed=7)
    result.stdout.fnmatch_lines(
        [
            "*collected 7 items",
            "*::test_of_the_user PASSED*",
            "town.yaml::opened opened town here None",
            "town.yaml::king PASSED*",
            "town.yaml::moon PASSED*closed",
        ],
    )
    assert result.stdout.str().count("opened town") == 1


def test_cases_can_be_chosen(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_king(): pass")
    words = (
        "--footnote-suite",
        "town.yaml",
        "-k",
        "king",
        "-m",
        "footnote",
        "--strict-markers",
        "-W",
        "error",
    )
    result = pytest_run(pytester, *words)
    result.assert_outcomes(passed=1, deselected=6)


def test_a_failure_says_question_expected_shown_and_retrieved(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("town.yaml").write_text(QUESTIONS.replace('["9"]', '["8 \\e[31m"]'), "utf-8")
    result = pytest_run(pytester, "--footnote-suite", "town.yaml", "--junitxml", "out.xml")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines([
        "question: What did it cost, in million crowns?",
        "wrong: says: not said: 8",
        "expected: says: 8",
        "expected: articles: bridge",
        "expected: quotes: It cost 9 million crowns",
        "shown (answered, confidence 0.5): It cost 9 million crowns, because the rock was hard. [[]1]",
        "  [[]1] The bridge of Alder: “It cost 9 million crowns, because the rock was hard.”",
        "retrieved:",
        "  1. The bridge of Alder",
        "     *3 May 2011. »It cost 9 million crowns, because the rock was hard.«",
        "FAILED town.yaml::cost*",
    ])  # fmt: skip
    assert "\x1b" not in result.stdout.str()
    assert "Traceback" not in result.stdout.str()
    assert "million crowns" in pytester.path.joinpath("out.xml").read_text("utf-8")


def test_a_broken_suite_is_told_with_its_lines(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("bad.yaml").write_text("cases:\n  - id: a\n    qestion: Who?\n", "utf-8")
    result = pytest_run(pytester, "--footnote-suite", "bad.yaml", "--footnote-suite", "absent.yaml")
    result.stdout.fnmatch_lines(["bad.yaml:3: a case has no key 'qestion' (did you mean 'question'?)*"])
    result.stdout.fnmatch_lines(["no suite is called 'absent.yaml'*", "what to do: *samples*"])
    assert "Traceback" not in result.stdout.str()
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_an_index_that_is_not_there_is_told(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("")
    result = pytest_run(pytester, "--footnote-suite", "town.yaml", "--footnote-home", "nowhere")
    result.assert_outcomes(errors=6)
    result.stdout.fnmatch_lines(["*what to do: *"])
    assert "Traceback" not in result.stdout.str()


def test_loading_the_plugin_imports_nothing_else(pytester: pytest.Pytester) -> None:
    heavy = "('evals.', 'assistant', 'ingest', 'numpy', 'yaml')"
    code = f"import sys, evals.pytest_plugin; print([n for n in sys.modules if n.startswith({heavy})])"
    result = pytester.run(sys.executable, "-c", code)
    result.stdout.fnmatch_lines(["[[]'evals.pytest_plugin']"])


def test_the_built_in_suite_goes_by_its_name(pytester: pytest.Pytester) -> None:
    result = pytest_run(pytester, "--footnote-suite", "samples", "--collect-only", "-q")
    result.stdout.fnmatch_lines(["samples::finland-nato-date", "*tests collected*"])


@pytest.mark.model
def test_the_real_assistant_is_asked(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makeconftest("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    pytester.path.joinpath("mill.txt").write_text(
        "The mill of Birk\n\nThe mill of Birk burnt down in 1904.\n", "utf-8"
    )
    pytester.path.joinpath("mill.yaml").write_text(
        "collection: mill.txt\n"
        "cases:\n"
        "  - id: burnt\n"
        "    question: When did the mill of Birk burn down?\n"
        "    expect: {contains: ['1904']}\n",
        "utf-8",
    )
    pytest_run(pytester, "--footnote-suite", "mill.yaml").assert_outcomes(passed=1)
