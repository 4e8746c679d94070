"""What the API takes: the bodies of requests, checked."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.conversation import Conversation
from vectorstore.query import Filters

MOST_TURNS = 200
MOST_ARTICLES = 1000
MOST_PER_PAGE = 500


def _well_formed(text: str) -> str:
    """Refuse half a surrogate pair, which JSON can say and no text can hold."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it holds half of a character (a lone surrogate)")
    return text


Words = Annotated[str, AfterValidator(_well_formed)]
ArticleId = Annotated[str, Field(min_length=1, max_length=64)]


class TurnBody(BaseModel):
    """One earlier turn; `standalone` and `titles`, where kept, help to read the next question."""

    model_config = ConfigDict(extra="forbid")

    question: Words
    answer: Words = ""
    standalone: Words = ""
    titles: list[Words] = []


class Days(BaseModel):
    """The first and the last day of publication that count, both inclusive."""

    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("`since` lies after `until`")
        return self


class FiltersBody(Days):
    """Which articles count; every condition that is set must hold."""

    model_config = ConfigDict(extra="forbid")

    publisher: Annotated[Words, Field(min_length=1)] | None = None
    articles: Annotated[list[ArticleId], Field(max_length=MOST_ARTICLES)] = []

    def to_filters(self) -> Filters:
        """The filters that a search takes."""
        return Filters(
            since=self.since, until=self.until, publisher=self.publisher, article_ids=tuple(self.articles)
        )


class ListParameters(Days):
    """Which page of which articles is listed."""

    offset: Annotated[int, Field(ge=0, le=2**31)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 50
    publisher: str | None = None

    def to_filters(self) -> Filters:
        """The filters of the list."""
        return Filters(since=self.since, until=self.until, publisher=self.publisher or None)


class AskBody(BaseModel):
    """A question, the conversation before it, and how it is to be answered.

    Attributes:
        model: provider and name of a language model for this question alone; null for the service's own.
        stream: whether to answer with server-sent events; `Accept: text/event-stream` asks the same.
    """

    model_config = ConfigDict(extra="forbid")

    question: Words
    conversation: Annotated[list[TurnBody], Field(max_length=MOST_TURNS)] = []
    filters: FiltersBody | None = None
    as_of: date | None = None
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    stream: bool = False

    def to_conversation(self) -> Conversation:
        """The conversation before the question."""
        return Conversation.from_json(turn.model_dump() for turn in self.conversation)

    def to_filters(self) -> Filters | None:
        """The filters that a search takes, None for none."""
        return self.filters.to_filters() if self.filters else None
