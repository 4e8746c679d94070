"""Which models are a BERT encoder whose token vectors are averaged, and nothing else."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def plain_bert(model: "SentenceTransformer") -> Any | None:
    """The `BertModel` inside a model whose vectors are the means of its token vectors; None for another kind.

    Faster forms of such a model can be written by hand: its whole computation is known.
    """
    names = [type(module).__name__ for module in model]
    if names not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return None
    bert: Any = getattr(model[0], "auto_model", None)
    pooling = model[1]
    if type(bert).__name__ != "BertModel" or getattr(pooling, "pooling_mode", None) != "mean":
        return None
    config = bert.config
    plain = (
        config.hidden_act == "gelu"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and not config.is_decoder
        and getattr(pooling, "include_prompt", True)
    )
    return bert if plain else None
