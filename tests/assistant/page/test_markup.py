"""Whatever is put into markup comes out as the same text, and never as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from assistant.page.markup import address, element, join, language_tag, text, web_address
from tests.assistant.page.reading import read

ANY_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(ANY_TEXT)
def test_text_is_read_back_as_it_was(value: str) -> None:
    assert read(text(value)).text == value
    assert read(element("p", value, title=value)).one("p", title=value).text == value


@given(st.text())
def test_no_text_makes_an_element_or_cannot_be_sent(value: str) -> None:
    assert read(text(value)).all() == []
    text(value).encode("utf-8")


def test_what_no_document_can_hold_is_replaced() -> None:
    assert text("a\x00b\ud800c") == "a\ufffdb\ufffdc"


def test_a_carriage_return_survives_a_browser() -> None:
    assert text("a\r\nb") == "a&#13;\nb"


def test_only_markup_is_taken_as_markup() -> None:
    assert join(["<b>", Markup("<i></i>")]) == "&lt;b&gt;<i></i>"
    assert element("div", "<b>", Markup("<br>")) == "<div>&lt;b&gt;<br></div>"


def test_attributes_are_left_out_or_bare() -> None:
    made = element(
        "button", hidden=True, disabled=False, lang=None, class_="x", aria_label='a "b"', tabindex=-1
    )
    assert made == '<button hidden class="x" aria-label="a &#34;b&#34;" tabindex="-1"></button>'


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//host/x",
        "/x",
        "http://",
        "http://[",
        "https://host/a b",
        "https://host/\x01",
        "",
        None,
    ],
)
def test_an_address_that_may_not_be_followed_is_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert read(address(url)).all("a") == []


def test_a_web_address_is_a_link_that_gives_nothing_away() -> None:
    link = read(address("https://news.org/a?b=1&c=2")).one("a")
    assert link.attributes["href"] == "https://news.org/a?b=1&c=2"
    assert {"noopener", "noreferrer"} <= set(str(link.attributes["rel"]).split())


def test_a_reserved_name_leads_nowhere_and_is_shown_as_text() -> None:
    shown = read(address("https://wire.example/2020/12/x"))
    assert shown.all("a") == []
    assert shown.text == "https://wire.example/2020/12/x"


@pytest.mark.parametrize(
    ("language", "tag"), [("tr", "tr"), ("pt-BR", "pt-BR"), ('"><x', None), ("", None), (None, None)]
)
def test_language_tags(language: str | None, tag: str | None) -> None:
    assert language_tag(language) == tag
