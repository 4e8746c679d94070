"""From the settings to a chat model: LangChain's `init_chat_model`, with what it must not do switched off."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import finalize

from assistant.answerers.language_model.chat import ChatModel
from assistant.answerers.language_model.langchain_model import LangChainChatModel
from assistant.answerers.language_model.retrying import RetryingChatModel
from assistant.answerers.language_model.secrecy import Redact, detail, redactor
from assistant.answerers.language_model.timed import TimedChatModel
from assistant.settings import Settings
from ingest.errors import OptionalDependencyError, UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "openai"
OPENAI_ADDRESS = "https://api.openai.com/v1"
OPENAI_HOST = "openai.com"
NO_KEY = "none-needed"
"""Sent to a server of the user's own where no key is set: OpenAI's client insists on some."""

OBSOLETE_TRACING_VARIABLES = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""LangChain no longer traces because of these; it only refuses every call while one is set."""

GATEWAY_VARIABLES = ("LANGSMITH_GATEWAY",)
"""Would send OpenAI's calls, passages and all, to LangSmith instead."""


def open_chat_model(settings: Settings) -> ChatModel:
    """The chat model that `settings.model` names, bounded in time and in attempts. Makes no call.

    Raises:
        UsageError: the name, the address or the key cannot be used.
        OptionalDependencyError: the provider's package is not installed.
    """
    provider, name = split_model_name(settings.model or "")
    _check_address(settings.base_url)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    redact = redactor(key)
    model = _langchain_model(provider, name, _options(provider, settings, key), redact)
    full_name = f"{provider}:{name}"
    inner = LangChainChatModel(full_name, model, redact, says_ending=provider == OPENAI)
    _close_with(inner, model)
    return TimedChatModel(RetryingChatModel(inner))


def split_model_name(text: str) -> tuple[str, str]:
    """Provider and name of "provider:name"; the name may itself hold colons.

    Raises:
        UsageError: one of the two is missing.
    """
    provider, _, name = (part.strip() for part in text.partition(":"))
    if not provider or not name:
        raise UsageError(
            f"The model {text!r} names no provider.",
            "Write it as provider:name, for example openai:gpt-4o-mini; for a server of your own, "
            "openai:NAME with --base-url.",
        )
    return provider.replace("-", "_").lower(), name


def may_use_internet(settings: Settings) -> bool:
    """Whether the model is asked at its provider's own address, over the internet."""
    return not _stated_address(settings)


def _options(provider: str, settings: Settings, key: str | None) -> dict[str, Any]:
    if provider == OPENAI:
        return _openai_options(settings, key)
    given = {"base_url": settings.base_url, "api_key": key}
    return {option: value for option, value in given.items() if value is not None}


def _openai_options(settings: Settings, key: str | None) -> dict[str, Any]:
    stated = _stated_address(settings)
    usable_key = key or _openai_key(settings.base_url) or (NO_KEY if settings.base_url else None)
    if usable_key is None:
        raise UsageError(
            "OpenAI's models need a key, and none is set.",
            "Set OPENAI_API_KEY, or name a server that needs none with --base-url.",
        )
    options: dict[str, Any] = {
        "base_url": stated or OPENAI_ADDRESS,
        "api_key": usable_key,
        "timeout": settings.timeout_seconds,
        "max_retries": 0,
        "stream_usage": True,
        "use_responses_api": False,
    }
    if stated and _is_this_machine(stated):
        from openai import DefaultHttpxClient

        options["http_client"] = DefaultHttpxClient(trust_env=False, timeout=settings.timeout_seconds)
    return options


def _openai_key(base_url: str | None) -> str | None:
    """OPENAI_API_KEY, unless `--base-url` leads to a host that is not OpenAI's: such a key is not its."""
    host = (urlsplit(base_url or OPENAI_ADDRESS).hostname or "").removesuffix(".")
    is_openais = host == OPENAI_HOST or host.endswith(f".{OPENAI_HOST}")
    return os.environ.get("OPENAI_API_KEY") if is_openais else None


def _stated_address(settings: Settings) -> str | None:
    return settings.base_url or os.environ.get("OPENAI_API_BASE") or os.environ.get("OPENAI_BASE_URL")


def _langchain_model(provider: str, name: str, options: dict[str, Any], redact: Redact) -> "BaseChatModel":
    for variable in OBSOLETE_TRACING_VARIABLES:
        os.environ.pop(variable, None)
    problem: Exception
    try:
        with _without_variables(*GATEWAY_VARIABLES):
            from langchain.chat_models import init_chat_model

            model: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
            return model
    except Exception as error:
        problem = error
    raise _opening_error(problem, provider, redact)


def _opening_error(error: Exception, provider: str, redact: Redact) -> UsageError | OptionalDependencyError:
    words = detail(str(error), redact)
    if isinstance(error, ImportError):
        package = _package_in(words) or f"langchain-{provider.replace('_', '-')}"
        return OptionalDependencyError(
            f"Models of {provider} need the package {package}, which is not installed.",
            f"Install it: pip install {package}",
        )
    if words.startswith("Unsupported provider"):
        return UsageError(
            f"There is no model provider {provider!r}.",
            "Known are openai, anthropic, google_genai, mistralai, ollama and others of LangChain's; for a "
            "server that speaks OpenAI's protocol write openai:NAME with --base-url.",
        )
    return UsageError(
        f"The model of {provider} cannot be set up: {words}",
        "Check its name, --base-url and the provider's key variable.",
    )


def _close_with(owner: object, model: "BaseChatModel") -> None:
    """Close the HTTP client that was made for a model when its owner goes; LangChain leaves it open."""
    client = getattr(model, "http_client", None)
    if client is not None:
        finalize(owner, client.close)


def _package_in(words: str) -> str | None:
    """The package that LangChain's message says to install, None where it names none."""
    _, found, rest = words.partition("pip install ")
    return rest.split("`")[0].strip() if found else None


def _check_address(base_url: str | None) -> None:
    if base_url is None:
        return
    try:
        address = urlsplit(base_url)
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            "The --base-url is not an address.",
            "Write it like http://127.0.0.1:11434/v1, with http or https.",
        )


def _is_this_machine(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _without_variables(*names: str) -> Iterator[None]:
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
