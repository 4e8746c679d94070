"""The assistant for LangChain: a `Runnable` that answers, and a retriever."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langsmith.run_helpers import tracing_context
from pydantic import ConfigDict, SkipValidation

from assistant.answer import Answer
from assistant.errors import EmptyQuestionError
from ingest.article import moment_text
from ingest.errors import UsageError
from vectorstore.retrieved import RetrievedPassage

if TYPE_CHECKING:
    from assistant.core import Assistant

QuestionInput = str | Mapping[str, Any]
_KEYS = frozenset({"question", "conversation", "filters", "as_of"})


class AssistantRunnable(Runnable[QuestionInput, Answer]):
    """A question in, an `Answer` out.

    The input is the question, or a mapping with "question" and, as `Assistant.ask` takes them,
    "conversation", "filters" and "as_of"; other keys are an error. A stream has one item, the answer.
    """

    def __init__(self, assistant: "Assistant") -> None:
        self.assistant = assistant

    def invoke(self, input: QuestionInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002, ARG002
        """The answer; raises what `Assistant.ask` raises."""
        return self.assistant.ask(**_arguments(input))


class FootnoteRetriever(BaseRetriever):
    """The passages that an answer would be written from, as documents, best first.

    Attributes:
        limit: the most documents for a question.
        reads: whether the passages are read, as `Assistant.retrieve` says.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: SkipValidation[Any]
    limit: int = 10
    reads: bool = False

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[Document]:  # noqa: A002
        """The documents; traced by callbacks that are handed in, never by an environment variable."""
        with tracing_context(enabled=False):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(
        self,
        input: str,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        """The same, in a thread of its own."""
        with tracing_context(enabled=False):
            return await super().ainvoke(input, config, **kwargs)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        found = self.assistant.retrieve(query, limit=self.limit, reads=self.reads)
        return [_document(passage) for passage in found]


def _arguments(given: QuestionInput) -> dict[str, Any]:
    if isinstance(given, str):
        return {"question": given}
    unknown = sorted(set(given) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise UsageError(f"Unknown keys in the input: {', '.join(unknown)}.", f"Known: {known}.")
    if "question" not in given:
        raise EmptyQuestionError
    return dict(given)


def _document(retrieved: RetrievedPassage) -> Document:
    passage, head = retrieved.passage, retrieved.article
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "article_id": passage.article_id,
            "article_version": passage.article_version,
            "start": passage.start,
            "end": passage.end,
            "title": head.title,
            "url": head.url,
            "publisher": head.publisher,
            "published_at": moment_text(head.published_at),
            "rank": retrieved.rank,
            "score": retrieved.score,
            "similarity": retrieved.similarity,
        },
    )
