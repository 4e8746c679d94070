"""Collections and answers for the browser tests."""

import os
from datetime import date
from pathlib import Path

from assistant.answer import Answer
from tests.assistant.page.fakes import FakeService, declining, make_article, quoting

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
    """Articles whose every field is one of the hostile strings of a file, which a test has written."""
    strings = Path(os.environ["HOSTILE_STRINGS"]).read_text("utf-8").split("\x1e")
    body = "\n\n".join(strings)
    service = FakeService([])
    for number, string in enumerate(strings):
        article = make_article(
            string,
            f"{string}\n\n{body}" if number == 0 else f"{string}\n\nThe end.",
            publisher=string,
            url=string,
            note=string,
            language=string,
            location=f"file:///{number}",
        )
        service.held.append(article)
    everything = service.held[0]
    service.answers["everything"] = quoting(
        "everything", everything, [everything.text], notices=tuple(strings[:20])
    )
    return service
