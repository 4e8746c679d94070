"""Listeners that read what the browser sent with an event. None of it is trusted."""

from collections.abc import Callable, Iterator
from typing import Any

from assistant.page.opening import opened
from assistant.page.service import PageService
from assistant.page.session import Session

AskListener = Callable[[str, Session], Iterator[Any]]


def open_listener(service: PageService) -> Callable[..., str]:
    """Opens the article that was clicked."""
    import gradio as gr

    def open_article(event: gr.EventData) -> str:
        return opened(service, _sent(event))

    return open_article


def example_listener(ask: AskListener) -> Callable[..., Iterator[Any]]:
    """Asks the example question that was clicked."""
    import gradio as gr

    def ask_example(session: Session, event: gr.EventData) -> Iterator[Any]:
        yield from ask(str(_sent(event).get("question", "")), session)

    return ask_example


def _sent(event: Any) -> dict[str, Any]:
    data = event._data
    return data if isinstance(data, dict) else {}
