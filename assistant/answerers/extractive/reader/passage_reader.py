"""`PassageReader`: the network that ships, through ONNX Runtime."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.extractive.reader.readings import PassageReading
from assistant.errors import SettingsError
from vectorstore.onnx_runtime import open_session, usable_cores
from vectorstore.retrieved import RetrievedPassage

MODEL_FILE = "reader.onnx"
TOKENIZER_FILE = "tokenizer.json"
CLASSIFICATION, SEPARATOR = 101, 102
MOST_TOKENS = 320
MOST_QUESTION_TOKENS = 48
MOST_TITLE_TOKENS = 64
"""Of the headline and, before a later passage, the first sentence of the article."""

MOST_LANES = 4
"""Passages that are read at the same time, at most; never more than there are cores."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A passage as the network takes it; `first` is the position of the passage's first token."""

    ids: list[int]
    types: list[int]
    first: int
    offsets: NDArray[np.int64]


class PassageReader:
    """Reads with the model in a folder, by default the one that ships; loaded at first use, once.

    Each core reads a passage of its own: cores that share one wait for each other at every operation. All
    questions share these lanes, so that many at once do not fight for the cores.
    """

    name = "reader"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = Lock()
        self._lanes = ThreadPoolExecutor(min(MOST_LANES, usable_cores()), "reading")

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        """What the model says of each passage, in their order.

        Raises:
            SettingsError: the model's files are missing or damaged.
        """
        if not passages:
            return []
        with self._lock:
            tokenizer, session = self._model
        head = tokenizer.encode(question, add_special_tokens=False).ids[-MOST_QUESTION_TOKENS:]
        prepared = [_prepare(tokenizer, head, passage) for passage in passages]
        longest_first = sorted(range(len(prepared)), key=lambda place: -len(prepared[place].ids))
        reading = {place: self._lanes.submit(_run, session, prepared[place]) for place in longest_first}
        return [reading[place].result() for place in range(len(prepared))]

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        try:
            if self._folder is not None:
                return _load(self._folder)
            with as_file(files("assistant.answerers.extractive.reader") / "model") as folder:
                return _load(folder)
        except Exception as error:
            raise SettingsError(
                f"The reader's model cannot be loaded: {' '.join(str(error).split())}",
                "Install Footnote again, or name another model with FOOTNOTE_READER.",
            ) from error


def _load(folder: Path) -> tuple[Any, Any]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, open_session(folder / MODEL_FILE)


def _prepare(tokenizer: Any, head: Sequence[int], retrieved: RetrievedPassage) -> _Prepared:
    title = tokenizer.encode(retrieved.article.title, add_special_tokens=False).ids[:MOST_TITLE_TOKENS]
    passage = tokenizer.encode(retrieved.passage.text, add_special_tokens=False)
    prefix = [CLASSIFICATION, *head, SEPARATOR, *title, SEPARATOR]
    room = MOST_TOKENS - len(prefix) - 1
    ids = [*prefix, *passage.ids[:room], SEPARATOR]
    types = [0] * (len(head) + 2) + [1] * (len(ids) - len(head) - 2)
    offsets = np.array(passage.offsets[:room], np.int64).reshape(-1, 2)
    return _Prepared(ids, types, len(prefix), offsets)


def _run(session: Any, one: _Prepared) -> PassageReading:
    """Read one passage; several at once would pad, run no faster on two cores and blur the int8 scale."""
    feed = {
        "input_ids": np.array([one.ids], np.int64),
        "attention_mask": np.ones((1, len(one.ids)), np.int64),
        "token_type_ids": np.array([one.types], np.int64),
    }
    read = {argument.name: feed[argument.name] for argument in session.get_inputs()}
    tokens, whole = session.run(["tokens", "whole"], read)
    own = tokens[0, one.first : one.first + len(one.offsets)]
    none = tokens[0, 0]
    return PassageReading(float(whole[0]), one.offsets, own[:, 2], own[:, 0] - none[0], own[:, 1] - none[1])
