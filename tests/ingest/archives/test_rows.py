"""Tables, JSON lines, mailboxes and web archives: one article each, bad ones reported, the rest read."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import BinaryIO, cast

import pytest

from ingest.archives import Limits, documents_in
from ingest.archives.fields import parse_fields
from ingest.article import Article
from ingest.document import RawDocument, ReadFailure
from ingest.errors import ExtractionError, UsageError
from ingest.formats import extract_article

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
DEFAULT = Limits()


def contents(
    data: bytes | str, name: str, fields: Mapping[str, str] | None = None, limits: Limits = DEFAULT
) -> list[RawDocument | ReadFailure]:
    raw = data.encode() if isinstance(data, str) else data
    found = documents_in(io.BytesIO(raw), name, f"file:///{name}", READ_AT, limits=limits, fields=fields)
    return list(found)


def articles(data: bytes | str, name: str, fields: Mapping[str, str] | None = None) -> list[Article]:
    found = contents(data, name, fields)
    assert all(isinstance(one, RawDocument) for one in found), found
    return [extract_article(one) for one in found if isinstance(one, RawDocument)]


def failures(data: bytes | str, name: str, limits: Limits = DEFAULT) -> list[str]:
    return [one.reason for one in contents(data, name, limits=limits) if isinstance(one, ReadFailure)]


def json_lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def test_a_line_is_an_article_at_its_address() -> None:
    row = {
        "_id": "03fe",
        "title": "The bridge closes",
        "url": "https://wire.example/bridge",
        "date": "2022/06/12",
        "updated": "2022-06-13T10:00:00+03:00",
        "text": "The council closed it.",
        "authors": ["Jo Roe", {"name": "Ann Poe"}],
        "source": "Sample Wire",
        "lang": "en",
        "category": "Town",
        "week": "20220617",
    }
    (article,) = articles(json_lines(row), "x.jsonl")
    head = article.head
    assert head.location == head.url == "https://wire.example/bridge"
    assert (head.title, head.publisher, head.language) == ("The bridge closes", "Sample Wire", "en")
    assert head.authors == ("Jo Roe", "Ann Poe")
    assert head.published_at == date(2022, 6, 12)
    assert str(head.modified_at) == "2022-06-13 10:00:00+03:00"
    assert article.section == "Town"
    assert article.text == "The council closed it."
    assert article.found["published_at"] == "field"


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.wire.example/bridge", "wire.example"),
        ("http://News.Example:8080/a", "news.example"),
        ("urn:isbn:1", None),
        ("https://[bad", None),
        ("", None),
    ],
)
def test_a_line_that_names_no_publisher_is_of_the_host_of_its_address(
    url: str, publisher: str | None
) -> None:
    (article,) = articles(json_lines({"id": "1", "url": url, "text": "The council closed it."}), "x.jsonl")
    assert article.head.publisher == publisher
    assert article.found.get("publisher") == ("address" if publisher else None)


def test_a_publisher_that_is_left_out_by_the_mapping_is_not_taken_from_the_address() -> None:
    row = {"url": "https://wire.example/bridge", "source": "Sample Wire", "text": "The council closed it."}
    (article,) = articles(json_lines(row), "x.jsonl", parse_fields(["publisher="]))
    assert article.head.publisher is None
    assert "publisher" not in article.found


def test_a_line_without_an_address_is_at_its_id_else_at_its_number() -> None:
    lines = json_lines(
        {"id": "a/b", "text": "A."}, {"text": "B."}, {"url": "javascript:x", "id": 7, "text": "C."}
    )
    locations = [one.location for one in contents(lines, "x.jsonl")]
    assert locations == ["file:///x.jsonl/a/b", "file:///x.jsonl/2", "file:///x.jsonl/7"]


def test_a_second_row_of_an_address_is_an_article_of_its_own() -> None:
    address = "https://wire.example/a"
    rows = json_lines(*({"id": name, "url": address, "text": name} for name in ("x", "y", "z")))
    locations = [one.location for one in contents(rows, "x.jsonl")]
    assert locations == [address, "file:///x.jsonl/y", "file:///x.jsonl/z"]
    assert locations == [one.location for one in contents(rows, "x.jsonl")]


def test_bad_lines_are_failures_and_the_rest_is_read() -> None:
    good = json_lines({"id": "good", "text": "Words."}).encode()
    bad = [b"{", b'["a list"]', b"\xff\xfe{}", b'{"text": ' + b"[" * 100_000, b"null", b"x" * 3_000]
    data = b"".join(line + b"\n" + good for line in bad) + b"\n   \n" + good.rstrip()
    found = contents(data, "x.jsonl", limits=Limits(document_bytes=2_000))
    assert [type(one) for one in found].count(RawDocument) == 7
    assert len([one for one in found if isinstance(one, ReadFailure)]) == 6
    assert all("Line" in one.reason for one in found if isinstance(one, ReadFailure))


def test_a_line_without_text_says_how_to_name_its_field() -> None:
    (document,) = contents(json_lines({"id": 1, "story": "Words."}), "x.jsonl")
    assert isinstance(document, RawDocument)
    with pytest.raises(ExtractionError, match="--map text=FIELD"):
        extract_article(document)


def test_fields_can_be_mapped() -> None:
    fields = parse_fields(["title=meta.head", "text = story", "published_at="])
    row = {"meta": {"head": "The bridge"}, "title": "no", "story": ["One.", "Two."], "date": "2022-01-01"}
    (article,) = articles(json_lines(row), "x.jsonl", fields)
    assert article.title == "The bridge"
    assert article.text == "One.\n\nTwo."
    assert article.head.published_at is None


@pytest.mark.parametrize("mapping", ["title", "=x", "colour=x", ""])
def test_a_mapping_of_nothing_is_a_wrong_usage(mapping: str) -> None:
    with pytest.raises(UsageError, match="published_at"):
        parse_fields([mapping])


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        (1_673_256_600, datetime(2023, 1, 9, 9, 30, tzinfo=UTC)),
        (1_673_256_600_000, datetime(2023, 1, 9, 9, 30, tzinfo=UTC)),
        ("2023-01-09", date(2023, 1, 9)),
        ("3 hours ago", None),
        (2023, None),
        (True, None),
        (1e300, None),
    ],
)
def test_dates_of_rows_are_read_or_left_out_and_never_guessed(stated: object, moment: object) -> None:
    (article,) = articles(json_lines({"id": 1, "text": "Words.", "date": stated}), "x.jsonl")
    assert article.head.published_at == moment
    if moment is None:
        assert article.found["published_at"] == f"unreadable: {stated}"


def test_a_row_without_a_title_has_its_first_words() -> None:
    (article,) = articles(json_lines({"id": 1, "text": "The council closed the bridge. " * 9}), "x.jsonl")
    assert article.title == "The council closed the bridge. The council closed the bridge. The council …"
    assert article.found["title"] == "text"


class Endless(io.RawIOBase):
    """A stream of so many lines, made as it is read."""

    def __init__(self, lines: int) -> None:
        line = json.dumps({"text": "word " * 2_000}).encode() + b"\n"
        self._lines: Iterator[bytes] = (line for _ in range(lines))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        line = next(self._lines, b"")
        buffer[: len(line)] = line
        return len(line)


def test_json_lines_of_any_length_take_the_memory_of_one() -> None:
    stream = cast("BinaryIO", io.BufferedReader(Endless(3_000), 20_000))
    tracemalloc.start()
    count = sum(1 for _ in documents_in(stream, "x.jsonl", "file:///x.jsonl", READ_AT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 2_000_000


def test_a_table() -> None:
    data = 'headline;Date;body;url\n"The; bridge";2022-06-12;"One.\n\nTwo.";https://wire.example/a\n\n"B";;"B.";\n'
    first, second = articles(data, "x.csv")
    assert (first.title, first.text) == ("The; bridge", "One.\n\nTwo.")
    assert first.head.published_at == date(2022, 6, 12)
    assert first.head.location == "https://wire.example/a"
    assert second.head.location == "file:///x.csv/4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_in_several_encodings(encoding: str) -> None:
    data = "title\ttext\nErdoğan’la görüşme\t" + "Bakanlar Ankara’da görüştü, açıklama yapıldı. " * 3 + "\n"
    assert articles(data.encode(encoding), "x.tsv")[0].title == "Erdoğan’la görüşme"


def test_a_table_without_a_text_says_what_its_columns_are() -> None:
    (reason,) = failures("a,b\n1,2\n", "x.csv")
    assert "a, b" in reason
    assert "--map text=COLUMN" in reason
    assert len(articles("a,b\n1,Words.\n", "x.csv", {"text": "b"})) == 1
    assert "--map" in failures("", "x.csv")[0] if failures("", "x.csv") else True


def test_bad_rows_are_failures_and_the_rest_is_read() -> None:
    filling = b"".join(b"%d,Words.\n" % number for number in range(9_000))
    data = b"id,text\n" + filling + b"a,\xff\xfe\n" + b"b," + b"x" * 5_000 + b"\nc,More words.\nd\n"
    found = contents(data, "x.csv", limits=Limits(document_bytes=4_000))
    assert len([one for one in found if isinstance(one, RawDocument)]) == 9_002
    reasons = [one.reason for one in found if isinstance(one, ReadFailure)]
    assert ["encoding" in reasons[0], "longer" in reasons[1], len(reasons)] == [True, True, 2]


MAILBOX = b"""From jo@wire.example Mon Jan  9 14:30:00 2023
From: Jo Roe <jo@wire.example>
Subject: The bridge
Message-ID: <one@wire.example>

