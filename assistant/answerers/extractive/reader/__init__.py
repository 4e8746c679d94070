"""The trained reader: which span and which sentences of a passage answer a question, or that none does."""

from assistant.answerers.extractive.reader.passage_reader import PassageReader
from assistant.answerers.extractive.reader.readings import PassageReading, ReadSpan

__all__ = ["PassageReader", "PassageReading", "ReadSpan"]
