"""Counting tokens as an embedding model does, without loading the model."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from vectorstore.model_files import ModelFolder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TokenCounter = Callable[[str], int]


def open_token_counter(folder: ModelFolder, model: "SentenceTransformer | None" = None) -> TokenCounter:
    """A counter of the tokens that the model in `folder` reads of a text, special tokens included.

    The counter comes from the folder's tokenizer.json; a model without one needs `model` itself.
    """
    file = folder.path / "tokenizer.json"
    if not file.is_file() and model is not None:
        tokenizer = model.tokenizer
        return lambda text: len(tokenizer(text, truncation=False, verbose=False)["input_ids"])
    from tokenizers import Tokenizer

    fast = Tokenizer.from_file(str(file))
    fast.no_truncation()
    fast.no_padding()
    return lambda text: len(fast.encode(text).ids)
