"""The opened article: one mark, exactly the quote, in a text that has lost nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.article_view import Place, article_view, missing_view
from assistant.page.opening import opened
from ingest.errors import FootnoteError
from ingest.places import Place as Page
from tests.assistant.page.fakes import FakeService, make_article
from tests.assistant.page.reading import Node, read

TEXTS = st.text(st.sampled_from("ab .\n\t<&🚀é\r"), min_size=1).filter(str.strip)


def body(view: str) -> Node:
    return read(view).one("div", class_="fn-text")


@given(TEXTS, st.data())
def test_the_mark_is_the_quote_and_nothing_is_lost(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    shown = body(article_view(make_article(text=text), Place(start, end)))
    assert [mark.text for mark in shown.all("mark")] == [text[start:end]]
    assert "".join(shown.text.split()) == "".join(text.split())


def test_paragraphs_stand_apart() -> None:
    shown = body(article_view(make_article(text="One.\n\nTwo.\n \n\nThree.\n"), Place(6, 10)))
    assert [paragraph.text for paragraph in shown.all("p")] == ["One.", "Two.", "Three.\n"]
    assert shown.one("mark").text == "Two."


@pytest.mark.timeout(20)
def test_a_long_run_of_spaces_takes_no_time() -> None:
    shown = body(article_view(make_article(text=f"One.{' ' * 300_000}Two."), Place(0, 4)))
    assert len(shown.all("p")) == 1


def test_a_quote_over_a_paragraph_border_is_still_one_mark() -> None:
    text = "One. Two.\n\nThree. Four.\n\nFive."
    shown = body(article_view(make_article(text=text), Place(5, 17)))
    assert [paragraph.text for paragraph in shown.all("p")] == ["One. Two.\n\nThree. Four.", "Five."]
    assert shown.one("mark").text == "Two.\n\nThree."


def test_lines_that_only_fit_a_page_flow_together_and_others_stay() -> None:
    wrapped = "\n".join(["x" * 30 + " " + "y" * 30] * 3)
    text = f"{wrapped}\n\n- one\n- two\n\nOne line of prose.\n\nrow  12   13"
    shown = body(article_view(make_article(text=text), Place(0, 0)))
    flows = [paragraph.attributes.get("class") == "fn-flowing" for paragraph in shown.all("p")]
    assert flows == [True, False, True, False]


def test_the_head_says_who_and_when_and_what_the_article_is() -> None:
    article = make_article(
        "Title", publisher="Wire", published=date(2020, 12, 14), note="Written for the sample.", language="tr"
    )
    head = read(article_view(article, Place(0, 3))).one("header")
    assert head.one("h2").text == "Title"
    assert head.one("p", class_="fn-origin").text == "Wire · 14 December 2020"
    assert head.one("p", class_="fn-note").text == "Written for the sample."
    assert read(article_view(article, Place(0, 3))).one("div", class_="fn-text").attributes["lang"] == "tr"


def test_an_article_without_address_shows_its_file_and_no_folder() -> None:
    article = make_article(url=None, location="file:///home/someone/my%20notes.txt")
    where = read(article_view(article, Place(0, 0))).one("p", class_="fn-where")
    assert where.text == "my notes.txt"


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"start": "-3", "end": "x"},
        {"start": "9" * 30, "end": "9" * 5000},
        {"start": None, "end": [1]},
        {"start": "5", "end": "2"},
        {"start": "٣", "end": "٤"},
    ],
)
def test_nonsense_from_the_browser_opens_the_article_without_a_mark(request_: dict[str, Any]) -> None:
    article = make_article()
    view = opened(FakeService([article]), {"article": article.id, "version": article.version, **request_})
    assert body(view).all("mark") == []
    assert body(view).text == article.text


def test_an_end_beyond_the_text_marks_up_to_its_end() -> None:
    article = make_article(text="One. Two.")
    request = {"article": article.id, "version": article.version, "start": "5", "end": "500"}
    assert body(opened(FakeService([article]), request)).one("mark").text == "Two."


def test_a_version_that_has_gone_is_said_to_have_gone() -> None:
    article = make_article()
    service = FakeService([article])
    assert "replaced by another version" in opened(service, {"article": article.id, "version": "old"})
    assert "no longer in the collection" in opened(service, {"article": "gone", "version": "old"})
    assert read(missing_view(replaced=True)).all("mark") == []


def test_an_index_that_fails_is_explained() -> None:
    class Failing(FakeService):
        def article(self, article_id: str, version: str | None = None) -> None:
            raise FootnoteError("The index is damaged.", "Run footnote index rebuild.")

    assert "The index is damaged. Run footnote index rebuild." in read(opened(Failing([]), {})).text


def test_where_a_page_begins_is_shown_and_is_no_text() -> None:
    article = replace(
        make_article(text="One. Two.\n\nThree. Four."),
        places=(Page(0, "p. 1"), Page(5, "p. <2>"), Page(18, "p. 3")),
    )
    shown = body(article_view(article, Place(5, 17)))
    marks = [place.attributes["data-label"] for place in shown.all("span", class_="fn-place")]
    assert marks == ["p. 1", "p. <2>", "p. 3"]
    assert shown.one("mark").text == "Two.\n\nThree."
    assert shown.text == article.text
