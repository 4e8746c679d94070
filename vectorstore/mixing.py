"""A question and what was said before it, as one vector and one set of weighted terms."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.keywords import query_terms
from vectorstore.query import Context, Query

TEXTS_REMEMBERED = 64

Encode = Callable[[str], Vectors]
"""From a text to its vector of length 1."""


Frequencies = Callable[[Sequence[str]], Mapping[str, float]]
"""From terms to their inverse document frequencies."""


class RememberedVectors:
    """Vectors of the last texts, so that the turns of a conversation are encoded once; safe among threads."""

    def __init__(self) -> None:
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def of(self, text: str, encode: Encode) -> Vectors:
        """The vector of a text, encoded where it is not remembered."""
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        made = encode(text)
        with self._lock:
            self._vectors[text] = made
            while len(self._vectors) > TEXTS_REMEMBERED:
                self._vectors.popitem(last=False)
        return made


def mixed_vector(own: Vectors, context: Context | None, encode: Encode) -> Vectors:
    """The question's vector with those of its context added by weight, of length 1."""
    if context is None or not context.texts:
        return own
    total = own + np.sum([weight * encode(text) for text, weight in context.texts], axis=0)
    length = float(np.linalg.norm(total))
    return own if length == 0 else np.asarray(total / length, dtype=np.float32)


def added_terms(query: Query, frequencies_of: Frequencies) -> tuple[tuple[str, float], ...]:
    """What the keywords are searched for besides the text: other spellings, and words of the context.

    A rare spelling counts no more than the least telling word of the question: it says the same as the common
    one, and must not lift its articles over those that use that.
    """
    forms = [term for form in query.also for term in query_terms(form)]
    least = min(frequencies_of(query_terms(query.text)).values(), default=0.0) if forms else 0.0
    spelled = [(term, min(1.0, least / max(own, 1e-9))) for term, own in frequencies_of(forms).items()]
    before = query.context.terms if query.context else ()
    return tuple(dict([*before, *spelled]).items())
