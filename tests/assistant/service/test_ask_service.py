"""`AskService`: turns, files that are handed over, and what it counts."""

from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path
from zipfile import ZipFile

import pytest

from assistant.service import ask_service
from assistant.service.ask_service import QUESTIONS_AT_ONCE, AskService, ServiceBusyError
from assistant.settings import Settings
from ingest.errors import UsageError
from tests.assistant.letters import LetterEmbedder
from tests.assistant.service.scripted_service import ScriptedAssistant
from vectorstore.errors import DiskFullError
from vectorstore.index import Index
from vectorstore.progress import SilentProgress


def test_only_so_many_questions_are_answered_at_once(
    service: AskService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_service, "SECONDS_TO_WAIT_FOR_TURN", 0.01)
    streams = [service.stream("why?") for _ in range(QUESTIONS_AT_ONCE + 1)]
    for stream in streams[:-1]:
        next(stream)
    with pytest.raises(ServiceBusyError):
        next(streams[-1])
    close = getattr(streams[0], "close")  # noqa: B009 (an iterator to its type, a generator in truth)
    close()
    assert next(service.stream("why?")).name == "delta"


def test_closing_a_stream_stops_the_work(service: AskService, assistant: ScriptedAssistant) -> None:
    stream = service.stream("why?")
    next(stream)
    getattr(stream, "close")()  # noqa: B009
    assert assistant.stopped_early


class TestAddedFiles:
    @pytest.fixture
    def adding(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AskService]:
        monkeypatch.setattr("assistant.service.ingestion.open_embedder", lambda *_, **__: LetterEmbedder())
        with Index.create_or_open(tmp_path / "home", LetterEmbedder()) as index:
            yield AskService(ScriptedAssistant(index, []), Settings(home=tmp_path / "home"))  # type: ignore[arg-type]

    def test_a_file_can_be_found_at_once_and_outlives_the_one_handed_over(
        self, adding: AskService, tmp_path: Path
    ) -> None:
        handed = tmp_path / "4f2a.txt"
        handed.write_text("Bees\n\nBees sleep in winter.\n")
        assert adding.add_file(handed, "bees.txt").added == 1
        handed.unlink()
        assert adding.counts().articles == 1
        assert (tmp_path / "home" / "uploads" / "bees.txt").exists()

    def test_a_disk_without_room_is_said_and_leaves_no_part_of_the_file(
        self, adding: AskService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def half(_: Path, place: Path) -> None:
            place.write_text("Be")
            raise OSError(ENOSPC, "No space left on device")

        handed = tmp_path / "bees.txt"
        handed.write_text("Bees sleep in winter.")
        monkeypatch.setattr("shutil.copyfile", half)
        with pytest.raises(DiskFullError):
            adding.add_file(handed, "bees.txt")
        assert list((tmp_path / "home" / "uploads").iterdir()) == []

    def test_another_file_of_the_same_name_is_kept_beside_it(
        self, adding: AskService, tmp_path: Path
    ) -> None:
        handed, uploads = tmp_path / "x.txt", tmp_path / "home" / "uploads"
        handed.write_text("Bees\n\nBees sleep in winter.\n")
        assert adding.add_file(handed, "bees.txt").notices == ()
        assert adding.add_file(handed, "bees.txt").unchanged == 1
        handed.write_text("Bees\n\nBees fly in summer.\n")
        report = adding.add_file(handed, "bees.txt")
        assert (report.added, report.changed) == (1, 0)
        assert "bees (2).txt" in report.notices[0]
        assert sorted(path.name for path in uploads.iterdir()) == ["bees (2).txt", "bees.txt"]
        assert adding.add_file(handed, "bees.txt").unchanged == 1
        assert adding.counts().articles == 2

    def test_a_bad_file_takes_no_other_of_its_name_with_it(self, adding: AskService, tmp_path: Path) -> None:
        handed = tmp_path / "x.txt"
        handed.write_text("Bees\n\nBees sleep in winter.\n")
        adding.add_file(handed, "bees.txt")
        handed.write_bytes(bytes(range(256)) * 10)
        assert len(adding.add_file(handed, "bees.txt").failed) == 1
        assert [path.name for path in (tmp_path / "home" / "uploads").iterdir()] == ["bees.txt"]
        assert adding.counts().articles == 1

    @pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "a/b/evil.txt"])
    def test_a_name_leads_nowhere_else(self, adding: AskService, tmp_path: Path, name: str) -> None:
        handed = tmp_path / "x.txt"
        handed.write_text("Evil\n\nSome text that is read.\n")
        adding.add_file(handed, name)
        assert [path.name for path in (tmp_path / "home" / "uploads").iterdir()] == ["evil.txt"]
        assert not list(tmp_path.parent.glob("evil.txt"))

    @pytest.mark.parametrize("name", ["", "..", "/", "a\0b.txt"])
    def test_a_file_without_a_name_is_refused(self, adding: AskService, tmp_path: Path, name: str) -> None:
        handed = tmp_path / "x.txt"
        handed.write_text("Text\n\nSome text.\n")
        with pytest.raises(UsageError):
            adding.add_file(handed, name)

    def test_a_file_that_holds_no_article_is_a_failure_in_the_report(
        self, adding: AskService, tmp_path: Path
    ) -> None:
        handed = tmp_path / "x.txt"
        handed.write_bytes(bytes(range(256)) * 10)
        report = adding.add_file(handed, "binary.txt")
        assert len(report.failed) == 1
        assert not list((tmp_path / "home" / "uploads").iterdir())
        assert adding.counts().articles == 0

    def test_an_archive_is_kept_for_what_could_be_read_of_it(
        self, adding: AskService, tmp_path: Path
    ) -> None:
        handed = tmp_path / "x.zip"
        with ZipFile(handed, "w") as archive:
            archive.writestr("bees.txt", "Bees\n\nBees sleep in winter.\n")
            archive.writestr("empty.txt", "")
        report = adding.add_file(handed, "notes.zip")
        assert (report.added, len(report.failed)) == (1, 1)
        assert (tmp_path / "home" / "uploads" / "notes.zip").exists()

    def test_a_file_whose_reading_is_stopped_is_not_kept(self, adding: AskService, tmp_path: Path) -> None:
        class Stopping(SilentProgress):
            def total(self, count: int | None) -> None:
                raise UsageError("Stopped.")

        handed = tmp_path / "x.txt"
        handed.write_text("Bees\n\nBees sleep in winter.\n")
        with pytest.raises(UsageError):
            adding.add_file(handed, "bees.txt", Stopping())
        assert not list((tmp_path / "home" / "uploads").iterdir())
        assert adding.add_file(handed, "bees.txt").added == 1
