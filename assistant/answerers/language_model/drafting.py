"""From a model's reply to a draft: refusals seen, sentences grounded, what was wrong said in notices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.answerers.base import Draft, DraftSentence
from assistant.answerers.language_model.chat import Ending, ModelCallError
from assistant.answerers.language_model.grounding import ground
from assistant.answerers.language_model.reading import ReplySentence, plain_text, read_reply
from assistant.siblings import REFUSAL
from vectorstore.retrieved import RetrievedPassage

SUPPORT_WEIGHTS = {"supported": 1.0, "partial": 0.5, "unsupported": 0.0}
HIGHEST_CONFIDENCE = 0.9
"""A check of words alone is never certain."""

ANSWERED_CONFIDENCE = 0.45
NOT_IN_PASSAGES = "The passages found do not hold an answer"
PARTLY_REFUSED = "The model found only part of the answer in the passages."
NOT_ALL_CARRIED = "Not everything here is carried by the passages that it cites."
CUT_SHORT = "The model's reply was cut off at a limit of length; what it broke off in is left out."

_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]\d\[]*\s*$")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and how it ended."""

    text: str
    ending: Ending


def draft_reply(reply: Reply, passages: Sequence[RetrievedPassage], model: str) -> Draft:
    """The draft of a reply that was written from numbered passages.

    Raises:
        ModelCallError: it was cut off before its first sentence ended, or is about something else.
    """
    read = read_reply(reply.text, len(passages))
    said = [sentence for sentence in read.sentences if REFUSAL not in sentence.text]
    sentences = _finished(reply, said)
    refused = REFUSAL in reply.text
    if not sentences or (refused and not any(sentence.numbers for sentence in sentences)):
        return Draft("declined", 0.0, model, reason=NOT_IN_PASSAGES)
    _check_sense(sentences, passages)
    grounded = tuple(_grounded(sentence, passages) for sentence in sentences)
    confidence = _confidence(grounded)
    carried = confidence >= ANSWERED_CONFIDENCE and grounded[0].support != "unsupported"
    status: Status = "answered" if carried and not refused else "tentative"
    return Draft(
        status=status,
        confidence=confidence,
        model=model,
        reason=_reason(status, refused),
        sentences=grounded,
        notices=(*_unknown_notice(read.unknown), *(() if reply.ending.complete else (CUT_SHORT,))),
    )


def _finished(reply: Reply, sentences: list[ReplySentence]) -> list[ReplySentence]:
    """The sentences without the one that a limit of length cut.

    Raises:
        ModelCallError: none is left.
    """
    if reply.ending.complete or _SENTENCE_END.search(plain_text(reply.text)):
        return sentences
    if len(sentences) < 2:
        raise ModelCallError("its reply was cut off before its first sentence ended")
    return sentences[:-1]


def _check_sense(sentences: Sequence[ReplySentence], passages: Sequence[RetrievedPassage]) -> None:
    cites = any(sentence.numbers for sentence in sentences)
    if cites or any(ground(sentence.text, passages).support != "unsupported" for sentence in sentences):
        return
    raise ModelCallError("its reply cites no passage, and no passage holds what it says")


def _grounded(sentence: ReplySentence, passages: Sequence[RetrievedPassage]) -> DraftSentence:
    grounding = ground(sentence.text, [passages[number - 1] for number in sentence.numbers])
    return DraftSentence(sentence.text, grounding.quotes, grounding.support)


def _confidence(sentences: Sequence[DraftSentence]) -> float:
    """From 0 to `HIGHEST_CONFIDENCE`: the mean weight of the sentences' support."""
    weights = [SUPPORT_WEIGHTS[sentence.support] for sentence in sentences]
    return HIGHEST_CONFIDENCE * sum(weights) / len(weights)


def _reason(status: Status, refused: bool) -> str:
    if status == "answered":
        return ""
    return PARTLY_REFUSED if refused else NOT_ALL_CARRIED


def _unknown_notice(unknown: Sequence[int]) -> tuple[str, ...]:
    if not unknown:
        return ()
    marks = ", ".join(f"({number})" for number in unknown)
    return (f"The model cited passages that it was not given: {marks}. These citations were dropped.",)
