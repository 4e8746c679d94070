"""Whether an answer hangs on the deed that is asked about, or is given whatever is asked.

"Who built the stadium?" may be answered with who scored there. Where no word that is shown tells the deed,
the reader is asked contrast questions with other deeds in its place, as Gardner et al. ("Evaluating Models'
Local Decision Boundaries via Contrast Sets", 2020) test models: what answers them as well was not told of it.
"""

import re
from statistics import fmean

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.doubting import near_keys
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, readings_of
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import main_deed
from assistant.understanding.irregular import BASE_FORMS
from assistant.understanding.question import AnswerKind
from assistant.understanding.words import Word, word_key

LEAST_SWAY = 0.3
"""How much better, as a logit, a span must answer than the contrast questions do in the mean."""

_STEMS = ("paint", "visit", "insur", "photograph")
"""Deeds that anything might undergo and that few reports tell of."""

_KINDS = frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.REASON, AnswerKind.STATEMENT})
"""Kinds of question that were seen to gain by it; names of things and manners lose."""


def answers_any_deed(reader: Reader, asked: str, reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sentence answers contrast questions as well as the one asked.

    Args:
        reader: reads the sentence's passage again, once for each contrast.
        asked: the question in the words in which the reader was asked it.
        reading: what it said.
        item: the sentence.
    """
    deed = _untold_deed(reading, item)
    if deed is None:
        return False
    retrieved = item.candidate.retrieved
    passage = retrieved.passage
    start, end = item.candidate.start - passage.start, item.candidate.end - passage.start
    read = reading.readings[passage.id]
    best = read.best_span(start, end)
    if best is None or not read.knows_spans:
        return False
    others = [
        readings_of(reader, contrast, [retrieved])[passage.id].best_span(start, end)
        for contrast in contrast_questions(asked, deed.surface)
    ]
    scores = [other.score for other in others if other is not None]
    return bool(scores) and best.score - fmean(scores) < LEAST_SWAY


def contrast_questions(question: str, deed: str) -> list[str]:
    """The question with other deeds in the form of its own; none where the deed does not stand in it."""
    place = re.compile(rf"\b{re.escape(deed)}\b")
    ending = _ending(deed)
    written = [stem + ("e" if stem == "insur" and ending in ("", "s") else "") + ending for stem in _STEMS]
    return [place.sub(other, question, count=1) for other in written if place.search(question)]


def _ending(deed: str) -> str:
    is_inflected = word_key(deed) != deed.lower()
    known = next((ending for ending in ("ed", "ing", "s") if is_inflected and deed.endswith(ending)), "")
    is_past = not known and BASE_FORMS.get(deed, deed) != deed
    return "ed" if is_past else known


def _untold_deed(reading: Reading, item: RankedCandidate) -> Word | None:
    """The deed asked about, where neither what is shown nor the sentence before tells it."""
    profile = reading.profile
    if profile.kind not in _KINDS or item.candidate.retrieved.passage.id not in reading.readings:
        return None
    deed = main_deed(profile)
    if deed is None or deed.is_capitalised or is_met(deed.key, near_keys(reading, item)):
        return None
    return deed
