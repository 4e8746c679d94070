"""Collections and answers for the browser tests."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.answer import Answer, Sentence
from ingest.article import Article
from tests.assistant.page.fakes import FakeService, cite, declining, make_article, quoting

SANCTIONS = """The United States imposed sanctions on Turkey's defense agency on December 14, 2020, \
because it had bought the S-400 air defense system. 🚀 The agency is known as the SSB.

Ankara called the decision a grave mistake. It said that it would answer in kind.

""" + "\n\n".join(
    f"Paragraph {number} of the background says little that is new about it." for number in range(1, 30)
)
COUNT = "The magazine counted 6,760 dead in Syria by 25 February 2023."


def plain() -> FakeService:
    """A sample collection of two articles."""
    sanctions = make_article(
        "U.S. sanctions Turkish defense agency",
        SANCTIONS,
        publisher="Sample Wire",
        published=date(2020, 12, 14),
        location="samples:us-sanctions",
        url="https://wire.example/2020/12/sanctions",
        note="Written for Footnote's sample collection.",
    )
    toll = make_article("The toll in Syria", COUNT, publisher="Sample Monitor", published=date(2023, 2, 26))
    service = FakeService([sanctions, toll])
    for answer in _answers(service):
        service.answers[answer.question] = answer
    return service


def _answers(service: FakeService) -> list[Answer]:
    sanctions, toll = service.held
    first = SANCTIONS.split(" 🚀")[0]
    return [
        quoting(
            "Why was Turkey sanctioned?",
            sanctions,
            [first, "The agency is known as the SSB.", "Ankara called the decision a grave mistake."],
            short_answer="because it had bought the S-400 air defense system",
        ),
        quoting(
            "How many died?",
            toll,
            [COUNT],
            status="tentative",
            reason="Only one article speaks of it.",
            notices=("Sources disagree: 5,914 (27 February 2023) and 6,760 (26 February 2023).",),
        ),
        declining("Who won the 2018 World Cup?", toll),
    ]


def hostile() -> FakeService:
    """Articles whose every field is one of the hostile strings that a test has written into a file.

    The first string is the whole text of the article that answers "everything".
    """
    whole, *strings = json.loads(Path(os.environ["HOSTILE_STRINGS"]).read_text("utf-8"))
    everything = make_article("Everything", whole, location="file:///everything")
    service = FakeService(
        [everything, *(_hostile_article(place, text) for place, text in enumerate(strings))]
    )
    service.answers["everything"] = quoting("everything", everything, [whole], notices=tuple(strings[:20]))
    citations = tuple(
        cite(article, article.text, number) for number, article in enumerate(service.held[1:], 1)
    )
    sentences = tuple(Sentence(citation.quote, (citation.number,), "quoted") for citation in citations)
    titles = quoting("titles", everything, [whole])
    service.answers["titles"] = replace(titles, sentences=sentences, citations=citations)
    return service


def _hostile_article(place: int, string: str) -> Article:
    return make_article(
        string,
        f"{string}\n\nThe end.",
        publisher=string,
        url=string,
        note=string,
        language=string,
        location=f"file:///{place}/{string}",
    )
