"""`footnote ingest`: what it reports, and what comes of bad files."""

import os
import re
from pathlib import Path

import pytest

from tests.assistant.cli.conftest import Run
from tests.assistant.letters import LetterEmbedder
from vectorstore.encoders import encoder_folder
from vectorstore.errors import DiskFullError
from vectorstore.index import Index
from vectorstore.onnx_encoder import Manifest, Prompts


def counts(out: str) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r"^(\w+): (\d+)$", out, re.MULTILINE)}


def test_a_second_time_changes_nothing_and_says_so(run: Run, articles: Path) -> None:
    first, second = run("ingest", articles), run("ingest", articles)
    assert (first.code, counts(first.out)["added"]) == (0, 3)
    assert (second.code, counts(second.out)["unchanged"], counts(second.out)["added"]) == (0, 3, 0)
    assert "nothing has changed" in second.out


def test_results_go_to_stdout_and_messages_to_stderr(run: Run, articles: Path) -> None:
    outcome = run("ingest", articles)
    assert "added: 3" in outcome.out
    assert "ingesting" not in outcome.out
    assert "ingesting" in outcome.err


def test_changed_and_gone_articles_are_counted(run: Run, articles: Path) -> None:
    run("ingest", articles)
    (articles / "bees.txt").write_text("Bees\n\nThe bees are asleep now.\n")
    (articles / "bread.md").unlink()
    kept = counts(run("ingest", articles).out)
    assert (kept["changed"], kept["unchanged"], kept["removed"]) == (1, 1, 0)
    synced = counts(run("ingest", articles, "--sync").out)
    assert (synced["changed"], synced["unchanged"], synced["removed"]) == (0, 2, 1)


def test_globs_choose(run: Run, articles: Path) -> None:
    assert counts(run("ingest", articles, "--include", "*.md", "--exclude", "bread*").out)["added"] == 1


