"""A BERT small enough for tests."""

from typing import Any

HEADS, WIDTH, WORDS, WINDOW = 4, 32, 200, 128


def small_bert() -> Any:
    """A BERT with weights drawn by chance, large enough for attention to matter."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=WORDS,
        hidden_size=WIDTH,
        num_hidden_layers=3,
        num_attention_heads=HEADS,
        intermediate_size=64,
        max_position_embeddings=WINDOW,
        initializer_range=0.3,
    )
    return BertModel(config, add_pooling_layer=False).eval()
