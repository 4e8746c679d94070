"""What searching found for a case, in each way that is compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.answer_hit import holds
from evals.suite import Case, RankingGold

RANKED = 20
"""How many passages are looked at."""

FIRST_PASSAGES = 5
"""Among so many a relevant one must be for a case that only searches to pass."""

UNDERSTOOD, LAST_TURN, CONVERSATION, REWRITE = "understood", "last_turn", "conversation", "rewrite"
"""The question as the assistant understands it; its words alone; after the whole conversation; as a person
would ask it without the conversation."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that was found; the order of a sequence is the rank.

    Attributes:
        start, end: code points of the article's text.
    """

    article_id: str
    article_version: str
    passage_id: str
    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """The passage as JSON values, without its text."""
        return {"article": self.article_id, "passage": self.passage_id, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The passages found in one way, best first.

    Attributes:
        excerpts: recall, precision and intersection over union of the first passages with the excerpts of
            the case, None where it names none.
    """

    passages: tuple[RankedPassage, ...] = ()
    excerpts: tuple[float, float, float] | None = None

    def to_json(self, gold: RankingGold) -> list[dict[str, Any]]:
        """The passages with whether each is relevant."""
        relevant = relevant_passages(gold, self.passages)
        return [passage.to_json() | {"relevant": passage.passage_id in relevant} for passage in self.passages]


Rankings = Mapping[str, Ranking]
"""By the way of searching."""


def articles_in_order(passages: Iterable[RankedPassage]) -> list[str]:
    """The articles of the passages, each at its best passage's place."""
    return list(dict.fromkeys(passage.article_id for passage in passages))


def answering_passages(gold: RankingGold, passages: Sequence[RankedPassage]) -> list[RankedPassage]:
    """Those passages that hold an answer."""
    return [passage for passage in passages if holds(passage.text, gold.answers)]


def relevant_passages(gold: RankingGold, passages: Sequence[RankedPassage]) -> frozenset[str]:
    """The ids of the passages that hold an answer or, where the case has none, are of a relevant article."""
    if gold.answers:
        return frozenset(passage.passage_id for passage in answering_passages(gold, passages))
    return frozenset(passage.passage_id for passage in passages if passage.article_id in gold.relevant)


def found_first(case: Case, rankings: Rankings) -> bool:
    """Whether one of the first passages for the question as it is understood is relevant."""
    ranking = rankings.get(UNDERSTOOD)
    if ranking is None or case.ranking is None:
        return False
    return bool(relevant_passages(case.ranking, ranking.passages[:FIRST_PASSAGES]))
