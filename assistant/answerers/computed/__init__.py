"""Answers that are counted over the whole index rather than read in passages."""

from assistant.answerers.computed.answerer import ComputedAnswerer

__all__ = ["ComputedAnswerer"]
