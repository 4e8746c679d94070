"""Email messages, saved web pages and subtitles."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.places import Place

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)

MESSAGE = b"""From: =?utf-8?q?J=C3=B6_Roe?= <jo@wire.example>
To: desk@wire.example
Subject: =?utf-8?b?VGhlIGJyaWRnZSDigJMgY2xvc2Vk?=
Date: Mon, 9 Jan 2023 14:30:00 +0300
Message-ID: <1@wire.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/html; charset=utf-8

<p>The council closed the bridge in HTML.</p>
--c
Content-Type: text/plain; charset=iso-8859-9
Content-Transfer-Encoding: quoted-printable

The council closed the bridge, Erdo=F0an said.
--c--
--b
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

Not the message.
--b--
"""

PAGE = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://wire.example/bridge
Subject: The bridge closes
Date: Tue, 10 Jan 2023 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html; charset=windows-1254
Content-Transfer-Encoding: quoted-printable
Content-Location: https://wire.example/bridge

<html><head><title>The bridge closes</title>
<meta property=3D"article:published_time" content=3D"2023-01-09T08:00:00+03:00"></head>
<body><article><h1>The bridge closes</h1><p>The council closed the bridge on Monday, Erdo=F0an said, because=
 rust had weakened its cables.</p></article></body></html>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://wire.example/a.png

iVBORw0KGgo=
--b--
"""


def read(data: bytes | str, name: str) -> Article:
    raw = data.encode() if isinstance(data, str) else data
    return extract_article(RawDocument(f"file:///{name}", name, raw, READ_AT))


@pytest.mark.parametrize("name", ["a.eml", "message"])
def test_a_message(name: str) -> None:
    article = read(MESSAGE, name)
    assert article.title == "The bridge – closed"
    assert article.text == "The council closed the bridge, Erdoğan said."
    assert article.head.authors == ("Jö Roe",)
    assert article.head.published_at == datetime(2023, 1, 9, 14, 30, tzinfo=timezone(timedelta(hours=3)))
    assert article.found["published_at"] == "mail header"


def test_a_message_in_html_only() -> None:
    page = b"<style>p{}</style><p>They <b>ended</b>.</p><script>x</script>"
    data = b"Subject: Talks\nContent-Type: text/html\n\n" + page
    assert read(data, "a.eml").text == "They ended."


@pytest.mark.parametrize(
    "data",
    [
        b'Subject: Talks\nDate: yesterday\nFrom: "<<>>@ ,;\n\nWords of it.',
        b"Subject: =?utf-8?b?!!!?=\nDate: Thu, 99 Foo 2023\nFrom: =?x?y?z?=\n\nWords of it.",
        b"Subject: Talks\nContent-Type: text/plain; charset=nonsense\n\nWords of it.",
        b"Subject: Talks\nContent-Type: multipart/mixed\n\nWords of it.",
    ],
)
def test_headers_that_break_the_rules(data: bytes) -> None:
    with suppress(ExtractionError):
        article = read(data, "a.eml")
        assert article.text == "Words of it."
        assert article.head.published_at is None


def test_a_message_nested_too_deeply_and_one_without_text_are_errors() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(3_000)
    )
    picture = b"Subject: A\nContent-Type: image/png\n\nx"
    for data in (deep, picture, b"\x00\x01\x02", b"just words"):
        with pytest.raises(ExtractionError) as caught:
            read(data, "a.eml")
        assert caught.value.advice


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "page"])
def test_a_saved_page(name: str) -> None:
    article = read(PAGE, name)
    assert article.title == "The bridge closes"
    assert "Erdoğan said" in article.text
    assert article.head.url == "https://wire.example/bridge"
    assert article.head.published_at == datetime(2023, 1, 9, 8, tzinfo=timezone(timedelta(hours=3)))


def test_a_saved_page_without_a_page_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="no page"):
        read(PAGE.replace(b"text/html", b"text/css"), "a.mhtml")


SUBRIP = """1
00:00:01,000 --> 00:00:03,000
<i>The council closed</i>
the bridge.

2
00:00:03,500 --> 00:00:05,000
{\\an8}Why?

3
01:02:10,000 --> 01:02:12,000
Rust had weakened its cables.
"""

WEB_TRACK = """WEBVTT - made for a test

NOTE this is
not said

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Jo Roe>The council closed</v>

00:03.000 --> 00:05.000
The council <00:04.000>closed
the bridge &amp; the ferry.
"""


@pytest.mark.parametrize("name", ["talk.srt"])
def test_subrip_subtitles(name: str) -> None:
    article = read(SUBRIP, name)
    assert article.text == "The council closed the bridge. Why?\n\nRust had weakened its cables."
    assert article.places == (Place(0, "00:00:01"), Place(31, "00:00:03"), Place(37, "01:02:10"))
    assert article.title == "talk"


@pytest.mark.parametrize("name", ["talk.vtt", "talk"])
def test_web_subtitles(name: str) -> None:
    article = read(WEB_TRACK, name)
    assert article.text == "Jo Roe: The council closed The council closed the bridge & the ferry."
    assert [place.label for place in article.places] == ["00:00:01", "00:00:03"]


def test_lines_that_roll_on_are_said_once() -> None:
    cues = ["one", "one\ntwo", "two\nthree"]
    text = "".join(f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{cue}\n\n" for at, cue in enumerate(cues))
    assert read(text, "a.srt").text == "one two three"


@pytest.mark.parametrize("data", ["", "1\n\n", "WEBVTT\n\n", "99:99:99,999 --> x\n", "{" * 10_000])
def test_subtitles_without_words_are_errors(data: str) -> None:
    with pytest.raises(ExtractionError):
        read(data, "a.srt")


@given(
    st.binary(min_size=1, max_size=200),
    st.sampled_from(["a.eml", "a.mhtml", "a.srt", "a.vtt", "a.docx", "a.pdf"]),
)
def test_any_bytes_give_an_article_or_a_plain_error(data: bytes, name: str) -> None:
    with suppress(ExtractionError):
        assert read(data, name).text.strip()
