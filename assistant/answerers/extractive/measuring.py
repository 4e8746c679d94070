"""Amounts: "how much honey" asks for a figure with what it measures in, or for words like "half"."""

import re

from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.question import AnswerKind, QuestionProfile

COUNTED = 0.5
"""How well a figure without a unit answers "how much"."""

_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\bhow (?:much|tall|high|big|large|far|fast|heavy|old|deep|wide|hot|cold|young)\b"
    r"|\b(?:what|which) (?:is |was |are |were )?(?:the )?(?:\w+ ){0,3}"
    r"(?:age|height|speed|temperature|length|rate|size|magnitude|depth|width|weight|distance|area)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:%|°|(?:to|or|and) (?:[a-z]+|[\d.,]+)[\s-])?[\s-]*(?:metric |cubic |square |nautical |fluid )*"
    r"(?:%|°|(?:per ?cent|percentage|points?|degrees?|(?:milli|centi|kilo|mega|giga|tera)?"
    r"(?:grams?|grammes?|met(?:er|re)s?|lit(?:er|re)s?|watts?|bytes?)|kg|km|cm|mm|ml|mg|lb|oz|k?Wh|MW|GW|TWh|GB|TB"
    r"|tons?|tonnes?|pounds?|ounces?|miles?|feet|foot|inch(?:es)?|yards?|acres?|hectares?|gallons?|barrels?|bushels?"
    r"|cups?|spoons?|teaspoons?|tablespoons?|bottles?|times|fold|calories|votes?"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century"
    r"|of (?:it|them|the|its|their))\b)",
    re.IGNORECASE,
)


def asks_for_amount(profile: QuestionProfile) -> bool:
    """Whether a figure answers only with its unit, which the reader sees better than a pattern does."""
    return profile.kind is AnswerKind.NUMBER and _AMOUNT.search(profile.text) is not None


def measured(profile: QuestionProfile, text: str, span: AnswerSpan) -> float:
    """How surely a figure is an amount, `COUNTED` or 1; 1 where "how much" is not asked, or money is.

    Args:
        profile: the question.
        text: the sentence.
        span: in it.
    """
    if profile.kind is not AnswerKind.NUMBER or _HOW_MUCH.search(profile.text) is None:
        return 1.0
    return 1.0 if _UNIT.match(text, span.end) else COUNTED
