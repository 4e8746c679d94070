"""`Assistant`: the one way from a question to an `Answer`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from assistant.answer import Answer, Searched, retrieved_json
from assistant.answerers import open_answerer, open_rewriter
from assistant.answerers.base import Answerer, Draft, UnderstoodQuestion
from assistant.citing import cite
from assistant.conversation import Conversation
from assistant.declining import Guidance, decline_reason, guidance_for, nearest_reports
from assistant.evidence import IndexEvidence
from assistant.joining import joined
from assistant.known_then import as_known_on
from assistant.searching import in_order, known_on, search
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch
from assistant.understanding.checking import checked_question
from assistant.understanding.parts import two_questions
from assistant.understanding.rewriting import Rewriter, understand_with
from assistant.understanding.slips import without_slips
from assistant.updates import update_notices
from vectorstore.index import Index
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage

if TYPE_CHECKING:
    from assistant.runnable import AssistantRunnable, FootnoteRetriever

PASSAGES_READ = 10
TWO_QUESTIONS = "Two questions: {} {}"
NO_FILTERS = Filters()
NO_CONVERSATION = Conversation()

EventName = Literal["understood", "passages", "delta", "answer"]


@dataclass(frozen=True, slots=True)
class Event:
    """A step of answering.

    Attributes:
        data: of "understood" an `UnderstoodQuestion`, of "passages" a tuple of `RetrievedPassage`, of "delta"
            a piece of text (a preview), of "answer", always the last, the `Answer`.
    """

    name: EventName
    data: UnderstoodQuestion | tuple[RetrievedPassage, ...] | str | Answer

    def to_json(self) -> dict[str, Any]:
        """The event's data as JSON values."""
        match self.data:
            case UnderstoodQuestion():
                return self.data.to_json()
            case Answer():
                return self.data.to_json()
            case str():
                return {"text": self.data}
            case passages:
                return {"passages": [retrieved_json(passage) for passage in passages]}


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question is asked with: see `Assistant.ask`."""

    conversation: Conversation
    filters: Filters | None
    as_of: date | None


Worked = tuple[UnderstoodQuestion, tuple[RetrievedPassage, ...], Draft]
"""A question, what was found for it, and what is answered."""


class Assistant:
    """Answers questions from an index. Holds no conversation; may be used from several threads."""

    def __init__(
        self,
        index: Index,
        answerer: Answerer,
        settings: Settings | None = None,
        *,
        today: Callable[[], date] = date.today,
        rewriter: Rewriter | None = None,
    ) -> None:
        self.index = index
        self.answerer = answerer
        self.settings = settings or Settings()
        self._today = today
        self._rewriter = rewriter

    @classmethod
    def open(cls, home: Path | str | None = None, *, settings: Settings | None = None) -> Self:
        """Open the index in a home folder.

        Args:
            home: the index's folder; None takes the settings'.
            settings: None takes FOOTNOTE_ variables and defaults.

        Raises:
            FootnoteError: there is no index, it cannot be used, or the model cannot be set up.
        """
        chosen = settings or Settings()
        if home is not None:
            chosen = chosen.model_copy(update={"home": Path(home).expanduser()})
        answerer, rewriter = open_answerer(chosen), open_rewriter(chosen)
        named = chosen.embedder if "embedder" in chosen.model_fields_set else None
        index = Index.open(chosen.home, embedder_setting=named)
        return cls(index, answerer, chosen, rewriter=rewriter)

    def with_model(self, model: str | None) -> Self:
        """This assistant, over the same open index, answering with another model ("provider:name") or none.

        A model of another provider gets neither the address nor the key of this one's, see
        `Settings.with_model`.

        Raises:
            SettingsError: the name cannot be used.
        """
        settings = self.settings.with_model(model)
        rewriter = open_rewriter(settings)
        return type(self)(self.index, open_answerer(settings), settings, today=self._today, rewriter=rewriter)

    def ask(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: in words; at most `QUESTION_LIMIT_CHARACTERS`.
            conversation: the turns before, for a question that leans on them.
            filters: which articles may be answered from; all by default.
            as_of: the day that counts as today, today by default. When it is given, articles that were
                published after it are left out, and those of the weeks before it rank higher.

        Raises:
            UsageError: the question is empty or too long.
            FootnoteError: the index cannot be read.
        """
        watch, asking = Stopwatch(), Asking(conversation or NO_CONVERSATION, filters, as_of)
        of_two = self._answer_two(question, asking, watch)
        understood, retrieved, draft = of_two or self._answer_one(question, asking, watch)
        return self._finish(understood, retrieved, draft, IndexEvidence(self.index), watch)

    def stream(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
    ) -> Iterator[Event]:
        """The same as `ask`, in steps: understood, passages, deltas, answer. Closing it stops the work.

        Raises:
            UsageError: the question is empty or too long.
            FootnoteError: the index cannot be read.
        """
        watch, asking = Stopwatch(), Asking(conversation or NO_CONVERSATION, filters, as_of)
        of_two = self._answer_two(question, asking, watch)
        if of_two is not None:
            yield from self._told(*of_two, watch)
            return
        understood = self._understand(question, asking, watch)
        yield Event("understood", understood)
        retrieved = self._search(understood, watch)
        yield Event("passages", retrieved)
        evidence = IndexEvidence(self.index)
        draft: Draft | None = None
        with watch.stage("answer"):
            for piece in self.answerer.stream(understood, retrieved, evidence):
                if isinstance(piece, str):
                    yield Event("delta", piece)
                else:
                    draft = piece
        if draft is None:
            raise RuntimeError(f"the answerer {self.answerer.name} ended its stream without a draft")
        yield Event("answer", self._finish(understood, retrieved, draft, evidence, watch))

    def retrieve(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
        limit: int = PASSAGES_READ,
        reads: bool = False,
    ) -> tuple[RetrievedPassage, ...]:
        """The passages that `ask` would read, best first, at most `limit`; raises what `ask` raises.

        Args:
            question, conversation, filters, as_of: as `ask` takes them.
            limit: the most passages; those after the first `PASSAGES_READ` are never read.
            reads: whether they are read as for an answer, and come by how well they answer: a better order,
                in ten times the time. Without a reader they keep the order of the search.
        """
        watch = Stopwatch()
        asking = Asking(conversation or NO_CONVERSATION, filters, as_of)
        understood = self._understand(question, asking, watch)
        found = self._search(understood, watch, max(limit, PASSAGES_READ) if reads else limit)
        if not reads:
            return found
        order = self.answerer.order(understood, found[:PASSAGES_READ], IndexEvidence(self.index))
        return in_order(order, found)[:limit]

    def as_runnable(self) -> "AssistantRunnable":
        """This assistant as a LangChain `Runnable`: a question in, an `Answer` out."""
        from assistant.runnable import AssistantRunnable

        return AssistantRunnable(self)

    def as_retriever(self, limit: int = PASSAGES_READ, *, reads: bool = False) -> "FootnoteRetriever":
        """This assistant's retrieval as a LangChain `BaseRetriever`, at most `limit` documents a question.

        `reads` is that of `retrieve`.
        """
        from assistant.runnable import FootnoteRetriever

        return FootnoteRetriever(assistant=self, limit=limit, reads=reads)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        found = self.index.search(Query("warm up"), 1)
        if found and not self.settings.uses_language_model:
            question = UnderstoodQuestion("warm up", "warm up", self._today())
            self.answerer.answer(question, found, IndexEvidence(self.index))

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _understand(self, question: str, asking: Asking, watch: Stopwatch) -> UnderstoodQuestion:
        with watch.stage("understand"):
            read = without_slips(checked_question(question), self.index.near_words)
            understood = understand_with(
                self._rewriter,
                read.text,
                asking.conversation,
                known_on(asking.as_of, asking.filters or NO_FILTERS),
                asking.as_of or self._today(),
                self.index.similarities,
            )
            return replace(
                understood,
                asked=question,
                mended=read.text,
                asked_on=understood.asked_on or asking.as_of,
                understood=f"{read.said} {understood.understood}".strip(),
            )

    def _answer_one(self, question: str, asking: Asking, watch: Stopwatch) -> Worked:
        understood = self._understand(question, asking, watch)
        retrieved = self._search(understood, watch)
        with watch.stage("answer"):
            draft = self.answerer.answer(understood, retrieved, IndexEvidence(self.index))
        return understood, retrieved, draft

    def _answer_two(self, question: str, asking: Asking, watch: Stopwatch) -> Worked | None:
        """Both questions of a sentence that asks two, the second as one that follows the first.

        None where it asks one, where nothing answers the first, or where a language model reads both anyway.
        """
        asked = checked_question(question)
        questions = None if self.settings.uses_language_model else two_questions(asked)
        if questions is None:
            return None
        understood, retrieved, first = self._answer_one(questions[0], asking, watch)
        if first.status == "declined" or first.counted:
            return None
        told = " ".join(sentence.text for sentence in first.sentences)
        following = replace(asking, conversation=asking.conversation.with_turn(questions[0], told))
        then, further, second = self._answer_one(questions[1], following, watch)
        if second.counted:
            return None
        passages = {item.passage.id: item for item in (*further, *retrieved)}
        whole = replace(
            understood,
            asked=question,
            text=f"{understood.text} {then.text}",
            carried=(*understood.carried, *then.carried) if understood.carried else (),
            understood=" ".join(filter(None, (TWO_QUESTIONS.format(*questions), understood.understood))),
        )
        return whole, tuple(passages.values()), joined(first, second, questions[1])

    def _told(
        self,
        understood: UnderstoodQuestion,
        retrieved: tuple[RetrievedPassage, ...],
        draft: Draft,
        watch: Stopwatch,
    ) -> Iterator[Event]:
        """An answer that is there already, in the steps of `stream`."""
        yield Event("understood", understood)
        yield Event("passages", retrieved)
        for number, sentence in enumerate(draft.sentences):
            yield Event("delta", sentence.text if number == 0 else f" {sentence.text}")
        yield Event("answer", self._finish(understood, retrieved, draft, IndexEvidence(self.index), watch))

    def _search(
        self, question: UnderstoodQuestion, watch: Stopwatch, limit: int = PASSAGES_READ
    ) -> tuple[RetrievedPassage, ...]:
        with watch.stage("search"):
            found = search(self.index, question, limit)
            day = question.asked_on
            return found if day is None else as_known_on(self.index, found, day)

    def _finish(
        self,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        draft: Draft,
        evidence: IndexEvidence,
        watch: Stopwatch,
    ) -> Answer:
        with watch.stage("cite"):
            checked = self._check(draft, evidence, self._searched(question.filters), question.asked_on)
            declined = self._guided(checked, question, retrieved, evidence) if checked.declined else checked
        return replace(
            declined,
            question=question.asked,
            understood=question.understood,
            standalone=question.text if question.carried else "",
            retrieved=in_order(draft.order, retrieved),
            timings_ms=watch.timings_ms(),
        )

    def _guided(
        self,
        answer: Answer,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        evidence: IndexEvidence,
    ) -> Answer:
        """A declined answer with where was looked, what is there, and what to ask instead."""
        guidance = (
            guidance_for(question.text, retrieved, evidence)
            if question.computation is None
            else Guidance(nearest_reports(retrieved))
        )
        left_out = self.index.count_articles() - answer.searched.articles if question.filters else 0
        return replace(
            answer,
            reason=decline_reason(answer.reason, answer.searched, guidance.sentence, left_out),
            nearest=guidance.nearest,
            speaks_of=guidance.speaks_of,
            instead=guidance.instead,
        )

    def _check(
        self, draft: Draft, evidence: IndexEvidence, searched: Searched, asked_on: date | None
    ) -> Answer:
        cited = cite(draft, evidence)
        unquotable = bool(draft.sentences) and not cited.sentences
        status = "declined" if unquotable else draft.status
        reason = "The articles changed while the answer was written" if unquotable else draft.reason
        dropped = (f"Quotes that could not be found in their articles are not shown: {cited.dropped}.",)
        updates = () if draft.counted else update_notices(self.index, cited.citations, asked_on)
        return Answer(
            question="",
            status=status,
            confidence=draft.confidence,
            model=draft.model,
            searched=searched,
            reason=reason,
            sentences=cited.sentences,
            short_answer=cited.short_answer,
            citations=cited.citations,
            tokens=draft.tokens,
            notices=draft.notices + updates + (dropped if cited.dropped else ()),
            counted=draft.counted,
            index_generation=self.index.generation,
        )

    def _searched(self, filters: Filters) -> Searched:
        span = self.index.date_span(filters)
        return Searched(self.index.count_articles(filters), span.first, span.last)
