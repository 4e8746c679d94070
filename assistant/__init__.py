"""Asking questions and getting answers that stand on passages.

from assistant import Assistant

with Assistant.open("~/my-index") as assistant:
    print(assistant.ask("Why was Turkey sanctioned?").text)
"""

from typing import TYPE_CHECKING, Any

from assistant import siblings as siblings  # first: makes the imports below find our own packages

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Searched, Sentence
    from assistant.conversation import Conversation, Turn
    from assistant.core import Assistant, Event
    from assistant.settings import Settings

_HOMES = {
    "Answer": "assistant.answer",
    "Assistant": "assistant.core",
    "Citation": "assistant.answer",
    "Conversation": "assistant.conversation",
    "Event": "assistant.core",
    "Searched": "assistant.answer",
    "Sentence": "assistant.answer",
    "Settings": "assistant.settings",
    "Turn": "assistant.conversation",
}
"""Where each public name is defined; it is imported when it is first used."""

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Conversation",
    "Event",
    "Searched",
    "Sentence",
    "Settings",
    "Turn",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
