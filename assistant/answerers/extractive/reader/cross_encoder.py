"""`CrossEncoderReader`: any sentence-transformers CrossEncoder in place of the reader that ships."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from assistant.answerers.extractive.reader.readings import NO_SCORE, PassageReading
from assistant.errors import SettingsError
from ingest.sentences import split_sentences
from vectorstore.retrieved import RetrievedPassage

_ADVICE = 'Name the folder of a CrossEncoder with FOOTNOTE_READER, or "default" for the one shipped.'


class CrossEncoderReader:
    """Scores each sentence with its headline; knows no spans: patterns of the question's kind find those.

    What turns its scores into a confidence was fitted on the reader that ships.

    One question at a time is read: the libraries' tokenizers may not be used from several threads at once.

    Args:
        setting: a model folder, or a name that is already on this machine.
    """

    def __init__(self, setting: str) -> None:
        self._setting = setting
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The setting."""
        return self._setting

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        """One evidence logit a sentence; a passage answers as far as its best sentence does.

        Raises:
            SettingsError: there is no such model on this machine, or it does not give one score.
        """
        spans = [split_sentences(item.passage.text, item.article.language) for item in passages]
        pairs = [
            (question, f"{item.article.title}. {item.passage.text[span.start : span.end]}")
            for item, own in zip(passages, spans, strict=True)
            for span in own
        ]
        if not pairs:
            return [_reading([], []) for _ in passages]
        with self._lock:
            scores = self._logits(self._model, pairs)
        readings, at = [], 0
        for own in spans:
            readings.append(_reading([(span.start, span.end) for span in own], scores[at : at + len(own)]))
            at += len(own)
        return readings

    @staticmethod
    def _logits(model: Any, pairs: Sequence[tuple[str, str]]) -> Any:
        from torch.nn import Identity

        return model.predict(pairs, activation_fn=Identity(), convert_to_numpy=True, show_progress_bar=False)

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder

        folder = Path(self._setting).expanduser()
        try:
            model = CrossEncoder(str(folder) if folder.is_dir() else self._setting, local_files_only=True)
        except Exception as error:
            raise SettingsError(
                f"The reader {self._setting} cannot be loaded: {' '.join(str(error).split())[:300]}", _ADVICE
            ) from error
        if model.num_labels != 1:
            raise SettingsError(
                f"The reader {self._setting} gives {model.num_labels} scores for a sentence, not one.",
                _ADVICE,
            )
        return model


def _reading(spans: Sequence[tuple[int, int]], scores: Sequence[float]) -> PassageReading:
    nothing = np.full(len(spans), NO_SCORE, np.float32)
    return PassageReading(
        answers=float(max(scores, default=NO_SCORE)),
        offsets=np.array(spans, np.int64).reshape(-1, 2),
        evidence=np.array(scores, np.float32),
        starts=nothing,
        ends=nothing,
    )
