"""Answerers: quoting the articles' own sentences, or a language model held to them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answerers.base import Answerer
    from assistant.answerers.language_model.rewriting import QuestionRewriter
    from assistant.settings import Settings


def open_answerer(settings: "Settings") -> "Answerer":
    """The answerer that the settings name: quoting by default, else a language model with quoting behind it.

    Questions about the collection itself are computed before either is asked.

    Raises:
        FootnoteError: the model's package is missing, or its name cannot be used.
    """
    from assistant.answerers.computed import ComputedAnswerer
    from assistant.answerers.extractive.answerer import ExtractiveAnswerer
    from assistant.answerers.extractive.reader.opening import open_reader

    quoting = ExtractiveAnswerer(open_reader(settings.reader))
    if not settings.uses_language_model:
        return ComputedAnswerer(quoting)
    from assistant.answerers.fallback import FallbackAnswerer
    from assistant.answerers.language_model import LanguageModelAnswerer

    return ComputedAnswerer(FallbackAnswerer(LanguageModelAnswerer.from_settings(settings), quoting))


def open_rewriter(settings: "Settings") -> "QuestionRewriter | None":
    """What makes questions of a conversation stand alone; None where no language model is configured.

    Raises:
        FootnoteError: the model's package is missing, or its name cannot be used.
    """
    if not settings.uses_language_model:
        return None
    from assistant.answerers.language_model.rewriting import QuestionRewriter

    return QuestionRewriter.from_settings(settings)
