"""Answers written by a language model and held to the passages it was given."""

from assistant.answerers.language_model.answerer import LanguageModelAnswerer

__all__ = ["LanguageModelAnswerer"]
