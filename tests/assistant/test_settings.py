"""Settings come from arguments, FOOTNOTE_ variables and defaults, in that order, and from nowhere else."""

from pathlib import Path

import pytest

from assistant import Settings
from assistant.errors import SettingsError


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "MODEL", "PORT", "BASE_URL", "API_KEY", "TOKEN"):
        monkeypatch.delenv(f"FOOTNOTE_{name}", raising=False)


def test_by_default_nothing_leaves_the_machine() -> None:
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert settings.model is None
    assert not settings.uses_language_model


def test_arguments_come_before_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "1234")
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    assert Settings().port == 1234
    assert Settings().home == tmp_path
    assert Settings(port=99).port == 99


def test_other_variables_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Settings()
    for name in ("MODEL", "PORT", "HOST", "TOKEN", "LANGSMITH_TRACING", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "7")
    assert Settings() == plain


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_MODEL", "")
    assert Settings().model is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"port": 70000}, "port"),
        ({"model": "gpt"}, "model"),
        ({"timeout_seconds": 0}, "timeout"),
        ({"prot": 1}, "prot"),
    ],
)
def test_a_wrong_setting_is_named_with_advice(given: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        Settings(**given)
    assert "FOOTNOTE_" in caught.value.advice


def test_extractive_is_no_language_model() -> None:
    assert not Settings(model="extractive").uses_language_model
    assert Settings(model="openai:small").uses_language_model


def test_a_token_is_not_shown() -> None:
    assert "hush" not in repr(Settings(token="hush"))


@pytest.mark.parametrize(
    ("model", "keeps"),
    [("openai:other", True), ("OpenAI:other", True), ("anthropic:claude", False), ("azure_openai:x", False)],
)
def test_address_and_key_stay_with_their_provider(
    model: str, keeps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_API_KEY", "key-of-openai")
    settings = Settings(model="openai:one", base_url="http://127.0.0.1:1/v1", timeout_seconds=7)
    other = settings.with_model(model)
    assert (other.model, other.timeout_seconds) == (model, 7)
    assert (other.base_url is not None, other.api_key is not None) == (keeps, keeps)


def test_without_a_model_of_its_own_the_key_goes_with_the_one_that_is_asked_for() -> None:
    settings = Settings(base_url="http://127.0.0.1:1/v1", api_key="key")  # type: ignore[arg-type]
    assert settings.with_model("openai:x").api_key is not None


def test_a_model_without_provider_is_refused_here_too() -> None:
    with pytest.raises(SettingsError, match="model"):
        Settings().with_model("gpt")
