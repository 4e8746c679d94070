"""An answer as plain text with its footnotes, for pasting into a document."""

from assistant.answer import Answer, Citation
from assistant.page.dating import day_text, publisher_of, reason_alone, searched_text, title_of


def text_with_footnotes(answer: Answer) -> str:
    """The answer's text with [n] markers, then its notices, then one footnote for each citation."""
    if answer.declined:
        return "\n\n".join([_one_line(reason_alone(answer)), searched_text(answer.searched)])
    opening = "Possibly: " if answer.status == "tentative" else ""
    notices = [f"Note: {_one_line(notice)}" for notice in answer.notices]
    footnotes = "\n".join(_footnote(citation) for citation in answer.citations)
    return "\n\n".join(part for part in [opening + answer.text, *notices, footnotes] if part)


def _footnote(citation: Citation) -> str:
    head = citation.article
    parts = [
        publisher_of(head),
        f"“{_one_line(title_of(head))}”",
        day_text(head.published_at),
        citation.place or "",
        head.url or "",
    ]
    source = ", ".join(part for part in parts if part)
    return f"[{citation.number}] {source}: “{_one_line(citation.quote)}”"


def _one_line(text: str) -> str:
    return " ".join(text.split())
