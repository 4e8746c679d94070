"""The part of a reply that may be shown while it is being written."""

import re

from assistant.answerers.language_model.fencing import visible
from assistant.siblings import REFUSAL

_OPENING = "<think>"
_THOUGHT = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)


class Preview:
    """Gives out a growing reply piece by piece: no thinking aloud, no refusal word, no hidden characters.

    A preview is plain text of a model: whoever shows it escapes it.
    """

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        self._refused = False

    def add(self, piece: str) -> str:
        """Take a piece in; returns what may be shown now, "" for nothing."""
        self._held += piece
        if not self._begun:
            self._held = _THOUGHT.sub("", self._held)
            if _may_be_hidden(self._held.lstrip()):
                return ""
            self._begun = True
        return self._release()

    def _release(self) -> str:
        if REFUSAL in self._held:
            self._refused = True
        if self._refused:
            return ""
        kept = _longest_overlap(self._held, REFUSAL)
        shown = self._held[: len(self._held) - kept]
        self._held = self._held[len(self._held) - kept :]
        return visible(shown)


def _may_be_hidden(beginning: str) -> bool:
    return _OPENING.startswith(beginning[: len(_OPENING)])


def _longest_overlap(text: str, word: str) -> int:
    """How many characters at the end of `text` begin `word`."""
    return next((size for size in range(len(word) - 1, 0, -1) if text.endswith(word[:size])), 0)
