"""The embedder of the ingesting side: any sentence-transformers model."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.gpu import gpu_device
from vectorstore.lean_imports import without_scikit_learn
from vectorstore.model_files import ModelFolder, find_model
from vectorstore.tokens import TokenCounter, open_token_counter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from vectorstore.packed_bert import PackedBert

Part = tuple[list[int], Callable[[], Vectors]]
"""Places of texts, and what embeds the texts there together."""

PROBES = (
    "Why?",
    "why was Turkey sanctioned?",
    "  Wer gewann 2018 die Weltmeisterschaft, und warum war das ÜBERRASCHEND?  ",
    "Türkiye'ye neden yaptırım uygulandı? 🇹🇷",
    "word, " * 1_000,
)
"""Texts on which a faster form of a model has to agree with the model."""
LEAST_COSINE = 0.9999
"""A faster form whose vectors are further from the model's own is not used."""
GPU_BATCH_SIZE = 128
BATCH_SIZE = 8
"""Small enough that what lies between two layers stays near the core, and little memory is needed for it."""

PADDED_TO = 16
"""Texts are padded to a multiple of so many tokens: the matrix library keeps about a megabyte of kernels for
every shape that it meets."""


class SentenceEmbedder:
    """A sentence-transformers model, on a GPU where there is one; meets `Embedder`.

    Args:
        model: the model, on the CPU or on `gpu`.
        folder: where it was loaded from.
        counter: counts tokens as it does.
        gpu: the device that it is on, as torch names it; None for the CPU.
    """

    def __init__(
        self,
        model: "SentenceTransformer",
        folder: ModelFolder,
        counter: TokenCounter,
        gpu: str | None = None,
    ) -> None:
        self.model = model
        self.gpu = gpu
        self.folder = folder
        self._lock = threading.Lock()
        self._workers: ThreadPoolExecutor | None = None
        self._packed: PackedBert | None = None
        self._cores = 1
        self._counter = counter
        self.passage_prompt: str = model.prompts.get("document") or model.prompts.get("passage") or ""
        self._identity = EmbedderIdentity(
            name=folder.name,
            revision=folder.revision,
            dimensions=int(model.get_embedding_dimension() or 0),
            window_tokens=int(model.max_seq_length or 512),
        )
        self._padding = _padding(model, self._identity.window_tokens)

    @classmethod
    def load(cls, setting: str, *, may_download: bool = False) -> Self:
        """Load the model that a setting names, see `open_embedder`.

        Raises:
            EmbedderUnavailableError: it cannot be found or loaded.
        """
        return cls._load(find_model(setting, may_download=may_download), gpu_device())

    @classmethod
    def _load(cls, folder: ModelFolder, gpu: str | None) -> Self:
        model = _open_model(folder, gpu)
        return cls(model, folder, open_token_counter(folder, model), gpu)

    @property
    def identity(self) -> EmbedderIdentity:
        """The model's name, revision, dimensions and window."""
        return self._identity

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would read of `text`, special tokens and its passage prompt included."""
        return self._counter(self.passage_prompt + text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of shape (len(texts), dimensions), unit length, in the order of `texts`.

        On a GPU they are made in large batches. Else texts are batched by length, and each core works on a
        batch of its own: cores that share one wait for each other at every operation. Where the processor
        has instructions for bfloat16, the matrix products run in it: the cosine to the vectors of float32
        was above 0.9999, in half of the time with `PackedBert`, which a model of another kind than BERT
        cannot have, and in two thirds without it.
        """
        if not texts:
            return np.zeros((0, self._identity.dimensions), dtype=np.float32)
        if self.gpu is not None:
            with self._lock:
                return unit_rows(self._encode(list(texts), GPU_BATCH_SIZE))
        vectors = np.empty((len(texts), self._identity.dimensions), dtype=np.float32)
        with self._lock:
            pool = self._pool()
            packed = self._packed
            parts = iter(self._padded_parts(texts) if packed is None else self._packed_parts(texts, packed))
            working = [pool.submit(self._encode_parts, parts, vectors) for _ in range(self._cores)]
            for one in working:
                one.result()
        return unit_rows(vectors)

    def _encode_parts(self, parts: Iterator[Part], vectors: Vectors) -> None:
        """Take parts that several threads share until none is left, and fill in their vectors.

        Within one `autocast` the weights are turned into bfloat16 once, not for each part.
        """
        import torch

        cast = self._packed is None and has_fast_bfloat16()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=cast):
            for places, encode in parts:
                vectors[places] = encode()

    def _padded_parts(self, texts: Sequence[str]) -> list[Part]:
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        batches = [order[start : start + BATCH_SIZE] for start in range(0, len(order), BATCH_SIZE)]
        return [(places, partial(self._encode, [texts[place] for place in places])) for places in batches]

    def _packed_parts(self, texts: Sequence[str], packed: "PackedBert") -> list[Part]:
        from vectorstore.packed_bert import packs

        tokens = self._token_ids(texts)
        batches = packs([len(one) for one in tokens])
        return [(places, partial(packed.encode, [tokens[place] for place in places])) for places in batches]

    def _token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """What the model reads of each text, cut at its window."""
        prompted = [self.passage_prompt + text for text in texts]
        window = self._identity.window_tokens
        read = self.model.tokenizer(prompted, truncation=True, max_length=window, padding=False)
        return list(read["input_ids"])

    def _encode(self, texts: list[str], batch_size: int = BATCH_SIZE) -> Vectors:
        vectors = self.model.encode_document(
            texts,
            batch_size=batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            **self._padding,
        )
        return np.asarray(vectors, dtype=np.float32)

    def _pool(self) -> ThreadPoolExecutor:
        """A thread for each core, in which torch uses no others."""
        if self._workers is None:
            import torch

            self._cores = torch.get_num_threads()
            self._workers = ThreadPoolExecutor(
                self._cores, "embedding", initializer=torch.set_num_threads, initargs=(1,)
            )
            self._workers.submit(self._encode, ["The tokenizer is set up by its first use."]).result()
            if has_fast_bfloat16():
                self._packed = self._agreeing_packed()
        return self._workers

    def _agreeing_packed(self) -> "PackedBert | None":
        """The packed form of the model; None where it has none, or one that is not exact."""
        from vectorstore.packed_bert import PackedBert

        packed = PackedBert.of(self.model)
        if packed is None:
            return None
        found = unit_rows(packed.encode(self._token_ids(PROBES)))
        cosines = (found * self._encode(list(PROBES))).sum(axis=1)
        return packed if cosines.min() >= LEAST_COSINE else None

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question, shape (dimensions,), unit length."""
        with self._lock:
            vector = self.model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def export_query_encoder(self, folder: Path) -> None:
        """Write what `OnnxQueryEncoder` needs into `folder`, complete and checked or not at all.

        Raises:
            EncoderExportError: this model cannot be exported.
        """
        from vectorstore.onnx_export import export_query_encoder

        export_query_encoder(self if self.gpu is None else self._load(self.folder, None), folder)


def _open_model(folder: ModelFolder, gpu: str | None) -> "SentenceTransformer":
    with without_scikit_learn():
        from sentence_transformers import SentenceTransformer

    try:
        with _quiet_loading():
            return SentenceTransformer(str(folder.path), device=gpu or "cpu", local_files_only=True)
    except Exception as error:
        raise EmbedderUnavailableError(
            f"The embedding model in {folder.path} cannot be loaded: {error}",
            "Name a folder that sentence-transformers saved (it has a modules.json).",
        ) from error


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to unit length; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _padding(model: "SentenceTransformer", window_tokens: int) -> dict[str, Any]:
    """What makes a transformer's tokenizer pad to a multiple of `PADDED_TO`; nothing where that cannot be."""
    if window_tokens % PADDED_TO or not hasattr(model[0], "processing_kwargs"):
        return {}
    return {"processing_kwargs": {"text": {"pad_to_multiple_of": PADDED_TO}}}


def has_fast_bfloat16() -> bool:
    """Whether the processor has instructions for products in bfloat16."""
    import torch

    read = getattr(torch.cpu, "get_capabilities", None)
    capabilities: Mapping[str, object] = read() if read else {}
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_tile"))


@contextmanager
def _quiet_loading() -> Iterator[None]:
    """Keep transformers' own progress bar out of ours while a model loads."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
