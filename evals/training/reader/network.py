"""The network: a small encoder with heads for spans, for sentences, and for whether anything answers."""

from pathlib import Path

import torch
from torch import Tensor, nn


class ReaderNetwork(nn.Module):
    """Reads question, title and passage together.

    Args:
        folder: of the encoder's weights.

    `lift` is added to the start and end scores of what stands after the question, so that a span's score over
    that of none can be brought to the scale of another reader.

    `forward` gives, for B examples of L tokens, (B, L, 3) start, end and evidence scores a token, and (B,)
    how far the passage answers, all as logits. A sentence's evidence is the mean over its tokens.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from transformers import AutoModel

        # PyTorch's fused attention drops nothing out; what does is half as fast again on a processor.
        self.encoder = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.tokens = nn.Linear(width, 3)
        self.whole = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Dropout(0.1), nn.Linear(width, 1))
        self.dropout = nn.Dropout(0.1)
        self.lift: Tensor
        self.register_buffer("lift", torch.zeros(3))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of tokens and of the whole passage."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        hidden = self.dropout(hidden)
        lifted = token_type_ids[..., None] * self.lift
        return self.tokens(hidden) + lifted, self.whole(hidden[:, 0]).squeeze(-1)

    def freeze(self, layers: int) -> None:
        """Let the embeddings and the lowest `layers` layers learn nothing more; with 0 all learn."""
        frozen = [self.encoder.embeddings, *self.encoder.encoder.layer[:layers]] if layers else []
        for part in frozen:
            part.requires_grad_(False)


def sentence_means(scores: Tensor, sentences: Tensor, most: int) -> tuple[Tensor, Tensor]:
    """Mean score of each sentence's tokens.

    Args:
        scores: (B, L).
        sentences: (B, L), the number of each token's sentence, -1 for none.
        most: the number of sentences to give.

    Returns:
        (B, most) means, and (B, most) whether there is such a sentence.
    """
    numbers = torch.where(sentences < 0, most, sentences).clamp(max=most)
    sums = torch.zeros(scores.shape[0], most + 1, dtype=scores.dtype).scatter_add(1, numbers, scores)
    counts = torch.zeros_like(sums).scatter_add(1, numbers, torch.ones_like(scores))
    return sums[:, :most] / counts[:, :most].clamp(min=1), counts[:, :most] > 0


def passage_mask(sentences: Tensor) -> Tensor:
    """Where a span may stand: in the passage, or on the first token for none; (B, L) of bool."""
    mask = (sentences >= 0).clone()
    mask[:, 0] = True
    return mask
