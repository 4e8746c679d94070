"""The gate stops a broken retriever, citation checker and decliner, and lets an equal run pass."""

from pathlib import Path
from typing import Any

import pytest

from evals.comparing import NO_DIFFERENCE, NOT_JUDGED, compare_runs
from evals.errors import BaselineError, RunFolderError
from evals.gate import GateResult, check_gate, read_baseline, write_baseline
from evals.run_folder import RunFolder
from evals.runner import RunSettings, run_suite
from evals.suite import Case
from ingest.article import Article
from tests.evals.fakes import TownSubject, always, changed, town_suite
from tests.evals.test_runner import silent

SHIPS = ["Anna", "Berta", "Clara", "Dora", "Emma", "Frieda", "Greta", "Hanna", "Ida", "Jule", "Klara", "Lena"]


def fleet() -> tuple[str, list[Article]]:
    """A suite of a dozen answerable and a dozen unanswerable questions, and the articles for it."""
    articles, cases = [], ["suite: fleet\ncases:"]
    for year, name in enumerate(SHIPS, start=1901):
        text = f"The steamer {name} was launched in {year}. Her captain liked tea."
        articles.append(Article.create(location=f"fleet:{name}.md", title=name, text=text))
        cases.append(
            f"  - {{id: {name}, question: 'When was the steamer {name} launched?', "
            f"expect: {{contains: ['{year}'], articles: [{name}]}}}}"
        )
        cases.append(f"  - {{id: no-{name}, question: 'Who painted {name}?', must_decline: true}}")
    return "\n".join(cases) + "\n", articles


def run(folder: Path, name: str, **broken: Any) -> RunFolder:
    text, articles = fleet()
    subject = changed(TownSubject(articles), **broken)
    return run_suite(town_suite(folder, text), subject, folder / name, RunSettings(), silent).folder


def gate(folder: Path, **broken: Any) -> GateResult:
    write_baseline(run(folder, "before"), folder / "baseline.json")
    return check_gate(run(folder, "after", **broken), read_baseline(folder / "baseline.json"))


def test_an_equal_run_passes(tmp_path: Path) -> None:
    result = gate(tmp_path)
    assert result.passed
    assert (result.compared, result.left_out, result.now_failing) == (24, 0, ())


def test_a_broken_retriever_is_stopped(tmp_path: Path) -> None:
    _, articles = fleet()

    def always_the_first(self: object = None) -> list[tuple[Article, int, str]]:
        article = articles[0]
        return [(article, 0, article.text.split(". ")[0] + ".")]

    result = gate(tmp_path, sentences=always_the_first)
    assert not result.passed
    assert any("articles cited" in line for line in result.regressions)
    assert set(result.now_failing) == set(SHIPS[1:])


def test_a_broken_citation_checker_is_stopped(tmp_path: Path) -> None:
    result = gate(tmp_path, span=lambda start, sentence: (start, start + len(sentence) - 1))
    assert not result.passed
    assert any("verbatim" in line for line in result.regressions)


@pytest.mark.parametrize("verdict", [True, False])
def test_a_broken_decliner_is_stopped(tmp_path: Path, verdict: bool) -> None:
    result = gate(tmp_path, declines=always(verdict))
    assert not result.passed
    assert any("Declining" in line or "declined" in line for line in result.regressions)


def test_a_single_quote_off_its_place_is_enough(tmp_path: Path) -> None:
    """No noise is granted where every quote must be right, even to a baseline that was no better."""
    one_off = {"span": lambda start, sentence: (start, start + len(sentence) - ("Anna" in sentence))}
    write_baseline(run(tmp_path, "before", **one_off), tmp_path / "baseline.json")
    result = check_gate(run(tmp_path, "after", **one_off), read_baseline(tmp_path / "baseline.json"))
    assert len(result.regressions) == 1
    assert "verbatim" in result.regressions[0]


def test_one_lost_case_of_many_is_told_and_is_within_noise(tmp_path: Path) -> None:
    def forgetful(case: Case, sentence: str) -> bool:
        return case.id == "Anna" or case.id.startswith("no-")

    result = gate(tmp_path, declines=forgetful)
    assert result.passed
    assert result.now_failing == ("Anna",)


@pytest.mark.parametrize(("difference", "passes"), [(0.004, True), (0.05, False)])
def test_what_differs_between_processors_is_no_loss(tmp_path: Path, difference: float, passes: bool) -> None:
    """Each answer is a little less sure, so that no chance explains it."""

    def less_sure(case: Case) -> float:
        return 0.5 + difference if case.must_decline else 0.5 - difference

    result = gate(tmp_path, confidence=less_sure)
    assert result.passed is passes
    assert all("before" in line for line in result.regressions)


def test_a_changed_case_is_left_out(tmp_path: Path) -> None:
    write_baseline(run(tmp_path, "before"), tmp_path / "baseline.json")
    text, articles = fleet()
    suite = town_suite(tmp_path, text.replace("Who painted Anna", "Who polished Anna"))
    after = run_suite(suite, TownSubject(articles), tmp_path / "after", RunSettings(), silent).folder
    result = check_gate(after, read_baseline(tmp_path / "baseline.json"))
    assert (result.compared, result.left_out) == (23, 1)


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    write_baseline(run(tmp_path, "before"), tmp_path / "baseline.json")
    other = run_suite(town_suite(tmp_path), TownSubject(), tmp_path / "other", RunSettings(), silent).folder
    with pytest.raises(BaselineError, match="no case in common"):
        check_gate(other, read_baseline(tmp_path / "baseline.json"))
    with pytest.raises(BaselineError, match="no baseline at"):
        read_baseline(tmp_path / "absent.json")
    (tmp_path / "broken.json").write_text('{"format": 99}', "utf-8")
    with pytest.raises(BaselineError, match="no baseline that can be read"):
        read_baseline(tmp_path / "broken.json")
    with pytest.raises(RunFolderError):
        check_gate(RunFolder(tmp_path / "nowhere"), read_baseline(tmp_path / "baseline.json"))


def test_comparing_equal_runs_shows_no_difference(tmp_path: Path) -> None:
    comparison = compare_runs(run(tmp_path, "a"), run(tmp_path, "b"))
    verdicts = {change.metric.name: change.verdict for change in comparison.metrics}
    assert {verdict for name, verdict in verdicts.items() if "latency" not in name} == {NO_DIFFERENCE}
    assert verdicts["latency_p50"] == NOT_JUDGED
    assert (len(comparison.common), comparison.better, comparison.worse) == (24, (), ())


def test_comparing_tells_better_from_worse(tmp_path: Path) -> None:
    good, bad = run(tmp_path, "a"), run(tmp_path, "b", declines=always(True))
    forth, back = compare_runs(good, bad), compare_runs(bad, good)
    verdicts = {change.metric.name: change.verdict for change in forth.metrics}
    assert verdicts["answer_contained"] == "worse"
    assert verdicts["declining_recall"] == NO_DIFFERENCE
    assert set(forth.worse) == set(SHIPS) == set(back.better)
    assert {change.metric.name: change.verdict for change in back.metrics}["answer_contained"] == "better"
