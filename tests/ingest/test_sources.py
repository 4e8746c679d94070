"""Sources yield every document once, in order, or say why not."""

import os
import socket
from errno import EACCES
from pathlib import Path
from typing import NoReturn

import pytest

from ingest.document import RawDocument, ReadFailure
from ingest.errors import SourceError, UsageError
from ingest.samples import sample_files
from ingest.sources import Source, SourceOptions, open_list, open_source
from ingest.sources.files import FileSource, file_location, read_file
from ingest.sources.folder import FolderSource
from ingest.sources.web.source import AddressListSource


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}.")
    return root


def names(source: Source) -> list[str]:
    return [one.name for one in source.documents() if isinstance(one, RawDocument)]


def failures(source: Source) -> list[ReadFailure]:
    return [one for one in source.documents() if isinstance(one, ReadFailure)]


def opened(root: Path, *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> FolderSource:
    source = open_source(str(root), SourceOptions(include=include, exclude=exclude))
    assert isinstance(source, FolderSource)
    return source


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    source = opened(tree(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "B.TXT"))
    assert names(source) == ["B.TXT", "a/b/c.html", "a/z.md", "b.txt"]
    assert source.count_hint() == 4
    assert names(source) == names(source)


def test_locations_begin_with_the_key_and_do_not_depend_on_how_the_folder_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "news/ağ b.txt", "other/x.txt")
    monkeypatch.chdir(tmp_path / "other")
    one, other = opened(tmp_path / "news"), opened(Path("../news/"))
    locations = [document.location for document in one.documents()]
    assert locations == [document.location for document in other.documents()]
    assert locations == [file_location(tmp_path / "news" / "ağ b.txt")]
    assert all(location.startswith(one.key) and location.isascii() for location in locations)
    assert one.key.endswith("/news/")


