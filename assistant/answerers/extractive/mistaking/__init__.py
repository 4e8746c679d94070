"""Answers of the right kind to another question.

Other people's fate, another deed's day, the opposite of a deed, the price of many, another measure, another
place, no doer.
"""

from assistant.answerers.extractive.mistaking.figures import measures_nothing
from assistant.answerers.extractive.mistaking.people import ranks_another
from assistant.answerers.extractive.mistaking.rules import is_mistaken
from assistant.answerers.extractive.mistaking.speech import says_nothing
from assistant.answerers.extractive.mistaking.times import tells_of_an_earlier_version, tells_the_past

__all__ = [
    "is_mistaken",
    "measures_nothing",
    "ranks_another",
    "says_nothing",
    "tells_of_an_earlier_version",
    "tells_the_past",
]
