"""An assistant under test is asked as by any caller, earlier turns first; articles go by many names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.answer import Answer, Searched
from assistant.conversation import Conversation
from assistant.settings import Settings
from evals.subject import AssistantSubject, article_names
from evals.suite import Case, EarlierTurn
from ingest.article import Article, ArticleHead
from vectorstore.embedding import EmbedderIdentity

MILL = Article.create(
    location="file:///town/mill.v2.md", title="The mill", text="It burnt.", url="https://t.example/mill"
)


class OneArticleIndex:
    identity = EmbedderIdentity("words", "1", 3, 256)

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        return MILL if article_id == MILL.id and version in (None, MILL.version) else None

    def articles(self) -> Sequence[ArticleHead]:
        return [MILL.head]

    def passage_count(self) -> int:
        return 1


@dataclass
class EchoAssistant:
    """Answers with the question in capitals and remembers what it was asked."""

    index: Any = field(default_factory=OneArticleIndex)
    asked: list[tuple[str, tuple[str, ...], date | None]] = field(default_factory=list)

    def ask(
        self, question: str, conversation: Conversation | None = None, *, as_of: date | None = None
    ) -> Answer:
        turns = conversation.turns if conversation else ()
        self.asked.append((question, tuple(f"{turn.question}={turn.answer_text}" for turn in turns), as_of))
        return Answer(
            question=question,
            status="declined",
            confidence=0.0,
            model="echo",
            searched=Searched(1),
            reason=question.upper(),
        )


def subject(assistant: EchoAssistant) -> AssistantSubject:
    return AssistantSubject(assistant, Settings(model="extractive"))


def test_earlier_turns_are_asked_or_taken_as_given() -> None:
    assistant = EchoAssistant()
    turns = (EarlierTurn("first?"), EarlierTurn("second?", "Given."))
    case = Case(id="a", question="third?", digest="d", line=1, conversation=turns, as_of=date(2023, 1, 9))
    asked = subject(assistant).ask(case)
    assert asked.answer["reason"] == "THIRD?"
    assert asked.milliseconds >= 0
    assert [(question, day) for question, _, day in assistant.asked] == [
        ("first?", date(2023, 1, 9)),
        ("third?", date(2023, 1, 9)),
    ]
    assert assistant.asked[-1][1][1] == "second?=Given."
    assert len(assistant.asked[-1][1]) == 2


def test_an_article_goes_by_id_address_title_location_and_stem() -> None:
    names = {
        MILL.id,
        "https://t.example/mill",
        "The mill",
        "file:///town/mill.v2.md",
        "mill.v2.md",
        "mill.v2",
    }
    assert article_names(MILL.head) == names
    found = subject(EchoAssistant()).articles_named(["mill.v2", "The mill", "the mill", "tower"])
    assert found == {"mill.v2": frozenset({MILL.id}), "The mill": frozenset({MILL.id})}


def test_a_sample_goes_by_its_file_name() -> None:
    head = Article.create(location="samples:rye-bread.md", title="Rye", text="Bake.").head
    assert "rye-bread" in article_names(head)


def test_only_the_stored_version_has_a_text() -> None:
    tested = subject(EchoAssistant())
    assert tested.text_of(MILL.id, MILL.version) == "It burnt."
    assert tested.text_of(MILL.id, "another") is None
    assert tested.text_of("another", MILL.version) is None


def test_the_identity_is_plain_and_names_the_model() -> None:
    identity = subject(EchoAssistant()).identity()
    assert (identity["articles"], identity["passages"], identity["model"]) == (1, 1, "extractive")
    assert identity["embedder"]["name"] == "words"
    assert identity["reader"] == "default"
