"""A scripted server and an answerer that talks to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.answerers.language_model import LanguageModelAnswerer
from assistant.settings import Settings
from tests.assistant.language_model.scripted_server import ScriptedServer, serving

OpenModel = Callable[..., LanguageModelAnswerer]


@pytest.fixture(autouse=True)
def _no_stray_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_API_BASE",
        "FOOTNOTE_API_KEY",
        "FOOTNOTE_MODEL",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as script:
        yield script


@pytest.fixture
def open_model(server: ScriptedServer) -> OpenModel:
    """Opens the answerer with settings; by default a short but ample time limit."""

    def opened(**settings: Any) -> LanguageModelAnswerer:
        given = {"model": "openai:scripted", "base_url": server.base_url, "timeout_seconds": 20.0, **settings}
        return LanguageModelAnswerer.from_settings(Settings(**given))

    return opened
