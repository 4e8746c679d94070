"""A run is a folder that can be stopped and continued, and gives the same summary either way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.errors import RunFolderError, SuiteError
from evals.progress import Silent
from evals.run_folder import RunFolder
from evals.runner import RunResult, RunSettings, chosen_cases, run_suite
from tests.evals.fakes import QUESTIONS, TownSubject, always, changed, town_suite


@contextmanager
def silent(name: str, total: int, done: int, failed: int) -> Iterator[Silent]:
    yield Silent()


def run(
    folder: Path, subject: TownSubject, settings: RunSettings | None = None, text: str = QUESTIONS
) -> RunResult:
    return run_suite(town_suite(folder, text), subject, folder / "run", settings or RunSettings(), silent)


def test_a_run_leaves_every_file(tmp_path: Path) -> None:
    result = run(tmp_path, TownSubject())
    assert {path.name for path in (tmp_path / "run").iterdir()} == {
        "manifest.json", "cases.jsonl", "summary.json", "junit.xml", "report.html",
    }  # fmt: skip
    assert (result.summary["passed"], result.summary["cases"]) == (6, 6)
    assert result.summary["metrics"]["declining_recall"]["value"] == 1
    assert result.summary["metrics"]["quotes_verbatim"]["value"] == 1
    both = {"passed": 2, "cases": 2, "low": pytest.approx(0.025**0.5, abs=1e-5), "high": 1.0}
    assert result.summary["tags"] == {"bridge": both, "mill": both}
    assert result.summary["stages_ms"]["search"] == {"p50": 2.0, "p95": 2.0}


def test_a_killed_run_goes_on_and_gives_the_same_summary(tmp_path: Path) -> None:
    whole = run(tmp_path, TownSubject())
    killed = tmp_path / "killed"
    killed.mkdir()

    class Killed(BaseException):
        pass

    class Dying(TownSubject):
        def declines(self, case: object, sentence: str) -> bool:
            if len(self.asked) > 3:
                raise Killed
            return super().declines(case, sentence)  # type: ignore[arg-type]

    with pytest.raises(Killed):
        run(killed, Dying())
    lines = (killed / "run" / "cases.jsonl").read_text("utf-8")
    assert lines.count("\n") == 3
    (killed / "run" / "cases.jsonl").write_text(lines + '{"id": "hurt", "pas', "utf-8")
    subject = TownSubject()
    resumed = run(killed, subject)
    assert subject.asked == ["hurt", "king", "moon"]
    assert resumed.summary == whole.summary
    assert [record.id for record in resumed.records] == [record.id for record in whole.records]


def test_a_finished_run_asks_nothing_again(tmp_path: Path) -> None:
    run(tmp_path, TownSubject())
    subject = TownSubject()
    run(tmp_path, subject)
    assert subject.asked == []


@pytest.mark.parametrize(
    ("subject", "settings", "text", "named"),
    [
        (TownSubject(model="openai:other"), RunSettings(), QUESTIONS, "subject"),
        (TownSubject(), RunSettings(seed=3), QUESTIONS, "seed"),
        (TownSubject(), RunSettings(limit=2), QUESTIONS, "cases"),
        (TownSubject(), RunSettings(), QUESTIONS.replace("king", "queen"), "suite"),
    ],
)
def test_a_folder_with_another_run_is_refused(
    tmp_path: Path, subject: TownSubject, settings: RunSettings, text: str, named: str
) -> None:
    run(tmp_path, TownSubject())
    before = (tmp_path / "run" / "cases.jsonl").read_bytes()
    with pytest.raises(RunFolderError, match=named):
        run(tmp_path, subject, settings, text)
    assert (tmp_path / "run" / "cases.jsonl").read_bytes() == before


def test_a_folder_of_other_files_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(RunFolderError, match="no run"):
        run(tmp_path, TownSubject())
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["letter.txt"]


def test_an_article_that_the_collection_lacks_is_named_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"town\.yaml:3: case 'opened' names 'tower'"):
        run(tmp_path, TownSubject(), text=QUESTIONS.replace("articles: [bridge]", "articles: [tower]", 1))
    assert not (tmp_path / "run").exists()


def test_a_limit_draws_by_the_seed_in_the_order_of_the_suite(tmp_path: Path) -> None:
    suite = town_suite(tmp_path)
    order = [case.id for case in suite.cases]
    draws = {tuple(case.id for case in chosen_cases(suite, 3, seed)) for seed in range(20)}
    assert len(draws) > 3
    assert all(len(set(draw)) == 3 and list(draw) == sorted(draw, key=order.index) for draw in draws)
    assert chosen_cases(suite, 3, 5) == chosen_cases(suite, 3, 5)
    assert chosen_cases(suite, 99, 5) == suite.cases


def test_several_jobs_give_the_same_summary(tmp_path: Path) -> None:
    alone = run(tmp_path, TownSubject()).summary
    (tmp_path / "many").mkdir()
    assert run(tmp_path / "many", TownSubject(), RunSettings(jobs=4)).summary == alone


def test_a_missed_threshold_is_told_and_one_without_cases_is_not(tmp_path: Path) -> None:
    thresholds = "thresholds: {status_accuracy: 0.95, latency_p95: 5, not_said: 1}\n"
    subject = changed(TownSubject(), declines=always(False))
    summary = run(tmp_path, subject, text=thresholds + QUESTIONS).summary
    assert summary["thresholds_missed"] == ["status_accuracy", "latency_p95"]


def test_junit_counts_failures(tmp_path: Path) -> None:
    run(tmp_path, changed(TownSubject(), declines=always(False)))
    suite = ElementTree.fromstring((tmp_path / "run" / "junit.xml").read_bytes())  # noqa: S314
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("6", "2", "0")
    wrong = [case.get("name") for case in suite if case.find("failure") is not None]
    assert wrong == ["king", "moon"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    run(tmp_path, TownSubject())
    path = tmp_path / "run" / "cases.jsonl"
    path.write_text(path.read_text("utf-8") + "{}\n", "utf-8")
    with pytest.raises(RunFolderError, match="line 7"):
        RunFolder(tmp_path / "run").records()


def test_the_manifest_says_what_the_run_was_made_with(tmp_path: Path) -> None:
    run(tmp_path, TownSubject(), RunSettings(seed=9))
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert manifest["seed"] == 9
    assert manifest["subject"]["embedder"] == {"name": "words"}
    assert {"code", "versions", "machine", "started_at", "suite"} <= manifest.keys()


@pytest.mark.parametrize("name", ["manifest.json", "summary.json"])
def test_a_damaged_file_of_a_run_is_named(tmp_path: Path, name: str) -> None:
    run(tmp_path, TownSubject())
    for damaged in ("[1]", '{"suite":'):
        (tmp_path / "run" / name).write_text(damaged, "utf-8")
        with pytest.raises(RunFolderError, match=f"{name} cannot be read"):
            RunFolder(tmp_path / "run").manifest() if name == "manifest.json" else RunFolder(
                tmp_path / "run"
            ).summary()


def test_passages_are_kept_on_disk_and_not_in_memory(tmp_path: Path) -> None:
    result = run(tmp_path, changed(TownSubject(), declines=always(False)))
    kept = {record.id for record in result.records if record.answer and "retrieved" in record.answer}
    assert kept == {"king", "moon"}
    assert all(record.answer and record.answer["retrieved"] for record in result.folder.records())
