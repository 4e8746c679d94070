"""Retrieval metrics, by ir-measures: of articles and of passages, by judgements and by answer strings.

- Articles, judged: the articles in the order of their best passages, against those that people judged.
- Passages, judged: the passages, of which those of a judged article count as relevant. Recall is the share of
  the judged articles reached; nDCG and MAP know only the passages that were found.
- Answer strings: a passage that holds an answer counts as relevant, an article when one of its passages found
  does. Nobody knows all of them, so there is no recall: a hit at k is a question with one among the first k,
  and nDCG and MAP know only what was found. Articles are not ranked where a case allows only one.

All over the first `RANKED` passages.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evals.errors import MissingExtraError
from evals.judging import Judged
from evals.metric import Measure, Metric
from evals.ranked import RANKED, UNDERSTOOD, RankedPassage, answering_passages, articles_in_order
from evals.suite import RankingGold
from evals.tally import Tally

Score = Callable[[Sequence[str], Collection[str]], float]
"""From ids, best first, and the relevant ones to a figure from 0 to 1."""
Units = Callable[[RankingGold, Sequence[RankedPassage]], "Judgement | None"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, best first, and what is relevant; ids of articles or of passages."""

    found: Sequence[str]
    relevant: Collection[str]


def require_library() -> None:
    """Make sure that rankings can be measured, before anything is asked.

    Raises:
        MissingExtraError: ir-measures is not installed.
    """
    try:
        import ir_measures  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            "Rankings are measured with ir-measures, which is not installed.",
            "Run `pip install 'footnote-qa[evals]'`.",
        ) from error


def by_library(measure: str) -> Score:
    """A measure by its name in ir-measures: "R@5", "P@5", "RR", "nDCG@10", "AP", "Success@5"."""

    def score(found: Sequence[str], relevant: Collection[str]) -> float:
        if not found or not relevant:
            return 0.0
        judged = {"q": dict.fromkeys(relevant, 1)}
        run = {"q": {one: float(len(found) - rank) for rank, one in enumerate(found)}}
        [result] = _measures(measure)[0].iter_calc(judged, run)
        return float(result.value)

    return score


@lru_cache(maxsize=64)
def _measures(name: str) -> tuple[Any, ...]:
    import ir_measures

    return (ir_measures.parse_measure(name),)


def _judged_articles(gold: RankingGold, passages: Sequence[RankedPassage]) -> Judgement | None:
    return Judgement(articles_in_order(passages), gold.relevant) if gold.relevant else None


def _judged_passages(gold: RankingGold, passages: Sequence[RankedPassage]) -> Judgement | None:
    if not gold.relevant:
        return None
    found = [passage.passage_id for passage in passages]
    return Judgement(found, {one.passage_id for one in passages if one.article_id in gold.relevant})


def _answering_passages(gold: RankingGold, passages: Sequence[RankedPassage]) -> Judgement | None:
    if not gold.answers:
        return None
    relevant = {one.passage_id for one in answering_passages(gold, passages)}
    return Judgement([passage.passage_id for passage in passages], relevant)


def _answering_articles(gold: RankingGold, passages: Sequence[RankedPassage]) -> Judgement | None:
    if not gold.answers:
        return None
    relevant = {one.article_id for one in answering_passages(gold, passages)}
    return Judgement(articles_in_order(passages), relevant)


def understood_passages(judged: Judged) -> Sequence[RankedPassage]:
    """The passages found for the question as it is understood; none where searching failed."""
    ranking = judged.rankings.get(UNDERSTOOD)
    return ranking.passages if ranking else ()


def _measured(units: Units, measure: str) -> Measure:
    score = by_library(measure)

    def apply(judged: Judged) -> Tally | None:
        gold = judged.case.ranking
        if gold is None or (units is _answering_articles and len(judged.case.within) == 1):
            return None
        judgement = units(gold, understood_passages(judged))
        return Tally(score(judgement.found, judgement.relevant)) if judgement else None

    return apply


def article_recall(gold: RankingGold, passages: Sequence[RankedPassage], depth: int) -> float:
    """The share of the judged articles among the first `depth` articles, 0 to 1."""
    return by_library(f"R@{depth}")(articles_in_order(passages), gold.relevant)


def _passage_recall(depth: int) -> Measure:
    def apply(judged: Judged) -> Tally | None:
        gold = judged.case.ranking
        if gold is None or not gold.relevant:
            return None
        reached = {passage.article_id for passage in understood_passages(judged)[:depth]}
        return Tally(len(reached & set(gold.relevant)) / len(gold.relevant))

    return apply


_FAMILIES: tuple[tuple[str, str, Units], ...] = (
    ("articles", "Articles, judged", _judged_articles),
    ("passages", "Passages of judged articles", _judged_passages),
    ("articles_answer", "Articles by answer string", _answering_articles),
    ("passages_answer", "Passages by answer string", _answering_passages),
)
_ALL_JUDGED = {f"recall_{depth}": (f"recall at {depth}", f"R@{depth}") for depth in (5, 10, RANKED)}
_HITS = {f"hit_{depth}": (f"hit at {depth}", f"Success@{depth}") for depth in (1, 3, 5, 10, RANKED)}
_ORDER = {
    "precision_5": ("precision at 5", "P@5"),
    "mrr": ("mean reciprocal rank", "RR"),
    "ndcg_10": ("nDCG at 10", "nDCG@10"),
    "map": ("mean average precision", "AP"),
}


def _family(name: str, title: str, units: Units) -> Iterator[Metric]:
    by_answers = name.endswith("answer")
    first = _HITS if by_answers else _ALL_JUDGED
    for key, (words, measure) in (first | _ORDER).items():
        if name == "passages" and key in _ALL_JUDGED:
            apply = _passage_recall(int(key.rpartition("_")[2]))
        else:
            apply = _measured(units, measure)
        yield Metric(f"{name}_{key}", f"{title}: {words}", apply)


RANKING_METRICS: tuple[Metric, ...] = tuple(
    metric for name, title, units in _FAMILIES for metric in _family(name, title, units)
)
