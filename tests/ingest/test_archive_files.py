"""Archives as files and in folders: their documents, their limits, and the sizes that are refused unread."""

import json
import zipfile
from pathlib import Path

from ingest.document import RawDocument, ReadFailure
from ingest.sources import SourceOptions, open_source
from ingest.sources.files import file_location


def locations(path: Path, options: SourceOptions | None = None) -> list[str]:
    source = open_source(str(path), options or SourceOptions())
    return [one.location for one in source.documents()]


def made_zip(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return path


def test_what_is_in_an_archive_lies_below_its_location(tmp_path: Path) -> None:
    archive = made_zip(tmp_path / "news ü.zip", a="A.", b="B.")
    source = open_source(str(archive))
    found = locations(archive)
    assert found == [f"{file_location(archive)}/a.txt", f"{file_location(archive)}/b.txt"]
    assert source.key.endswith(".zip/")
    assert source.count_hint() is None
    assert found == locations(tmp_path)


def test_a_folder_with_documents_archives_and_other_things(tmp_path: Path) -> None:
    made_zip(tmp_path / "news.zip", a="A.")
    (tmp_path / "b.txt").write_text("B.")
    (tmp_path / "rows.jsonl").write_text(json.dumps({"url": "https://wire.example/a", "text": "C."}))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    source = open_source(str(tmp_path))
    names = [one.name for one in source.documents() if isinstance(one, RawDocument)]
    assert names == ["b.txt", "news.zip/a.txt", "rows.jsonl/1"]
    assert locations(tmp_path)[-1] == "https://wire.example/a"
    assert source.skipped == 1
    assert source.count_hint() is None


def test_json_lines_say_beforehand_how_many_documents_are_to_come(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "A."}\n\n  \nno JSON\n{"text": "B."}')
    source = open_source(str(path))
    assert source.count_hint() == len(list(source.documents())) == 3
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    assert source.count_hint() is None
    path.unlink()
    assert source.count_hint() is None


def test_fields_of_rows_are_mapped_as_the_options_say(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("story\nWords.\n")
    (without,) = open_source(str(tmp_path / "rows.csv")).documents()
    assert isinstance(without, ReadFailure)
    (mapped,) = open_source(str(tmp_path / "rows.csv"), SourceOptions(fields={"text": "story"})).documents()
    assert isinstance(mapped, RawDocument)


def test_ten_gigabytes_of_nothing_are_refused_unread(tmp_path: Path) -> None:
    for name in ("a.txt", "a.zip", "a.jsonl", "a.csv", "a.tar", "a.pdf", "a.mbox"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(10_000_000_000)
        (found,) = open_source(str(path)).documents()
        assert isinstance(found, ReadFailure)
        assert "10,000.0 MB" in found.reason
        path.unlink()


def test_an_archive_that_has_gone_or_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    archive = made_zip(tmp_path / "news.zip", a="A.")
    source = open_source(str(archive))
    archive.unlink()
    (gone,) = source.documents()
    assert isinstance(gone, ReadFailure)
    assert gone.reason == "The file has gone."
