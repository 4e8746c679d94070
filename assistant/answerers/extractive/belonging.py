"""Which further sentences of one article belong to an answer: those that raise its expected F1.

Where a single article is read, nobody else's report of the fact is to be shown beside it, and what is left to
choose is how much of the article a person would cite. With a chance for each sentence, the best choice takes
the likeliest ones down to half the F1 that is expected of them (Lipton, Elkan and Naryanaswamy, "Optimal
Thresholding of Classifiers to Maximize F1 Measure", 2014).
"""

import math
from collections.abc import Sequence

from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import may_be_english

INTERCEPT, SLOPE = 0.15, 5.0
"""Of the chance that a person cites a sentence, as a logistic function of the reader's evidence for it;
`python -m evals.training.fit_belonging` fits them."""


def can_tell_what_belongs(reading: Reading) -> bool:
    """Whether one article alone was read, by a reader that knows the question's language."""
    return bool(reading.readings) and not reading.is_of_several and may_be_english(reading.profile)


def chance_to_belong(evidence: float) -> float:
    """The chance that a person would cite a sentence, 0 to 1.

    Args:
        evidence: the reader's view of it, -1 to 1.
    """
    return 1 / (1 + math.exp(-INTERCEPT - SLOPE * evidence))


def likely_to_belong(
    best: RankedCandidate, others: Sequence[RankedCandidate], most: int
) -> list[RankedCandidate]:
    """The best sentence and, the likeliest first, those of the others that raise the expected F1 and have a
    word that is not told yet.

    Args:
        best: is shown in any case.
        others: the other sentences that were read.
        most: sentences are shown, at most.
    """
    likely = sorted(others, key=lambda item: -item.features.evidence)
    expected = sum(chance_to_belong(item.features.evidence) for item in (best, *others))
    chosen, right = [best], chance_to_belong(best.features.evidence)
    told = best.candidate.keys
    for item in likely:
        chance = chance_to_belong(item.features.evidence)
        if len(chosen) == most or chance <= right / (len(chosen) + expected):
            break
        if item.candidate.keys <= told:
            continue
        chosen.append(item)
        right += chance
        told |= item.candidate.keys
    return chosen