def test_the_home_may_stand_before_or_after_the_command(
    run: Run, articles: Path, tmp_path: Path, home: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    assert run("--home", before, "ingest", articles).code == 0
    assert run("--home", before, "ingest", articles, "--home", after).code == 0
    assert not home.exists()
    for folder in (before, after):
        with Index.open(folder) as index:
            assert index.count_articles() == 3


class TestBadFiles:
    @pytest.fixture
    def mixed(self, articles: Path) -> Path:
        (articles / "empty.txt").write_bytes(b"")
        (articles / "blank.md").write_text(" \n\n\t\n")
        (articles / "binary.txt").write_bytes(bytes(range(256)) * 40)
        (articles / "gone.txt").symlink_to(articles / "nowhere.txt")
        return articles

    def test_each_is_named_with_its_reason_and_the_rest_is_ingested(self, run: Run, mixed: Path) -> None:
        outcome = run("ingest", mixed)
        assert outcome.code == 0
        assert "warning: 4 could not be ingested" in outcome.err
        assert (counts(outcome.out)["added"], counts(outcome.out)["failed"]) == (3, 4)
        for name in ("empty.txt", "blank.md", "binary.txt", "gone.txt"):
            line = next(
                line
                for line in outcome.out.splitlines()
                if line.startswith("not ingested: ") and name in line
            )
            assert re.search(r"\(\S.+\)$", line)

    def test_strict_makes_it_a_failure_and_keeps_the_rest(self, run: Run, mixed: Path, home: Path) -> None:
        outcome = run("ingest", mixed, "--strict")
        assert outcome.code == 1
        assert "--strict" in outcome.error
        with Index.open(home) as index:
            assert index.count_articles() == 3

    @pytest.mark.parametrize("content", [b"", b"  \n", bytes(range(256)) * 40, b"\x00" * 100])
    def test_an_ingest_in_which_nothing_succeeded_has_failed(
        self, run: Run, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "bad.txt").write_bytes(content)
        outcome = run("ingest", tmp_path / "bad.txt")
        assert outcome.code == 1
        assert "nothing could be ingested" in outcome.error
        assert "bad.txt" in outcome.out

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso8859-9"])
    def test_other_encodings_are_read(self, run: Run, tmp_path: Path, encoding: str) -> None:
        text = (
            "Café owners in Besançon said they were très content.\n\nThey have opened a second café nearby. "
            * 4
        )
        (tmp_path / "cafe.txt").write_bytes(text.encode(encoding))
        assert run("ingest", tmp_path / "cafe.txt").code == 0
        shown = run("sources", "export").out
        assert "Besançon" in shown

    def test_a_file_of_200_megabytes_is_refused_without_reading_it(self, run: Run, articles: Path) -> None:
        with (articles / "huge.txt").open("wb") as file:
            file.truncate(200_000_000)
        outcome = run("ingest", articles)
        assert (outcome.code, counts(outcome.out)["added"]) == (0, 3)
        assert re.search(r"not ingested: .*huge\.txt.*200\.0 MB", outcome.out)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_an_unreadable_file_is_named(self, run: Run, articles: Path) -> None:
        (articles / "bees.txt").chmod(0)
        outcome = run("ingest", articles)
        assert outcome.code == 0
        assert re.search(r"not ingested: .*bees\.txt.*permission", outcome.out)

    def test_looping_links_end(self, run: Run, articles: Path) -> None:
        (articles / "loop").symlink_to(articles, target_is_directory=True)
        (articles / "self.txt").symlink_to(articles / "self.txt")
        outcome = run("ingest", articles)
        assert outcome.code == 0
        assert counts(outcome.out)["added"] == 3

    def test_a_pipe_is_no_article(self, run: Run, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        assert run("ingest", tmp_path / "pipe.txt").code == 1

    def test_names_that_steer_terminals_do_not(self, run: Run, articles: Path) -> None:
        (articles / "a\x1b[31m\nred.txt").write_bytes(b"")
        outcome = run("ingest", articles)
        assert "\x1b" not in outcome.out + outcome.err
        assert sum(line.startswith("not ingested: ") for line in outcome.out.splitlines()) == 1


def test_nothing_new_needs_no_embedding_model(
    run: Run, filled: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise AssertionError("the embedding model was loaded")

    folder = encoder_folder(filled, LetterEmbedder.identity)
    folder.mkdir(parents=True)
    Manifest(LetterEmbedder.identity, Prompts(), reads_passages=False).write(folder)
    monkeypatch.setattr("assistant.service.ingestion.open_embedder", gone)
    outcome = run("ingest", articles)
    assert outcome.code == 0
    assert "nothing has changed" in outcome.out


class TestBadSources:
    @pytest.mark.parametrize(
        "words", [["ingest"], ["ingest", ""], ["ingest", "ftp://news.example/a"], ["ingest", "a\0b"]]
    )
    def test_what_is_no_source_is_wrong_usage(self, run: Run, words: list[str], home: Path) -> None:
        outcome = run(*words)
        assert outcome.code == 2
        assert outcome.error
        assert not home.exists()

    def test_what_is_not_there_fails_before_anything_is_made(
        self, run: Run, tmp_path: Path, home: Path
    ) -> None:
        outcome = run("ingest", tmp_path / "nowhere")
        assert outcome.code == 1
        assert "nowhere" in outcome.error
        assert not home.exists()

    def test_a_folder_with_nothing_in_it(self, run: Run, tmp_path: Path, home: Path) -> None:
        (tmp_path / "nothing").mkdir()
        outcome = run("ingest", tmp_path / "nothing")
        assert outcome.code == 1
        assert "nothing to read" in outcome.error
        assert not home.exists()

    def test_one_bad_source_does_not_stop_the_others(self, run: Run, articles: Path, tmp_path: Path) -> None:
        outcome = run("ingest", tmp_path / "nowhere", articles)
        assert outcome.code == 0
        assert (counts(outcome.out)["added"], counts(outcome.out)["failed"]) == (3, 1)
        assert run("ingest", tmp_path / "nowhere", articles, "--strict").code == 1

    def test_only_bad_sources_have_failed(self, run: Run, tmp_path: Path) -> None:
        outcome = run("ingest", tmp_path / "nowhere", tmp_path / "elsewhere")
        assert outcome.code == 1
        assert counts(outcome.out)["failed"] == 2


class TestBadHomes:
    def test_a_home_that_is_a_file(self, run: Run, articles: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        outcome = run("ingest", articles, "--home", tmp_path / "file")
        assert outcome.code == 1
        assert outcome.error
        assert (tmp_path / "file").read_text() == "mine"

    def test_a_full_disk(
        self, run: Run, filled: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise DiskFullError(f"The disk that holds {filled} is full.", "Free some space.")

        monkeypatch.setattr("assistant.service.ingestion.ingest_source", full)
        outcome = run("ingest", articles)
        assert outcome.code == 1
        assert "full" in outcome.error

    def test_two_ingests_at_once(self, run: Run, filled: Path, articles: Path) -> None:
        (articles / "new.txt").write_text("New\n\nSomething new has happened.\n")
        with Index.open(filled) as index, index.writer():
            outcome = run("ingest", articles)
            assert outcome.code == 1
            assert f"pid {os.getpid()}" in outcome.error
        assert counts(run("ingest", articles).out)["added"] == 1

    def test_an_index_of_another_embedder(
        self, run: Run, filled: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from vectorstore.embedding import EmbedderIdentity

        class Other(LetterEmbedder):
            identity = EmbedderIdentity("other", "2", 26, 256)

        monkeypatch.setattr("assistant.service.ingestion.open_embedder", lambda *_, **__: Other())
        outcome = run("ingest", articles, "--embedder", "other")
        assert outcome.code == 1
        assert "letters" in outcome.error
        assert "footnote index reembed" in outcome.err