It is closed.

>From here on, walk.

From ann@wire.example Tue Jan 10 14:30:00 2023
From: ann@wire.example
Subject: The ferry

It runs.
"""


def test_a_mailbox() -> None:
    first, second = articles(MAILBOX, "x.mbox")
    assert first.head.location == "file:///x.mbox/one%40wire.example"
    assert first.text == "It is closed.\n\nFrom here on, walk."
    assert (second.title, second.text) == ("The ferry", "It runs.")
    assert second.head.location == "file:///x.mbox/2"


def test_a_message_that_is_too_large_is_a_failure() -> None:
    large = MAILBOX.replace(b"It is closed.\n", b"It is closed.\n" * 300)
    found = contents(large, "x.mbox", limits=Limits(document_bytes=2_000))
    assert [type(one) for one in found] == [ReadFailure, RawDocument]


def made_warc(*pages: tuple[str, str, str, bytes]) -> bytes:
    """A packed web archive of pages: address, status line, media type, body."""
    records = []
    for address, status, kind, body in pages:
        response = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        head += "WARC-Date: 2023-01-09T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        head += f"Content-Length: {len(response)}\r\n\r\n"
        records.append(gzip.compress(head.encode() + response + b"\r\n\r\n"))
    return b"".join(records)


def test_a_web_archive() -> None:
    pytest.importorskip("warcio")
    body = "<p>Erdoğan opened the bridge on Monday, the council said.</p>"
    page = f"<html><body><article>{body}</article></body></html>"
    data = made_warc(
        ("https://wire.example/bridge", "200 OK", "text/html; charset=windows-1254", page.encode("cp1254")),
        ("https://wire.example/gone", "404 Not Found", "text/html", b"<p>Gone.</p>"),
        ("https://wire.example/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("file:///etc/passwd", "200 OK", "text/plain", b"root"),
        ("https://wire.example/note", "200 OK", "text/plain", b"Words."),
    )
    first, second = articles(data, "x.warc.gz")
    assert first.head.location == first.head.url == "https://wire.example/bridge"
    assert first.text.startswith("Erdoğan opened")
    assert first.retrieved_at == datetime(2023, 1, 9, 8, tzinfo=UTC)
    assert second.text == "Words."
    twice = made_warc(*(("https://wire.example/a", "200 OK", "text/plain", text) for text in (b"A.", b"B.")))
    assert [one.location for one in contents(twice, "x.warc.gz")] == [
        "https://wire.example/a",
        "file:///x.warc.gz/x.warc/2023-01-09T08%3A00%3A00Z/https%3A//wire.example/a",
    ]


def test_a_library_that_is_missing_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    assert failures(b"WARC/1.0\r\n", "x.warc") == [
        "Reading this needs the package warcio, which is not installed. "
        "Run `pip install 'footnote-qa[warc]'`."
    ]
