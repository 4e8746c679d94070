"""Adding files: each with its outcome, the uploads gone afterwards, and stopped when left early."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from time import sleep

from assistant.page.adding import Adding, Refusal, add_files
from assistant.page.adding_view import adding_view, scope_view
from assistant.page.state import Problem, Scope
from ingest.errors import FootnoteError
from tests.assistant.page.fakes import FakeService
from tests.assistant.page.reading import read
from vectorstore.progress import IngestProgress
from vectorstore.sync import Failure, IngestReport


def upload(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def last(states: Iterator[Adding]) -> Adding:
    *_, final = states
    return final


def test_files_are_added_and_can_be_asked_about(tmp_path: Path) -> None:
    service = FakeService([])
    paths = [upload(tmp_path, "one.txt", b"One."), upload(tmp_path, "two.txt", b"Two.")]
    final = last(add_files(service, paths))
    assert final.added == ("one.txt", "two.txt")
    assert final.scope == Scope("2 files", tuple(article.id for article in service.held))
    assert not final.current
    assert not any(path.exists() for path in paths)


def test_a_bad_file_is_refused_with_its_reason_and_the_others_are_added(tmp_path: Path) -> None:
    paths = [upload(tmp_path, "bad.bin", b"\0\1"), upload(tmp_path, "good.txt", b"Good.")]
    final = last(add_files(FakeService([]), paths))
    assert final.refused == (Refusal("bad.bin", Problem("It holds no text.")),)
    assert final.added == ("good.txt",)
    shown = read(adding_view(final))
    assert shown.one("div", role="alert").text.startswith("bad.bin was not added. It holds no text.")
    assert "good.txt was added." in shown.text


def test_nothing_added_leaves_nothing_to_ask_about(tmp_path: Path) -> None:
    assert last(add_files(FakeService([]), [upload(tmp_path, "bad.bin", b"\0")])).scope is None
    assert last(add_files(FakeService([]), [])) == Adding()


def test_a_failure_is_told_with_its_advice(tmp_path: Path) -> None:
    class Busy(FakeService):
        def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
            raise FootnoteError("Another process is writing.", "Wait for it.")

    final = last(add_files(Busy([]), [upload(tmp_path, "a.txt", b"A")]))
    assert "a.txt was not added. Another process is writing. Wait for it." in read(adding_view(final)).text
    assert not (tmp_path / "a.txt").exists()


def test_leaving_early_stops_the_ingest(tmp_path: Path) -> None:
    begun = Flag()

    class Endless(FakeService):
        passages = 0

        def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
            assert progress is not None
            while True:
                progress.passages(1)
                self.passages += 1
                begun.set()
                sleep(0.005)

    service = Endless([])
    states = add_files(service, [upload(tmp_path, "long.txt", b"Long.")])
    assert next(states).current == "long.txt"
    begun.wait(10)
    assert next(states).passages > 0
    states.close()  # type: ignore[attr-defined]
    stopped_at = service.passages
    sleep(0.05)
    assert service.passages == stopped_at
    assert not (tmp_path / "long.txt").exists()


def test_progress_names_the_file_and_can_be_stopped() -> None:
    shown = read(adding_view(Adding(current="<b>.txt", passages=1200)))
    assert "Reading <b>.txt … 1,200 passages so far." in shown.text
    assert shown.one("button").attributes["data-fn"] == "stopadding"


def test_a_scope_can_be_left() -> None:
    assert scope_view(None) == ""
    assert read(scope_view(Scope("notes.txt", ("1",)))).one("button").attributes["data-fn"] == "unscope"


def test_what_the_ingest_says_besides_is_shown(tmp_path: Path) -> None:
    class Renaming(FakeService):
        def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
            return replace(super().add_file(path, name, progress), notices=("Kept as <a> (2).txt.",))

    final = last(add_files(Renaming([]), [upload(tmp_path, "a.txt", b"A.")]))
    assert "a.txt was added. Kept as <a> (2).txt." in read(adding_view(final)).text


def test_an_archive_of_which_a_part_cannot_be_read_is_added(tmp_path: Path) -> None:
    class HalfReadable(FakeService):
        def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
            report = super().add_file(path, name, progress)
            return replace(report, failed=(Failure(f"file:///{name}/b.txt", "The file is empty."),))

    final = last(add_files(HalfReadable([]), [upload(tmp_path, "a.zip", b"A.")]))
    assert (final.added, final.refused) == (("a.zip",), ())
    told = "a.zip was added. One document in it could not be read (b.txt: The file is empty.)."
    assert told in read(adding_view(final)).text


def test_an_archive_counts_as_one_file_that_was_there_before(tmp_path: Path) -> None:
    class Known(FakeService):
        def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
            report = super().add_file(path, name, progress)
            return replace(report, added=0, unchanged=3)

    final = last(add_files(Known([]), [upload(tmp_path, "a.zip", b"A.")]))
    assert "a.zip had been added before, with the same text." in read(adding_view(final)).text
