"""The commands: exit codes, one clear line for bad input, and a whole run on the samples."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.cli import main
from evals.runner import RunSettings, run_suite
from evals.subject import Asked
from evals.suite import Case
from tests.evals.fakes import QUESTIONS, TownSubject, always, changed, town_suite
from tests.evals.test_runner import silent


def run(folder: Path, name: str, subject: TownSubject, text: str = QUESTIONS) -> str:
    run_suite(town_suite(folder, text), subject, folder / name, RunSettings(), silent)
    return str(folder / name)


def broken() -> TownSubject:
    return changed(TownSubject(), span=lambda start, sentence: (start, start + len(sentence) + 1))


def test_the_gate_opens_and_closes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    baseline = str(tmp_path / "baseline.json")
    good, bad = run(tmp_path, "good", TownSubject()), run(tmp_path, "bad", broken())
    assert main(["eval", "gate", good, "--baseline", baseline, "--accept"]) == 0
    assert main(["eval", "gate", good, "--baseline", baseline]) == 0
    capsys.readouterr()
    assert main(["eval", "gate", bad, "--baseline", baseline]) == 1
    shown = capsys.readouterr().out
    assert "Quotes verbatim" in shown
    assert "fails now opened" in shown


@pytest.mark.parametrize(
    "words",
    [
        ["gate", "{run}", "--baseline", "{folder}/absent.json"],
        ["gate", "{folder}/absent"],
        ["gate", "{run}"],
        ["compare", "{run}", "{folder}/absent"],
        ["run", "{folder}/absent.yaml"],
        ["run", "{folder}/bad.yaml"],
        ["run"],
        ["run", "{folder}/town.yaml", "--limit", "0"],
    ],
)
def test_bad_input_is_one_line_with_advice_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    folder = run(tmp_path, "run", TownSubject())
    (tmp_path / "bad.yaml").write_text("cases:\n  - id: a\n", "utf-8")
    assert main(["eval", *(word.format(run=folder, folder=tmp_path) for word in words)]) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "error: " in told
    assert "what to do" in told


def test_a_suite_error_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("cases:\n  - id: a\n    qestion: Who?\n", "utf-8")
    main(["eval", "run", str(tmp_path / "bad.yaml")])
    assert "bad.yaml:3: a case has no key 'qestion' (did you mean 'question'?)" in capsys.readouterr().err


def test_comparing_prints_verdicts_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = run(tmp_path, "good", TownSubject())
    worse = run(tmp_path, "worse", changed(TownSubject(), declines=always(True)))
    assert main(["eval", "compare", good, good]) == 0
    shown = capsys.readouterr().out
    assert "no difference shown" in shown
    assert "worse" not in shown
    assert main(["eval", "compare", good, worse, "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["worse"]) == {"opened", "cost", "burnt", "hurt"}


def test_the_gate_runs_a_suite_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = town_suite(tmp_path)
    baseline = str(tmp_path / "baseline.json")

    @contextmanager
    def opened(*_: object) -> Iterator[tuple[TownSubject, Path]]:
        yield subject, tmp_path

    monkeypatch.setattr("evals.running.opened_subject", opened)
    monkeypatch.chdir(tmp_path)
    subject = TownSubject()
    command = ["eval", "gate", str(suite.path), "--baseline", baseline]
    assert main([*command, "--accept", "--report", "first"]) == 0
    assert len(subject.asked) == 6
    assert main([*command, "--report", "second"]) == 0
    subject = broken()
    assert main([*command, "--report", "third"]) == 1
    assert f"report: {Path('third') / 'report.html'}" in capsys.readouterr().out


def test_a_page_can_be_named_and_a_suite_s_name_is_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = town_suite(tmp_path, QUESTIONS.replace("suite: town", "suite: ../../up/town"))

    @contextmanager
    def opened(*_: object) -> Iterator[tuple[TownSubject, Path]]:
        yield TownSubject(), tmp_path

    monkeypatch.setattr("evals.running.opened_subject", opened)
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert main(["eval", "run", str(suite.path), "--report", "monday.html"]) == 0
    assert (inside / "monday.html").read_bytes() == (inside / "monday" / "report.html").read_bytes()
    assert main(["eval", "run", str(suite.path)]) == 0
    assert main(["eval", "run", str(suite.path), str(suite.path), "--report", "both"]) == 0
    assert sorted(path.name for path in (inside / "both").iterdir()) == ["up-town-1", "up-town-2"]
    [kept] = (inside / "footnote-runs").iterdir()
    assert kept.name.startswith("up-town-")
    assert {path.name for path in tmp_path.iterdir()} == {"inside", "town.yaml"}
    assert main(["eval", "run", str(suite.path), str(suite.path), "--report", "both.html"]) == 2
    assert "need a folder" in capsys.readouterr().err


def test_a_run_stopped_by_hand_says_how_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped(TownSubject):
        def ask(self, case: Case) -> Asked:
            if self.asked:
                raise KeyboardInterrupt
            return super().ask(case)

    @contextmanager
    def opened(*_: object) -> Iterator[tuple[TownSubject, Path]]:
        yield Stopped(), tmp_path

    monkeypatch.setattr("evals.running.opened_subject", opened)
    monkeypatch.chdir(tmp_path)
    assert main(["eval", "run", str(town_suite(tmp_path).path)]) == 130
    [folder] = (tmp_path / "footnote-runs").iterdir()
    assert f"--report {folder.relative_to(tmp_path)} goes on" in capsys.readouterr().err
    assert (folder / "cases.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.model
def test_a_run_on_the_samples_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    suite = tmp_path / "few.yaml"
    suite.write_text(
        """\
collection: samples
as_of: 2025-01-15
thresholds: {quotes_verbatim: 1}
cases:
  - id: finland
    question: When did Finland join NATO?
    expect: {contains: [{date: 2023-04-04}], articles: [finland-joins-nato]}
  - id: nonsense
    question: qzxv brmpf tolgrat
    must_decline: true
""",
        "utf-8",
    )
    folder = tmp_path / "run"
    assert main(["eval", "run", str(suite), "--report", str(folder)]) == 0
    assert "2 of 2 cases passed" in capsys.readouterr().out
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert summary["metrics"]["quotes_verbatim"]["value"] == 1
    assert (folder / "report.html").stat().st_size > 1000
    before = (folder / "cases.jsonl").read_bytes()
    assert main(["eval", "run", str(suite), "--report", str(folder)]) == 0
    assert (folder / "cases.jsonl").read_bytes() == before
