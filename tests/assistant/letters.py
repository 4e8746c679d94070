"""An embedder for tests: a text is the counts of its letters. Loads nothing, and near texts are near."""

from collections.abc import Sequence

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors

DIMENSIONS = 26


class LetterEmbedder:
    """Embeds a text as the counts of its letters."""

    identity = EmbedderIdentity("letters", "1", DIMENSIONS, 256)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2

    def encode_query(self, text: str) -> Vectors:
        lower = text.lower()
        counts = np.array([1 + lower.count(chr(97 + place)) for place in range(DIMENSIONS)], np.float32)
        return counts / np.linalg.norm(counts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])
