"""Bytes become the text that was meant, or are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decoding import decode_text
from ingest.errors import ExtractionError

TURKISH = "Türkiye'nin çağrısı üzerine görüşmeler İstanbul'da başladı. Şimdi ne olacağı bilinmiyor. " * 5
RUSSIAN = "Переговоры прошли в Москве, сообщило министерство обороны. Следующая встреча будет в Анкаре. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    text = "The talks ended. " + TURKISH
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (TURKISH, "cp1254")]
)
def test_a_declared_encoding_is_used(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), declared=encoding) == text


def test_an_undeclared_encoding_is_detected() -> None:
    assert decode_text(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode_text("Ankara’s çağrı".encode(), declared="iso-8859-1") == "Ankara’s çağrı"


@pytest.mark.parametrize("declared", ["no-such-code", "utf-7", "rot13", "base64", "idna", "\0"])
def test_a_senseless_declaration_does_no_harm(declared: str) -> None:
    assert decode_text(RUSSIAN.encode("cp1251"), declared=declared)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 words", "PDF"),
        (b"PK\x03\x04words", "ZIP"),
        (b"\x89PNG\r\n", "PNG"),
        (b"some words\0and more", "NUL"),
        (b"\xef\xbb\xbf\xff\xfe broken", "utf-8-sig"),
        (bytes(range(1, 32)) * 20, "control characters"),
    ],
)
def test_binary_data_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ExtractionError, match=reason):
        decode_text(data)


@pytest.mark.parametrize("declared", [None, "utf-8"])
@pytest.mark.parametrize(
    ("data", "where"),
    [
        (TURKISH[:-40].encode() + "\nSonunda görüş".encode()[:-1], r"line 2 \("),
        (
            b"He \xe2\x80\x94 a man \xe2\x80\x94 said \xe2\x80\x9cyes\xe2\x80\x9d.\nIt is \xe2\x80 cut.",
            r"line 2 \(byte 40\)",
        ),
        (TURKISH.encode() + "\nTürkiye".encode("cp1254"), r"line 2 \("),
    ],
    ids=["cut off", "one character", "a line in another encoding"],
)
def test_damaged_utf8_is_refused_with_the_place(data: bytes, where: str, declared: str | None) -> None:
    with pytest.raises(ExtractionError, match=where) as refused:
        decode_text(data, declared)
    assert "UTF-8" in refused.value.advice


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("นายกรัฐมนตรีลาออกเมื่อวันจันทร์หลังจากการลงคะแนนเสียงในรัฐสภา", "cp874"),
        ("東京の市長は月曜日に辞任した。", "cp932"),
        ("总理在星期一辞职了。北京人口众多。", "gb18030"),
        ("총리는 월요일에 사임했다", "cp949"),
        ("Её сестра и моё ещё", "koi8-r"),
    ],
)
def test_other_encodings_are_not_taken_for_damaged_utf8(text: str, encoding: str) -> None:
    assert decode_text((text * 20).encode(encoding))


@given(st.binary(max_size=300))
def test_nothing_is_replaced(data: bytes) -> None:
    with suppress(ExtractionError):
        in_the_data = [
            data.count("\ufffd".encode(encoding)) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        ]
        assert decode_text(data).count("\ufffd") <= sum(in_the_data)


@pytest.mark.parametrize("declared", ["punycode", "idna", "unicode_escape", "raw_unicode_escape"])
def test_what_is_no_charset_of_documents_is_not_decoded_with(declared: str) -> None:
    data = b"The talks \\u0065nded.\x1b Bees-kva sleep in winter."
    assert decode_text(data, declared) == data.decode("ascii")
