"""Setting a model up: names, packages, keys, and the environment variables that must not matter."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answerers.language_model import LanguageModelAnswerer
from assistant.answerers.language_model.opening import open_chat_model, split_model_name
from assistant.settings import Settings
from ingest.errors import OptionalDependencyError, UsageError
from tests.assistant.language_model.conftest import OpenModel
from tests.assistant.language_model.scripted_server import ScriptedServer, reply, serving
from tests.assistant.language_model.world import PASSAGES, StoredArticles, asking

GOOD = "Rye bread needs a sourdough [3]."


@pytest.fixture
def other_server() -> Iterator[ScriptedServer]:
    with serving() as script:
        script.acts = [reply(GOOD)]
        yield script


@pytest.mark.parametrize("text", ["", "gpt-4o", ":gpt-4o", "openai:", " : "])
def test_a_name_without_provider_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="provider:name"):
        split_model_name(text)


def test_a_name_may_hold_colons() -> None:
    assert split_model_name("openai:llama3.2:3b") == ("openai", "llama3.2:3b")


def test_an_unknown_provider_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no model provider 'nobody'"):
        open_chat_model(Settings(model="nobody:model"))


@pytest.mark.parametrize("provider", ["anthropic", "mistralai", "ollama", "google_genai"])
def test_a_missing_package_is_named_with_its_install_line(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"langchain_{provider}", None)
    with pytest.raises(OptionalDependencyError, match="pip install langchain-") as caught:
        open_chat_model(Settings(model=f"{provider}:model"))
    assert caught.value.exit_code == 1


def test_openai_without_a_key_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="OPENAI_API_KEY"):
        open_chat_model(Settings(model="openai:gpt-4o-mini"))


@pytest.mark.parametrize(
    "address", ["localhost:11434", "ftp://x/v1", "http://", "http://[::1/v1", "http://a:b:c/"]
)
def test_an_address_that_is_none_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="--base-url"):
        open_chat_model(Settings(model="openai:x", base_url=address))


def test_a_server_that_needs_no_key_gets_none_of_ours(open_model: OpenModel, server: ScriptedServer) -> None:
    server.acts = [reply(GOOD)]
    open_model().answer(asking(), PASSAGES, StoredArticles())
    call = server.calls[0]
    assert (call.path, call.authorization) == ("/v1/chat/completions", "Bearer none-needed")
    assert (call.body["model"], call.body["stream"]) == ("scripted", True)


def test_a_named_server_does_not_get_the_key_of_openai(
    open_model: OpenModel, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "key-for-openai-alone")
    server.acts = [reply(GOOD)]
    open_model().answer(asking(), PASSAGES, StoredArticles())
    open_model(api_key="key-for-this-server").answer(asking(), PASSAGES, StoredArticles())
    sent = [call.authorization for call in server.calls]
    assert sent == ["Bearer none-needed", "Bearer key-for-this-server"]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://api.openai.com/v1", "key-for-openai-alone"),
        ("https://EU.api.openai.com./v1", "key-for-openai-alone"),
        ("https://api.openai.com.evil.example/v1", "none-needed"),
        ("https://notopenai.com/v1", "none-needed"),
        ("https://api.openai.com@evil.example/v1", "none-needed"),
    ],
)
def test_only_a_host_of_openai_gets_its_key(address: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "key-for-openai-alone")
    model = LanguageModelAnswerer.from_settings(Settings(model="openai:x", base_url=address))
    assert _langchain_model(model).openai_api_key.get_secret_value() == key


TRACING = {
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_TRACING": "true",
    "LANGCHAIN_HANDLER": "langchain",
    "LANGSMITH_API_KEY": "lsv2_stray_0123456789",
}

TRACED_CALL = """
import sys
from assistant.answerers.language_model import LanguageModelAnswerer
from assistant.settings import Settings
from tests.assistant.language_model.world import PASSAGES, StoredArticles, asking
settings = Settings(model="openai:scripted", base_url=sys.argv[1], timeout_seconds=20)
draft = LanguageModelAnswerer.from_settings(settings).answer(asking(), PASSAGES, StoredArticles())
print(draft.status, draft.model)
"""


def test_stray_tracing_variables_trace_nothing(server: ScriptedServer, other_server: ScriptedServer) -> None:
    server.acts = [reply(GOOD)]
    elsewhere = {
        "LANGSMITH_ENDPOINT": other_server.base_url,
        "LANGCHAIN_ENDPOINT": other_server.base_url,
        "LANGSMITH_GATEWAY": other_server.base_url,
        "HTTP_PROXY": other_server.base_url.removesuffix("/v1"),
    }
    done = subprocess.run(
        [sys.executable, "-c", TRACED_CALL, server.base_url],
        env=os.environ | TRACING | elsewhere,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "answered openai:scripted\n"), done.stderr
    assert len(server.calls) == 1
    assert other_server.calls == []


def test_the_gateway_variable_does_not_move_openai(
    monkeypatch: pytest.MonkeyPatch, other_server: ScriptedServer
) -> None:
    monkeypatch.setenv("LANGSMITH_GATEWAY", other_server.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "fake-key")
    model = LanguageModelAnswerer.from_settings(Settings(model="openai:gpt-4o-mini"))
    assert other_server.base_url not in json.dumps(_addresses(model))
    assert "https://api.openai.com/v1/" in _addresses(model)
    assert os.environ["LANGSMITH_GATEWAY"] == other_server.base_url


def _addresses(answerer: LanguageModelAnswerer) -> list[str]:
    """The address that the innermost client has."""
    return [str(_langchain_model(answerer).root_client.base_url)]


def _langchain_model(answerer: LanguageModelAnswerer) -> Any:
    timed = answerer._model
    return timed._model._model._model  # type: ignore[attr-defined]


def test_opening_the_extractive_side_imports_no_langchain() -> None:
    program = (
        "import sys\nimport assistant.answerers.language_model, assistant.tokens\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('langchain', 'openai', 'tiktoken')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "[]\n"
