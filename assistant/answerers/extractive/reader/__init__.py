"""The trained reader: for a question and a passage, the span and the sentences that answer, or that none does."""

from assistant.answerers.extractive.reader.passage_reader import PassageReader
from assistant.answerers.extractive.reader.readings import PassageReading, ReadSpan

__all__ = ["PassageReader", "PassageReading", "ReadSpan"]
