"""`footnote sources` and `footnote index`: listing, showing, removing, exporting."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.assistant.cli.conftest import Run


def ids(run: Run) -> dict[str, str]:
    return {head["title"]: head["id"] for head in json.loads(run("sources", "list", "--json").out)}


def test_the_list_is_tab_separated_when_piped(run: Run, filled: Path) -> None:
    rows = [line.split("\t") for line in run("sources", "list").out.splitlines()]
    assert {row[3] for row in rows} == ids(run).keys()
    assert ["2020-12-14", "The Daily", "Turkey sanctioned over missiles"] in [row[1:] for row in rows]


def test_the_list_can_be_filtered(run: Run, filled: Path) -> None:
    assert len(run("sources", "list", "--publisher", "weekly").out.splitlines()) == 1
    assert len(run("sources", "list", "--until", "2020-12-31").out.splitlines()) == 1


def test_an_article_is_shown_by_prefix_and_by_address(run: Run, filled: Path) -> None:
    article = ids(run)["Turkey sanctioned over missiles"]
    for name in (article, article[:6], article[:6].upper(), "https://daily.example/turkey"):
        outcome = run("sources", "show", name)
        assert outcome.code == 0
        assert "S-400 missiles" in outcome.out
        assert "publisher: The Daily" in outcome.out


@pytest.mark.parametrize("name", ["ffffffffffffffff", "zz", "", "../../etc/passwd", "%", "_"])
def test_what_is_not_there_is_told(run: Run, filled: Path, name: str) -> None:
    for command in (["show", name], ["remove", name, "--yes"]):
        outcome = run("sources", *command)
        assert outcome.code == 1
        assert "sources list" in outcome.err
        assert outcome.error
    assert len(ids(run)) == 3


def test_a_prefix_that_several_have_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(17):  # of 17 ids two begin with the same of 16 digits
        (folder / f"{number}.txt").write_text(f"Number {number}\n\nThis is text number {number}.\n")
    run("ingest", folder)
    firsts = [article[0] for article in ids(run).values()]
    doubled = next(first for first in firsts if firsts.count(first) > 1)
    outcome = run("sources", "remove", doubled, "--yes")
    assert outcome.code == 2
    assert len(ids(run)) == 17


def test_removing_leaves_the_others_and_the_files(run: Run, filled: Path, articles: Path) -> None:
    found = ids(run)
    outcome = run("sources", "remove", found["Rye bread"][:8], found["Rye bread"], "--yes")
    assert (outcome.code, outcome.out) == (0, "removed: 1\n")
    assert ids(run).keys() == found.keys() - {"Rye bread"}
    assert (articles / "bread.md").exists()
    assert run("ask", "What does rye bread need?", "--publisher", "Weekly").code == 3


def test_removing_is_not_done_unasked(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    outcome = run("sources", "remove", *ids(run).values())
    assert outcome.code == 2
    assert "--yes" in outcome.error
    assert len(ids(run)) == 3


@pytest.mark.parametrize(("said", "left", "code"), [("y\n", 2, 0), ("n\n", 3, 1), ("", 3, 130)])
def test_on_a_terminal_it_asks(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, said: str, left: int, code: int
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    article = ids(run)["Rye bread"]
    monkeypatch.setattr("sys.stdin", Terminal(said))
    assert run("sources", "remove", article).code == code
    assert len(ids(run)) == left


def test_the_exports_hold_every_article_whole(run: Run, filled: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in run("sources", "export").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(run("sources", "export", "--format", "csv").out)))
    assert [row["text"] for row in rows] == [line["text"] for line in lines]
    assert {line["title"] for line in lines} == ids(run).keys()
    outcome = run("sources", "export", "--output", tmp_path / "out.jsonl")
    assert outcome.out == ""
    assert "exported 3" in outcome.err
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == lines


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd", "'-1+cmd"),
        ("- a list", "- a list"),
        ("A=1", "A=1"),
    ],
)
def test_no_cell_of_an_exported_table_is_a_formula(run: Run, tmp_path: Path, title: str, cell: str) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(json.dumps({"title": title, "text": "The bridge was closed."}), "utf-8")
    assert run("ingest", source).code == 0
    (row,) = csv.DictReader(io.StringIO(run("sources", "export", "--format", "csv").out))
    assert row["title"] == cell
    assert json.loads(run("sources", "export").out)["title"] == title


def test_an_export_that_fails_leaves_the_former_file(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.csv").write_text("former")
    monkeypatch.setattr("assistant.cli.exporting._csv_line", lambda _: 1 / 0)
    assert run("sources", "export", "--format", "csv", "--output", tmp_path / "out.csv").code == 1
    assert (tmp_path / "out.csv").read_text() == "former"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


@pytest.mark.parametrize("output", ["nowhere/out.jsonl", "."])
def test_an_export_to_no_file_is_wrong_usage(run: Run, filled: Path, tmp_path: Path, output: str) -> None:
    outcome = run("sources", "export", "--output", tmp_path / output)
    assert outcome.code == 2
    assert outcome.error


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_told(run: Run, filled: Path) -> None:
    outcome = run("sources", "export", "--output", "/dev/full")
    assert outcome.code == 1
    assert "space" in outcome.error


def test_info_tells_what_the_index_is(run: Run, filled: Path) -> None:
    facts = json.loads(run("index", "info", "--json").out)
    assert (facts["articles"], facts["embedder"], facts["dimensions"]) == (3, "letters", 26)
    assert (facts["first"], facts["last"]) == ("2020-12-14", "2021-03-04")
    assert "articles: 3" in run("index", "info").out


@pytest.mark.parametrize(
    "words", [["sources"], ["sources", "fly"], ["fly"], ["sources", "export", "--format", "xml"], []]
)
def test_a_command_that_is_none_is_wrong_usage(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


def test_the_list_and_the_export_can_be_narrowed_by_title(run: Run, filled: Path) -> None:
    assert [line.split("\t")[3] for line in run("sources", "list", "--title", "RYE").out.splitlines()] == [
        "Rye bread"
    ]
    assert len(run("sources", "export", "--title", "rye").out.splitlines()) == 1


def test_the_history_tells_what_changed(run: Run, filled: Path, articles: Path) -> None:
    bread = articles / "bread.md"
    bread.write_text(bread.read_text("utf-8").replace("Rye needs", "Rye always needs"), "utf-8")
    run("ingest", articles)
    article = ids(run)["Rye bread"]
    history = json.loads(run("sources", "history", article, "--json").out)
    assert [(one["number"], one["current"]) for one in history] == [(1, False), (2, True)]
    assert [change["kind"] for change in history[1]["changes"]] == ["replaced"]
    shown = run("sources", "history", article).out
    assert "- Rye needs" in shown
    assert "+ Rye always needs" in shown
    earlier = run("sources", "show", article, "--version", history[0]["version"][:6])
    assert "Rye needs" in earlier.out
    missing = run("sources", "show", article, "--version", "ffff")
    assert (missing.code, "sources history" in missing.err) == (1, True)


def test_copies_are_shown(run: Run, filled: Path, articles: Path) -> None:
    (articles / "reprint.md").write_text((articles / "bread.md").read_text("utf-8"), "utf-8")
    run("ingest", articles)
    rows = [line.split("\t") for line in run("sources", "list", "--title", "rye").out.splitlines()]
    shown = json.loads(run("sources", "show", rows[0][0], "--json").out)
    assert [head["id"] for head in shown["copies"]] == [rows[1][0]]
    assert shown["copy_group"] in (rows[0][0], rows[1][0])
    assert f"copy: {rows[1][0]}" in run("sources", "show", rows[0][0]).out
    figures = json.loads(run("sources", "stats", "--json").out)
    assert (figures["articles"], figures["reports"], figures["copies"]) == (4, 3, 1)


def test_the_figures_tell_months_failures_and_size(run: Run, filled: Path, articles: Path) -> None:
    (articles / "empty.md").write_text("", "utf-8")
    run("ingest", articles)
    figures = json.loads(run("sources", "stats", "--json").out)
    counted = {(one["publisher"], one["month"]): one["articles"] for one in figures["by_month"]}
    assert counted["The Daily", "2020-12"] == 1
    assert sum(counted.values()) == figures["articles"] == 3
    assert figures["bytes_on_disk"]["catalogue"] > 0
    newest, oldest = figures["ingests"][0], figures["ingests"][-1]
    assert newest["failed"][0]["location"].endswith("empty.md")
    assert (newest["unchanged"], oldest["added"]) == (3, 3)
    assert newest["finished_at"] is not None
    told = run("sources", "stats").out
    assert "The Daily\t2020-12\t1" in told
    assert "empty.md" in told
