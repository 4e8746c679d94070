"""`Settings`: arguments first, then FOOTNOTE_ variables, then defaults. No other variable is read here."""

from pathlib import Path
from typing import Any, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

EXTRACTIVE = "extractive"
MOST_DOCUMENT_SECONDS = 86_400.0


def default_home() -> Path:
    """The folder for the index where none is named."""
    return user_data_path("footnote", appauthor=False)


class Settings(BaseSettings):
    """How an assistant is set up. Frozen.

    Attributes:
        home: the folder that holds the index.
        embedder: "default", a model folder, or a sentence-transformers name.
        reader: "default" for the reader that ships, "none" for words alone, or a sentence-transformers
            CrossEncoder.
        model: None or "extractive" to quote sentences, else "provider:name" of a chat model.
        base_url: the address of an OpenAI-compatible server.
        api_key: the model's key; None leaves it to the provider's own variable.
        timeout_seconds: how long to wait for the language model, above 0.
        budget_tokens: the most tokens of a prompt to the language model.
        host, port: where the service listens.
        token: what a request must carry when the service listens beyond this machine.
        allow_private: whether sources may be fetched from this machine and from private networks.
        fetch_pause_seconds: between two requests to one host when sources are fetched, 0 or more.
        document_seconds: how long one document may take to read when it is ingested, above 0, at most a day.

    Raises:
        SettingsError: a value is not what it must be; the message names the setting.
    """

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_", frozen=True, extra="forbid", env_ignore_empty=True
    )

    home: Path = Field(default_factory=default_home)
    embedder: str = "default"
    reader: str = "default"
    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout_seconds: float = Field(default=60.0, gt=0)
    budget_tokens: int = Field(default=6_000, ge=500)
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    token: SecretStr | None = None
    allow_private: bool = False
    fetch_pause_seconds: float = Field(default=1.0, ge=0)
    document_seconds: float = Field(default=600.0, gt=0, le=MOST_DOCUMENT_SECONDS)

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise _settings_error(error) from error

    @field_validator("home")
    @classmethod
    def _expand_home(cls, home: Path) -> Path:
        return home.expanduser()

    @field_validator("model")
    @classmethod
    def _check_model(cls, model: str | None) -> str | None:
        if model is None or model == EXTRACTIVE:
            return model
        provider, _, name = model.partition(":")
        if not provider.strip() or not name.strip():
            raise ValueError("write it as provider:name, for example openai:gpt-4o-mini, or leave it out")
        return model

    @property
    def uses_language_model(self) -> bool:
        """Whether a language model writes the answers."""
        return self.model is not None and self.model != EXTRACTIVE

    def with_model(self, model: str | None) -> Self:
        """These settings for another model ("provider:name") or none.

        The address and the key stay with the provider that they were set for: another one gets neither.

        Raises:
            SettingsError: the name cannot be used.
        """
        given = self.model_dump() | {"model": model}
        if self.uses_language_model and _provider_of(model) != _provider_of(self.model):
            given |= {"base_url": None, "api_key": None}
        return type(self)(**given)


def _provider_of(model: str | None) -> str:
    return (model or "").partition(":")[0].strip().replace("-", "_").lower()


def _settings_error(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or "settings"
    reason = first["msg"].removeprefix("Value error, ")
    return SettingsError(
        f"The setting {name} cannot be used: {reason}.",
        f"Correct it where it was given (an argument, an option, or the variable FOOTNOTE_{name.upper()}).",
    )
