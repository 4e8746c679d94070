"""What is copied: the answer, its doubts and its footnotes, as plain text."""

from dataclasses import replace

from assistant.page.copying import text_with_footnotes
from tests.assistant.page.fakes import declining, make_article, quoting

ARTICLE = make_article(
    text="The bridge opened\non Monday. It cost nine million crowns.", url="https://a.example/b"
)


def test_the_answer_is_followed_by_its_footnotes() -> None:
    answer = quoting("When?", ARTICLE, ["The bridge opened\non Monday.", "It cost nine million crowns."])
    assert text_with_footnotes(replace(answer, notices=("Only one\nsource.",))) == (
        "The bridge opened\non Monday. [1] It cost nine million crowns. [2]\n\n"
        "Note: Only one source.\n\n"
        "[1] Elle Courier, “Bridge opens”, 6 May 2024, https://a.example/b: “The bridge opened on Monday.”\n"
        "[2] Elle Courier, “Bridge opens”, 6 May 2024, https://a.example/b: “It cost nine million crowns.”"
    )


def test_doubt_is_copied_too() -> None:
    answer = quoting("When?", ARTICLE, ["It cost nine million crowns."], status="tentative")
    assert text_with_footnotes(answer).startswith("Possibly: It cost")


def test_what_an_article_does_not_state_is_said_or_left_out() -> None:
    bare = make_article("", "It rained.", publisher=None, published=None, url=None)
    assert text_with_footnotes(quoting("Rain?", bare, ["It rained."])).endswith(
        "[1] publisher not stated, “Untitled”, no date: “It rained.”"
    )


def test_a_refusal_is_copied_with_what_was_searched() -> None:
    assert text_with_footnotes(declining("Who?", ARTICLE, "Nothing was found.")) == (
        "Nothing was found.\n\nSearched 54 articles, published from 18 March 2014 to 8 December 2024."
    )
