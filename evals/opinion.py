"""`Opinion`: what a judge holds of one answer, or why it could not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from evals.reply import Reply
from evals.suite import Case


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judge's verdicts on one answer.

    Attributes:
        right: whether the answer says what a right one holds; None when the judge failed ("unscored").
        supported: whether all that it states follows from its quotes; None when the judge failed, and where
            there was no answer to look at.
        reason: the judge's own sentence, or why there is no verdict.
    """

    right: bool | None
    supported: bool | None
    reason: str

    @property
    def unscored(self) -> bool:
        """Whether the judge failed; such an answer counts in no figure."""
        return self.right is None

    def to_json(self) -> dict[str, Any]:
        """The opinion as JSON values."""
        return {
            "status": "unscored" if self.unscored else "scored",
            "right": self.right,
            "supported": self.supported,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Opinion":
        """The inverse of `to_json`.

        Raises:
            KeyError: a field is missing.
        """
        return cls(value["right"], value["supported"], value["reason"])


class AnswerJudge(Protocol):
    """Gives an opinion of answers."""

    def identity(self) -> dict[str, Any]:
        """The model and the prompts behind the opinions, as JSON values."""
        ...

    def opinion(self, case: Case, reply: Reply) -> Opinion:
        """The verdicts on an answer that was given; never raises because a model failed."""
        ...


def opinion_of(judge: AnswerJudge | None, case: Case, reply: Reply | None) -> Opinion | None:
    """The judge's opinion, None where there is nothing to judge.

    Questions that must be declined are not judged: their status says all. An answerable question without an
    answer is not right, whoever judges, and no model is asked.
    """
    if judge is None or case.must_decline or not case.asks:
        return None
    if reply is None or reply.declined:
        return Opinion(right=False, supported=None, reason="there is no answer")
    try:
        return judge.opinion(case, reply)
    except Exception as error:
        return Opinion(None, None, f"the judge failed: {type(error).__name__}: {error}")
