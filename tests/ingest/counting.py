"""Token counters that behave as tokenizers do, without a model."""

import re

SPECIAL_TOKENS = 2


def count_words_and_marks(text: str) -> int:
    """As a WordPiece tokenizer: words in pieces of five letters, every mark by itself, two special tokens."""
    pieces = (
        1 + (len(word) - 1) // 5 if word.isalnum() else 1 for word in re.findall(r"[^\W_]+|[^\s\w]|_", text)
    )
    return SPECIAL_TOKENS + sum(pieces)


def count_pairs(text: str) -> int:
    """As a byte-level tokenizer that merges across words: parts may have more tokens than the whole."""
    return SPECIAL_TOKENS + (len(text.encode("utf-8", "surrogatepass")) + 1) // 2


def count_worse_together(text: str) -> int:
    """A tokenizer whose whole has more tokens than its parts: the border between two words costs one."""
    return SPECIAL_TOKENS + max(0, 2 * len(text.split()) - 1)
