"""A turn as it is shown: cited sentences, sources beside them, doubts and refusals in plain words."""

from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Searched, Sentence
from assistant.declining import decline_reason
from assistant.page.state import PageTurn, Problem, Scope
from assistant.page.turn_view import turn_view, turns_view
from tests.assistant.page.fakes import cite, declining, make_article, quoting
from tests.assistant.page.reading import Node, read

ARTICLE = make_article()
OTHER = make_article("Bridge closes", "The bridge closed again on 9 May. 🚀 Nobody knows why.")
FIRST, SECOND = "The bridge over the Elle opened on Monday.", "It cost nine million crowns."


def shown(answer: Answer | None = None, *, last: bool = True, **turn: object) -> Node:
    made = PageTurn(1, "When did it open?", answer=answer, phase="done" if answer else "searching")
    return read(turn_view(replace(made, **turn), last=last)).one("article")  # type: ignore[arg-type]


def words(turn: Node) -> str:
    return turn.all("p", class_="fn-words")[0].text


def test_sentences_stand_with_their_numbers() -> None:
    turn = shown(quoting("When?", ARTICLE, [FIRST, SECOND]))
    assert words(turn) == f"{FIRST}[1] {SECOND}[2]"


def test_a_citation_points_at_its_quote() -> None:
    quote = "Nobody knows why."
    button = shown(quoting("Why?", OTHER, [quote])).one("a", class_="fn-cite")
    start, end = (int(str(button.attributes[name])) for name in ("data-start", "data-end"))
    assert OTHER.text[start:end] == quote
    assert button.attributes["data-article"] == OTHER.id
    assert button.attributes["data-version"] == OTHER.version
    assert "Elle Courier, 6 May 2024, Bridge closes" in str(button.attributes["aria-label"])


def test_quotes_from_one_article_stand_together_in_order() -> None:
    mixed = quoting("When?", ARTICLE, [FIRST])
    citations = (cite(ARTICLE, FIRST, 1), cite(OTHER, "Nobody knows why.", 2), cite(ARTICLE, SECOND, 3))
    cards = shown(replace(mixed, citations=citations)).all("section", class_="fn-card")
    assert [card.one("h4").text for card in cards] == ["Bridge opens", "Bridge closes"]
    assert [quote.text for quote in cards[0].all("blockquote")] == [FIRST, SECOND]
    assert [number.text for number in cards[0].all("button")] == ["1", "3"]
    assert cards[0].one("p").text == "Elle Courier · 6 May 2024"


def test_the_short_answer_is_bold_once_and_only_in_the_first_sentence() -> None:
    answer = quoting("When?", ARTICLE, [FIRST, SECOND], short_answer="on Monday")
    assert [bold.text for bold in shown(answer).all("strong")] == ["on Monday"]
    assert shown(replace(answer, short_answer="nine million")).all("strong") == []


def test_a_short_answer_that_is_not_in_the_sentence_changes_nothing() -> None:
    turn = shown(quoting("When?", ARTICLE, [FIRST], short_answer="on Tuesday"))
    assert words(turn) == f"{FIRST}[1]"


def test_a_number_without_citation_is_not_shown() -> None:
    answer = quoting("When?", ARTICLE, [FIRST])
    turn = shown(replace(answer, sentences=(Sentence(FIRST, (0, 1, 7), "supported"),)))
    assert [button.text for button in turn.all("a", class_="fn-cite")] == ["[1]"]


def test_what_the_sources_do_not_carry_is_marked() -> None:
    answer = quoting("When?", ARTICLE, [FIRST])
    turn = shown(replace(answer, sentences=(Sentence("It is red.", (), "unsupported"),), model="openai:some"))
    assert words(turn) == "It is red.not in the sources"
    assert "Written by openai:some." in turn.text


def test_a_tentative_answer_says_possibly_and_why() -> None:
    turn = shown(quoting("When?", ARTICLE, [FIRST], status="tentative", reason="Only one article says so."))
    assert words(turn).startswith("Possibly ")
    assert "Only one article says so." in turn.text
    assert str(turn.attributes["data-announce"]).startswith("Possibly: ")


