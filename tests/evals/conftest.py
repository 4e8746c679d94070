"""An encoder small enough to learn within a test."""

import re
from pathlib import Path

import pytest
import torch

WORDS = re.findall(r"\S+", "who won lost the cup ada bo cy dee in ghent rome . ? a report one")


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder of random weights whose special tokens have the usual numbers."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("encoder")
    rows = [f"[unused{at}]" for at in range(140)]
    rows[0] = "[PAD]"
    rows[100:104] = ["[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    rows[110 : 110 + len(WORDS)] = WORDS
    (folder / "vocab.txt").write_text("\n".join(rows))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(rows), **sizes)).save_pretrained(folder)
    return folder
