"""Archives: every readable member once, and nothing that a hostile one would like."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.archives import Limits, documents_in, is_readable, readable_suffixes
from ingest.document import RawDocument, ReadFailure

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
SMALL = Limits(
    document_bytes=1_000_000, total_bytes=3_000_000, ratio=100, ratio_from_bytes=100_000, members=50
)


def zipped(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes | tarfile.TarInfo], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type = kind
    entry.linkname = target
    return entry


def contents(data: bytes, name: str, limits: Limits = SMALL) -> list[RawDocument | ReadFailure]:
    return list(documents_in(io.BytesIO(data), name, f"file:///{name}", READ_AT, limits=limits))


def texts(data: bytes, name: str) -> dict[str, bytes]:
    found = contents(data, name)
    assert all(isinstance(one, RawDocument) for one in found), found
    return {one.location: one.data for one in found if isinstance(one, RawDocument)}


def reasons(data: bytes, name: str, limits: Limits = SMALL) -> list[str]:
    return [one.reason for one in contents(data, name, limits) if isinstance(one, ReadFailure)]


MEMBERS = {
    "a.txt": b"A.",
    "b/c d.md": b"C.",
    "d.png": b"\x89PNG",
    ".hidden.txt": b"x",
    "__MACOSX/a.txt": b"x",
    "e/": b"",
}
READ = {"a.txt": b"A.", "b/c%20d.md": b"C."}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped(MEMBERS)),
        ("x.tar", tarred({name: data for name, data in MEMBERS.items() if not name.endswith("/")})),
    ],
)
def test_members_that_a_format_reads_are_documents_below_the_archive(name: str, data: bytes) -> None:
    assert texts(data, name) == {f"file:///{name}/{member}": text for member, text in READ.items()}


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_packed_files_are_what_their_names_say(suffix: str, pack: object) -> None:
    assert callable(pack)
    assert texts(pack(b"Words."), f"x.txt{suffix}") == {f"file:///x.txt{suffix}/x.txt": b"Words."}
    inner = texts(pack(tarred({"a.txt": b"A."})), f"x.tar{suffix}")
    assert inner == {f"file:///x.tar{suffix}/x.tar/a.txt": b"A."}


def test_a_short_suffix_is_a_packed_tar() -> None:
    assert list(texts(tarred({"a.txt": b"A."}, "w:gz"), "x.tgz").values()) == [b"A."]


def test_archives_within_archives_are_read_up_to_a_depth() -> None:
    data = zipped({"a.txt": b"A."})
    for level in range(2):
        data = zipped({f"{level}.zip": data})
    assert list(texts(data, "x.zip")) == ["file:///x.zip/1.zip/0.zip/a.txt"]
    assert reasons(zipped({"2.zip": data}), "x.zip") == [
        "It is an archive within archives, deeper than is read."
    ]
    in_tar = tarred({"a.zip": zipped({"a.txt": b"A."})})
    assert list(texts(in_tar, "x.tar")) == ["file:///x.tar/a.zip/a.txt"]


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "C:/a.txt", "..\\a.txt", "\\\\host\\a.txt"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    for archive, data in (
        ("x.zip", zipped({name: b"x", "b.txt": b"B."})),
        ("x.tar", tarred({name: b"x", "b.txt": b"B."})),
    ):
        found = contents(data, archive)
        assert [one.reason for one in found if isinstance(one, ReadFailure)] == [
            "Its name leads out of the archive."
        ]
        assert [one.data for one in found if isinstance(one, RawDocument)] == [b"B."]


def test_links_and_devices_are_refused() -> None:
    data = tarred(
        {
            "a": special("a.txt", tarfile.SYMTYPE, "/etc/passwd"),
            "b": special("b.txt", tarfile.LNKTYPE, "c.txt"),
            "c": special("c.txt", tarfile.FIFOTYPE),
            "d": special("d.txt", tarfile.CHRTYPE),
        }
    )
    assert len(reasons(data, "x.tar")) == 4
    assert all("link" in reason or "regular" in reason for reason in reasons(data, "x.tar"))
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link" in reasons(buffer.getvalue(), "x.zip")[0]


def test_a_second_member_of_a_name_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "A.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "B.")
    found = contents(buffer.getvalue(), "x.zip")
    assert [type(one) for one in found] == [RawDocument, ReadFailure]


def test_a_member_that_unpacks_to_far_more_is_refused_and_the_rest_is_read() -> None:
    found = contents(zipped({"bomb.txt": b"0" * 900_000, "a.txt": b"A."}), "x.zip")
    assert [type(one) for one in found] == [ReadFailure, RawDocument]
    assert isinstance(found[0], ReadFailure)
    assert "bomb" in found[0].reason


def test_a_member_that_is_too_large_is_refused_and_the_rest_is_read() -> None:
    large = bytes(range(32, 127)) * 12_000
    for name, data in (
        ("x.zip", zipped({"large.txt": large, "a.txt": b"A."}, zipfile.ZIP_STORED)),
        ("x.tar", tarred({"large.txt": large, "a.txt": b"A."})),
    ):
        found = contents(data, name)
        assert [type(one) for one in found] == [ReadFailure, RawDocument]
        assert "1 MB" in str(found[0])


def test_no_more_than_the_whole_that_is_allowed_comes_out() -> None:
    part = bytes(range(32, 127)) * 9_000
    data = zipped({f"{at}.txt": part for at in range(6)}, zipfile.ZIP_STORED)
    found = contents(data, "x.zip")
    assert [type(one) for one in found] == [RawDocument] * 3 + [ReadFailure]
    assert "3 MB come out" in str(found[-1])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt.gz", gzip.compress(b"0" * 950_000)),
        ("x.jsonl.gz", gzip.compress(b'{"text": "' + b"0" * 2_900_000 + b'"}')),
        ("x.tar.xz", lzma.compress(tarred({"a.txt": b"0" * 900_000}))),
        ("x.txt.gz.gz", gzip.compress(gzip.compress(b"0" * 950_000, mtime=0), mtime=0)),
        ("x.zip", zipped({"x.txt.bz2": bz2.compress(b"0" * 950_000)})),
    ],
)
def test_bombs_in_packed_files_are_refused_before_they_are_unpacked(name: str, data: bytes) -> None:
    found = contents(data, name)
    assert [type(one) for one in found] == [ReadFailure]
    assert "bomb" in str(found[0])


def test_a_bomb_of_many_entries_is_refused() -> None:
    data = zipped({f"{at}.txt": b"A." for at in range(60)})
    found = contents(data, "x.zip")
    assert len(found) == 51
    assert "50 entries" in str(found[-1])


def test_locked_members_are_failures() -> None:
    data = bytearray(zipped({"a.txt": b"A."}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert reasons(bytes(data), "x.zip") == ["It is locked with a password."]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped({"a.txt": b"A." * 500})),
        ("x.tar", tarred({"a.txt": b"A." * 5000})),
        ("x.tar.gz", gzip.compress(tarred({"a.txt": bytes(range(200)) * 50}))),
        ("x.txt.xz", lzma.compress(bytes(range(200)) * 50)),
        (
            "x.warc.gz",
            gzip.compress(
                b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nHTTP/1.1 200 OK\r\n",
                mtime=0,
            ),
        ),
    ],
)
def test_truncated_and_damaged_archives_are_failures(name: str, data: bytes) -> None:
    for part in (data[: len(data) // 2], data[:10], b"", b"no archive at all", b"\0" * 2000):
        for one in contents(part, name):
            if isinstance(one, ReadFailure):
                assert one.reason.endswith(".")
    assert any(isinstance(one, ReadFailure) for one in contents(data[: len(data) // 2], name))


@pytest.mark.parametrize("data", [b"no archive at all\n\n\n", b"PK\x03\x04" + bytes(50), bytes(2000)])
def test_what_is_no_web_archive_is_a_failure(data: bytes) -> None:
    (failure,) = contents(data, "x.warc")
    assert isinstance(failure, ReadFailure)
    assert failure.reason.startswith("It is no web archive, or damaged: ")
    assert "\n" not in failure.reason


def test_a_flipped_byte_is_a_failure_of_that_member_only() -> None:
    data = bytearray(zipped({"a.txt": b"Some words.", "b.txt": b"B."}, zipfile.ZIP_STORED))
    data[data.index(b"Some words.")] ^= 1
    assert [type(one) for one in contents(bytes(data), "x.zip")] == [ReadFailure, RawDocument]


def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    contents(zipped({"../a.txt": b"x", "b.txt": b"B.", "c.zip": zipped({"d.txt": b"D."})}), "x.zip")
    contents(tarred({"../a.txt": b"x", "b.txt": b"B."}), "x.tar")
    assert list(tmp_path.iterdir()) == []


def test_names() -> None:
    assert is_readable("a.TXT")
    assert is_readable("a.tar.gz")
    assert is_readable("a.jsonl.gz")
    assert not is_readable("a.png.gz")
    assert not is_readable("a.png")
    assert {".zip", ".tar", ".gz", ".tgz", ".warc", ".mbox", ".jsonl", ".csv", ".txt"} <= readable_suffixes()