def test_a_file_has_the_same_location_alone_and_in_its_folder(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    alone = open_source(str(tmp_path / "a.txt"))
    assert [one.location for one in alone.documents()] == [
        one.location for one in opened(tmp_path).documents()
    ]
    assert alone.key == next(iter(alone.documents())).location
    assert alone.count_hint() == 1


def test_hidden_and_version_control_folders_are_ignored(tmp_path: Path) -> None:
    source = opened(
        tree(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", ".svn/c.txt", "CVS/d.txt", "node_modules/e.md")
    )
    assert names(source) == ["a.txt"]


def test_the_ignore_file_is_obeyed(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "drafts/b.txt", "notes.md", "keep.md")
    (tmp_path / ".footnoteignore").write_text("# not these\ndrafts/\n*.md\n!keep.md\n")
    assert names(opened(tmp_path)) == ["a.txt", "keep.md"]


def test_an_ignore_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    ignored = tree(tmp_path, "a.txt") / ".footnoteignore"
    ignored.write_bytes(b"M\xfcll/")
    with pytest.raises(UsageError, match="is not UTF-8 text"):
        opened(tmp_path)
    ignored.unlink()
    ignored.mkdir()
    with pytest.raises(UsageError, match=r"cannot be read \(Is a directory\)"):
        opened(tmp_path)


def test_a_folder_that_may_not_be_read_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: object, *_: object, **__: object) -> NoReturn:
        raise PermissionError(EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "scandir", denied)
    monkeypatch.setattr(Path, "read_text", denied)
    assert failures(opened(tmp_path)) == [
        ReadFailure(
            f"{file_location(tmp_path)}/",
            "The folder may not be read (permission denied). Check its permissions.",
        )
    ]


def test_include_and_exclude_patterns(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "2020/b.txt", "2020/c.md", "2021/d.txt")
    assert names(opened(tmp_path, include=("2020/",))) == ["2020/b.txt", "2020/c.md"]
    assert names(opened(tmp_path, include=("*.txt",))) == ["2020/b.txt", "2021/d.txt", "a.txt"]
    assert names(opened(tmp_path, include=("*.txt",), exclude=("2020",))) == ["2021/d.txt", "a.txt"]


def test_other_kinds_of_file_are_counted_and_not_read(tmp_path: Path) -> None:
    source = opened(tree(tmp_path, "a.txt", "b.jpg", "c.jpg", "Makefile"))
    assert names(source) == ["a.txt"]
    assert source.skipped == 3
    assert source.skipped_suffixes == {".jpg": 2, "": 1}


def test_looping_links_end_and_each_file_comes_once(tmp_path: Path) -> None:
    tree(tmp_path / "root", "a/b.txt", "c.txt")
    tree(tmp_path / "elsewhere", "d.txt", "back.txt")
    (tmp_path / "root/a/up").symlink_to(tmp_path / "root")
    (tmp_path / "root/self").symlink_to(tmp_path / "root/self")
    (tmp_path / "root/again.txt").symlink_to(tmp_path / "root/c.txt")
    (tmp_path / "root/out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/loop").symlink_to(tmp_path / "root")
    assert names(opened(tmp_path / "root")) == ["a/b.txt", "c.txt", "out/back.txt", "out/d.txt"]


def test_a_link_that_leads_nowhere_is_a_failure(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "missing.txt")
    source = opened(tmp_path)
    assert names(source) == ["a.txt"]
    assert [failure.reason for failure in failures(source)] == ["The link leads nowhere."]


def test_a_file_that_vanishes_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = opened(tree(tmp_path, "a.txt", "b.txt", "c.txt"))
    (tmp_path / "b.txt").unlink()
    assert names(source) == ["a.txt", "c.txt"]
    assert failures(source) == [ReadFailure(file_location(tmp_path / "b.txt"), "The file has gone.")]


def test_an_empty_file_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert [failure.reason for failure in failures(opened(tmp_path))] == ["The file is empty."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_and_folder_are_failures(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b.txt", "closed/c.txt")
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        source = opened(tmp_path)
        assert names(source) == ["a.txt"]
        assert all("permission denied" in failure.reason for failure in failures(source))
        assert source.count_hint() == 3
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_permission_denied_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.txt")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    failure = read_file(tmp_path / "a.txt", name="a.txt", max_bytes=100)
    assert failure == ReadFailure(
        file_location(tmp_path / "a.txt"),
        "The file may not be read (permission denied). Check its permissions.",
    )


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was opened")

    source = opened(tmp_path)
    monkeypatch.setattr(Path, "open", never)
    (failure,) = failures(source)
    assert "200.0 MB" in failure.reason
    assert "50.0 MB. Cut it into smaller files." in failure.reason


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 100)
    small = os.stat_result((0o100644, 1, 1, 1, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: small)
    assert isinstance(read_file(tmp_path / "a.txt", name="a.txt", max_bytes=50), ReadFailure)


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket.txt"))
    try:
        reasons = [failure.reason for failure in failures(opened(tmp_path))]
    finally:
        listener.close()
    assert reasons == ["It is not a regular file."] * 2


def test_a_name_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"na\xefve.txt")).write_text("Words.")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    (document,) = opened(tmp_path).documents()
    assert document.location.isascii()


@pytest.mark.parametrize("content", [[], ["a.jpg"], [".hidden.txt"]])
def test_a_folder_with_nothing_to_read_is_an_error_with_advice(tmp_path: Path, content: list[str]) -> None:
    tree(tmp_path, *content)
    with pytest.raises(SourceError, match="nothing to read") as caught:
        open_source(str(tmp_path))
    assert ".md" in caught.value.advice


def test_patterns_that_leave_nothing_are_mentioned(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    with pytest.raises(SourceError) as caught:
        open_source(str(tmp_path), SourceOptions(include=("*.md",)))
    assert "patterns" in caught.value.advice


def test_what_does_not_exist_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file or folder") as caught:
        open_source(str(tmp_path / "nothing"))
    assert caught.value.advice


@pytest.mark.parametrize(
    "text", ["", "  ", "a\0b", "https://", "https://a:b@example.org/", "file:///etc/passwd", "s3://bucket"]
)
def test_what_names_no_source_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError):
        open_source(text)


def test_an_address_is_a_source_and_nothing_is_fetched_to_open_it() -> None:
    assert open_source("HTTPS://Example.org").key == "https://example.org/"


@pytest.mark.parametrize("text", ["example.org", "news.example.org/a.html", "localhost:8000/x"])
def test_what_may_be_meant_as_an_address_is_told_how_to_be_one(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text)
    assert "https://" in caught.value.advice


def test_a_file_of_nothing_but_addresses_is_a_list_of_them(tmp_path: Path) -> None:
    path = tmp_path / "links.txt"
    path.write_text("# of today\nhttps://example.org/1\n\n  https://example.org/2 \n")
    source = open_source(str(path))
    assert isinstance(source, AddressListSource)
    assert source.count_hint() == 2


@pytest.mark.parametrize(
    "text", ["https://example.org/1\nand a word", "See https://example.org/1 for more.", "# nothing", ""]
)
def test_a_file_with_other_text_is_an_article(tmp_path: Path, text: str) -> None:
    path = tmp_path / "links.txt"
    path.write_text(text)
    assert isinstance(open_source(str(path)), FileSource)


def test_a_list_that_is_none_says_which_line(tmp_path: Path) -> None:
    path = tmp_path / "links"
    path.write_text("https://example.org/1\nfile:///etc/passwd\n")
    with pytest.raises(UsageError, match="Line 2"):
        open_list(path)
    with pytest.raises(SourceError):
        open_list(tmp_path / "missing")


@pytest.mark.parametrize("text", ["x" * 100_000, "~nobody-of-this-name/articles"])
def test_a_path_that_the_system_refuses_is_an_error_of_one_line(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text)
    assert len(caught.value.message) < 400


def test_a_folder_called_samples_is_reached_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "samples/a.txt")
    monkeypatch.chdir(tmp_path)
    assert open_source("samples").key == "samples:"
    assert names(open_source("./samples")) == ["a.txt"]


def test_the_samples_are_a_source() -> None:
    source = open_source("samples")
    documents = list(source.documents())
    assert source.count_hint() == len(documents) == len(sample_files())
    assert [one.location for one in documents] == [f"samples:{file.name}" for file in sample_files()]


def test_a_single_file_of_any_suffix_is_yielded(tmp_path: Path) -> None:
    tree(tmp_path, "README")
    source = open_source(str(tmp_path / "README"))
    assert isinstance(source, FileSource)
    assert names(source) == ["README"]
