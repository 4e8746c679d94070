"""`Conversation`: the turns so far. Immutable: every method returns a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from assistant.answer import Answer

TURNS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was answered.

    Attributes:
        standalone: the question with what it took over from earlier turns; "" for as asked.
        titles: titles of the articles that the answer cited.
    """

    question: str
    answer_text: str
    standalone: str = ""
    titles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The turn as JSON values."""
        return {
            "question": self.question,
            "answer": self.answer_text,
            "standalone": self.standalone,
            "titles": list(self.titles),
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last `TURNS_KEPT` turns, oldest first."""

    turns: tuple[Turn, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.turns)

    def with_turn(self, question: str, answer: Answer | str) -> Self:
        """This conversation with one turn more.

        Args:
            question: as it was asked.
            answer: the answer, or only its text where that is all a caller kept.
        """
        if isinstance(answer, str):
            turn = Turn(question, answer)
        else:
            titles = tuple(dict.fromkeys(citation.article.title for citation in answer.citations))
            text = "" if answer.declined else " ".join(sentence.text for sentence in answer.sentences)
            turn = Turn(question, text, answer.standalone, titles)
        return type(self)((*self.turns, turn)[-TURNS_KEPT:])

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """A conversation from (question, answer text) pairs, oldest first."""
        return cls(tuple(Turn(question, text) for question, text in pairs)[-TURNS_KEPT:])

    @classmethod
    def from_json(cls, turns: Iterable[Mapping[str, Any]]) -> Self:
        """The inverse of `to_json`; only `question` and `answer` must be there.

        Raises:
            KeyError: a turn lacks one of the two.
        """
        return cls(
            tuple(
                Turn(
                    str(turn["question"]),
                    str(turn["answer"]),
                    str(turn.get("standalone") or ""),
                    tuple(str(title) for title in turn.get("titles") or ()),
                )
                for turn in turns
            )[-TURNS_KEPT:]
        )

    def to_json(self) -> list[dict[str, Any]]:
        """The turns as JSON values, oldest first."""
        return [turn.to_json() for turn in self.turns]