def test_disagreement_is_shown() -> None:
    turn = shown(quoting("When?", ARTICLE, [FIRST], notices=("Sources disagree: 5 and 6.",)))
    assert turn.one("p", class_="fn-notice").text == "Sources disagree: 5 and 6."


def test_a_refusal_says_what_was_searched_and_what_came_near() -> None:
    turn = shown(declining("Who won?", OTHER))
    assert "Nothing in them is about this." in turn.text
    assert "Searched 54 articles, published from 18 March 2014 to 8 December 2024." in turn.text
    near = turn.one("aside")
    assert near.one("h3").text == "Nearest passages"
    assert near.one("blockquote").text == OTHER.text
    assert near.one("li").attributes["data-end"] == str(len(OTHER.text))


def test_what_was_searched_is_said_once() -> None:
    searched = Searched(54, date(2014, 3, 18), date(2024, 12, 8))
    reason = decline_reason("They do not speak of 2018.", searched)
    text = shown(declining("Who won?", OTHER, reason)).text
    assert "They do not speak of 2018." in text
    assert text.count("54 articles") == 1


def test_what_was_read_into_a_question_is_shown_unless_it_is_the_question() -> None:
    answer = quoting("When?", ARTICLE, [FIRST], understood="Understood as: When did the bridge open?")
    assert "Understood as: When did the bridge open?" in shown(answer).text
    assert "Understood" not in shown(replace(answer, understood="When?")).text


def test_an_answer_in_the_making_is_busy_and_cannot_be_copied() -> None:
    turn = shown(phase="writing", partial="The bridge")
    assert turn.attributes["aria-busy"] == "true"
    assert words(turn) == "The bridge"
    assert turn.all("button") == []


def test_a_failure_says_what_to_do_and_can_be_tried_again() -> None:
    turn = shown(phase="failed", problem=Problem("The index is gone.", "Run footnote ingest."))
    assert "The index is gone." in turn.text
    assert turn.attributes["data-announce"] == "The index is gone. Run footnote ingest."
    assert [button.attributes["data-fn"] for button in turn.all("button")] == ["retry"]


def test_only_the_last_turn_can_be_asked_again_or_speaks() -> None:
    answer = quoting("When?", ARTICLE, [FIRST])
    earlier = shown(answer, last=False)
    assert [b.attributes.get("data-fn") for b in earlier.all("button", class_="fn-action")] == ["copy"]
    assert "data-announce" not in earlier.attributes
    assert len(read(turns_view([PageTurn(1, "a"), PageTurn(2, "b")])).all("article")) == 2


def test_a_question_about_a_file_that_is_declined_can_be_widened() -> None:
    turn = shown(declining("Who won?", OTHER), scope=Scope("notes.txt", ("1",)))
    assert "About notes.txt only" in turn.text
    assert "widen" in [button.attributes.get("data-fn") for button in turn.all("button")]
    assert "widen" not in [
        b.attributes.get("data-fn") for b in shown(declining("Who won?", OTHER)).all("button")
    ]


def test_what_can_be_asked_instead_is_one_click_away() -> None:
    question = "Which articles mention “Elle”?"
    turn = shown(replace(declining("Who won?", OTHER), instead=(question,)))
    (button,) = turn.all("button", data_fn="example")
    assert button.text == question
    assert shown(declining("Who won?", OTHER)).all("button", data_fn="example") == []


def test_a_question_as_it_was_understood_can_be_edited() -> None:
    answer = replace(
        quoting("When?", ARTICLE, [FIRST], understood="Understood as: When? (bridge Elle)"),
        standalone="When? (bridge Elle)",
    )
    (button,) = shown(answer).all("button", data_fn="edit")
    assert button.attributes["data-text"] == "When? (bridge Elle)"
    assert "Understood as: When? (bridge Elle)" in shown(answer).text
    assert shown(quoting("When?", ARTICLE, [FIRST])).all("button", data_fn="edit") == []


def test_what_was_computed_stands_line_by_line_and_is_marked_once() -> None:
    counted = replace(quoting("How many?", ARTICLE, [FIRST, SECOND], support="computed"), model="computed")
    assert words(shown(counted)) == f"{FIRST}[1]counted over the index\n{SECOND}[2]"
    assert "Counted over the whole index." in shown(counted).text
