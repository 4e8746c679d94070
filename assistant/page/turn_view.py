"""Turns of the conversation as HTML: question, answer with numbered citations, and the sources beside it."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answer import Answer, Citation, Sentence
from assistant.page.copying import text_with_footnotes
from assistant.page.dating import count_text, day_text, publisher_of, reason_alone, searched_text, title_of
from assistant.page.markup import element, isolated, join
from assistant.page.source_view import nearest_list, opener, source_list
from assistant.page.state import PageTurn

_PHASES = {
    "searching": "Looking for passages …",
    "reading": "Reading the passages …",
    "writing": "Writing …",
}
_UNSURE = {
    "partial": "only partly in the sources",
    "unsupported": "not in the sources",
    "computed": "counted over the index",
}
_WRITERS = {"extractive": "Quoted from the articles", "computed": "Counted over the whole index"}


def turns_view(turns: Sequence[PageTurn]) -> Markup:
    """Earlier turns, oldest first."""
    return join(turn_view(turn, last=False) for turn in turns)


def turn_view(turn: PageTurn, *, last: bool) -> Markup:
    """One turn. The last one can be asked again, and says by `data-announce` what a screen reader is told."""
    return element(
        "article",
        element(
            "h2", turn.question, class_="fn-question", dir="auto", id=f"fn-turn-{turn.number}", tabindex=-1
        ),
        element("div", _body(turn, last), class_="fn-answer"),
        _sources(turn),
        class_="fn-turn",
        aria_labelledby=f"fn-turn-{turn.number}",
        aria_busy="true" if turn.running else None,
        data_turn=turn.number,
        data_phase=turn.phase,
        data_announce=_announcement(turn) if last else None,
    )


def _body(turn: PageTurn, last: bool) -> Markup:
    scope = _scope(turn)
    if turn.answer is not None:
        return scope + _answer(turn, turn.answer) + _actions(turn, last)
    partial = element("p", turn.partial, class_="fn-words", dir="auto") if turn.partial else Markup("")
    return scope + partial + _standing(turn) + (Markup("") if turn.running else _actions(turn, last))


def _standing(turn: PageTurn) -> Markup:
    """Where an unanswered turn stands: at work, stopped, or failed."""
    if turn.problem is not None:
        advice = element("p", turn.problem.advice) if turn.problem.advice else Markup("")
        return element(
            "div", element("p", element("strong", turn.problem.message)), advice, class_="fn-problem"
        )
    if turn.phase == "stopped":
        return element("p", "Stopped before the answer was finished.", class_="fn-aside")
    return element(
        "p", element("span", class_="fn-pulse", aria_hidden="true"), _PHASES[turn.phase], class_="fn-aside"
    )


def _scope(turn: PageTurn) -> Markup:
    if turn.scope is None:
        return Markup("")
    return element("p", "About ", isolated(turn.scope.label), " only", class_="fn-aside")


def _answer(turn: PageTurn, answer: Answer) -> Markup:
    parts = [_understood(answer), _declined(answer) if answer.declined else _words(turn, answer)]
    parts += [element("p", notice, class_="fn-notice", role="note", dir="auto") for notice in answer.notices]
    return join(parts) + _made_from(answer)


def _understood(answer: Answer) -> Markup:
    understood = answer.understood.strip()
    if not understood or understood == answer.question.strip():
        return Markup("")
    return element("p", isolated(understood), class_="fn-aside")


def _declined(answer: Answer) -> Markup:
    reason = reason_alone(answer)
    words = element(
        "p", element("strong", "No answer from these articles. "), isolated(reason), class_="fn-words"
    )
    if not answer.instead:
        return words
    questions = join(_action(question, "example") for question in answer.instead)
    return words + element("div", element("span", "Ask instead: "), questions, class_="fn-actions fn-instead")


def _words(turn: PageTurn, answer: Answer) -> Markup:
    by_number = {citation.number: citation for citation in answer.citations}
    sentences = [
        _sentence(turn, sentence, by_number, answer.short_answer if at == 0 else None, flagged=at == 0)
        for at, sentence in enumerate(answer.sentences)
    ]
    border = "\n" if any(sentence.support == "computed" for sentence in answer.sentences) else " "
    possibly = answer.status == "tentative"
    opening = element("span", "Possibly", class_="fn-possibly") + " " if possibly else Markup("")
    reason = element("p", answer.reason, class_="fn-aside") if possibly and answer.reason else Markup("")
    return element("p", opening, join(sentences, border), class_="fn-words", dir="auto") + reason


def _sentence(
    turn: PageTurn,
    sentence: Sentence,
    by_number: dict[int, Citation],
    short_answer: str | None,
    *,
    flagged: bool,
) -> Markup:
    """A sentence with its citation marks; of computed ones only the first is flagged as such."""
    cited = [by_number[number] for number in sentence.citations if number in by_number]
    marks = join(_citation_mark(turn, citation) for citation in cited)
    unsure = _UNSURE.get(sentence.support) if flagged or sentence.support != "computed" else None
    flag = element("span", unsure, class_="fn-unsure") if unsure else Markup("")
    return (
        element("span", _with_bold(sentence.text, short_answer), class_=f"fn-{sentence.support}")
        + marks
        + flag
    )


def _with_bold(words: str, short_answer: str | None) -> Markup:
    if not short_answer or short_answer not in words:
        return element("span", words)
    before, _, after = words.partition(short_answer)
    return join([before, element("strong", short_answer, class_="fn-short"), after])


def _citation_mark(turn: PageTurn, citation: Citation) -> Markup:
    head = citation.article
    label = f"Source {citation.number}: {publisher_of(head)}, {day_text(head.published_at)}, {title_of(head)}"
    source = f"fn-source-{turn.number}-{citation.number}"
    return element(
        "a",
        f"[{citation.number}]",
        href=f"#{source}",
        class_="fn-cite",
        aria_label=label,
        title=f"{publisher_of(head)}, {day_text(head.published_at)}",
        data_source=source,
        **opener(citation.passage, citation.start, citation.end),
    )


def _actions(turn: PageTurn, last: bool) -> Markup:
    buttons = []
    if turn.answer is not None:
        label = "Copy with footnotes" if turn.answer.citations else "Copy"
        buttons.append(_action(label, "copy", text_with_footnotes(turn.answer)))
    if turn.answer is not None and turn.answer.understood:
        buttons.append(_action("Edit the question", "edit", turn.answer.standalone or turn.question))
    if last:
        buttons.append(_action("Ask again", "retry"))
        if turn.scope is not None and (turn.answer is None or turn.answer.declined):
            buttons.append(_action("Ask all articles", "widen"))
    return element("div", *buttons, class_="fn-actions")


def _action(label: str, act: str, copied: str | None = None) -> Markup:
    return element("button", label, type="button", class_="fn-action", data_fn=act, data_text=copied)


def _made_from(answer: Answer) -> Markup:
    """The small print: what was searched and who wrote."""
    writer = _WRITERS.get(answer.model, f"Written by {answer.model}")
    writers = [] if answer.declined else [isolated(f"{writer}.")]
    return element("p", join([searched_text(answer.searched), *writers], " "), class_="fn-small")


def _sources(turn: PageTurn) -> Markup:
    if turn.answer is None:
        return Markup("")
    if turn.answer.citations:
        return source_list(turn.number, turn.answer.citations)
    return nearest_list(turn.number, turn.answer.nearest) if turn.answer.nearest else Markup("")


def _announcement(turn: PageTurn) -> str:
    """What a screen reader says: once when it starts, once when it ends."""
    if turn.running:
        return "Looking for an answer."
    if turn.problem is not None:
        return f"{turn.problem.message} {turn.problem.advice}".strip()
    if turn.answer is None:
        return "Stopped."
    if turn.answer.declined:
        return f"No answer from these articles. {searched_text(turn.answer.searched)}"
    opening = "Possibly: " if turn.answer.status == "tentative" else "Answer: "
    return f"{opening}{turn.answer.text} {count_text(len(turn.answer.citations), 'source')}."
