"""A model that fails costs nothing but a notice, and never shows a key."""

import logging
from collections.abc import Iterator, Sequence

import pytest

from assistant.answerers.base import Answerer, Draft, Evidence, UnderstoodQuestion
from assistant.answerers.fallback import FallbackAnswerer
from assistant.answerers.language_model.chat import ModelTimeoutError
from assistant.errors import ModelError
from tests.assistant.language_model.conftest import OpenModel
from tests.assistant.language_model.scripted_server import (
    Act,
    ScriptedServer,
    breaks_off,
    ends_without_reason,
    malformed,
    never_ends,
    reply,
    status,
    stays_silent,
    web_page,
)
from tests.assistant.language_model.world import PASSAGES, FirstPassageAnswerer, StoredArticles, asking
from vectorstore.retrieved import RetrievedPassage

GOOD = "Rye bread needs a sourdough [3]."
KEY = "sk-fake-0123456789abcdefghij"
HALF = "The United States sanctioned"


class Quoting(FirstPassageAnswerer):
    """The second answerer, with the streaming half."""

    def stream(
        self, question: UnderstoodQuestion, found: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        yield self.answer(question, found, evidence)


def streamed(answerer: Answerer) -> tuple[str, Draft]:
    """The preview and the draft."""
    *pieces, last = answerer.stream(asking(), PASSAGES, StoredArticles())
    assert isinstance(last, Draft)
    return "".join(piece for piece in pieces if isinstance(piece, str)), last


BROKEN: dict[str, list[Act]] = {
    "breaks off": [breaks_off(HALF)],
    "breaks off at once": [breaks_off("")],
    "ends without saying so": [ends_without_reason(HALF)],
    "malformed": [malformed()],
    "malformed midway": [malformed(HALF)],
    "web page": [web_page()],
    "cut in the first sentence": [reply(HALF, finish="length")],
    "withheld": [reply(HALF, finish="content_filter")],
    "server error": [status(500, "boom", headers={"retry-after": "0"})],
    "too many requests": [status(429, "slow down", headers={"retry-after": "0"})],
    "no such model": [status(404, "no such model")],
    "wrong key": [status(401, "wrong key")],
    "too long": [status(400, "maximum context length is 512 tokens")],
    "nonsense": [reply("asdf qwer lorem ipsum dolor sit amet.")],
    "from memory": [reply("France won the World Cup in 2018.")],
}


SAID = {
    "breaks off": "its reply broke off",
    "breaks off at once": "",
    "ends without saying so": "its reply broke off",
    "malformed": "its reply broke off or could not be read",
    "malformed midway": "its reply broke off or could not be read",
    "web page": "its reply broke off or could not be read",
    "cut in the first sentence": "its reply was cut off",
    "withheld": "the provider withheld its reply",
    "server error": "the server said HTTP 500: boom",
    "too many requests": "the server said HTTP 429: slow down",
    "no such model": "the server said HTTP 404: no such model",
    "wrong key": "the server said HTTP 401: wrong key",
    "too long": "the server said HTTP 400: maximum context length",
    "nonsense": "its reply cites no passage",
    "from memory": "its reply cites no passage",
}
"""How the notice begins."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_failed_model_is_replaced_by_quotes_and_a_notice(
    open_model: OpenModel, server: ScriptedServer, name: str
) -> None:
    server.acts = BROKEN[name]
    _, draft = streamed(FallbackAnswerer(open_model(), Quoting()))
    assert draft.model == "extractive"
    assert [sentence.support for sentence in draft.sentences] == ["quoted"]
    assert draft.notices[0].startswith(f"openai:scripted did not answer ({SAID[name]}")
    asked = FallbackAnswerer(open_model(), Quoting()).answer(asking(), PASSAGES, StoredArticles())
    assert asked.notices == draft.notices


def test_a_server_that_is_not_there(open_model: OpenModel) -> None:
    model = open_model(base_url="http://127.0.0.1:9/v1", timeout_seconds=5)
    _, draft = streamed(FallbackAnswerer(model, Quoting()))
    assert "cannot be reached" in draft.notices[0]
    assert "--base-url" in draft.notices[0]


@pytest.mark.parametrize("act", [stays_silent(), stays_silent(HALF)])
def test_a_silent_model_times_out(open_model: OpenModel, server: ScriptedServer, act: Act) -> None:
    server.acts = [act]
    with pytest.raises(ModelTimeoutError) as caught:
        streamed(open_model(timeout_seconds=0.4))
    assert caught.value.output in ("", HALF)


def test_a_model_that_never_ends_is_cut_off(open_model: OpenModel, server: ScriptedServer) -> None:
    server.acts = [never_ends("Rye bread needs a sourdough [3]. ")]
    _, draft = streamed(open_model())
    assert draft.status == "answered"


def test_what_was_shown_before_a_failure_is_not_in_the_draft(
    open_model: OpenModel, server: ScriptedServer
) -> None:
    server.acts = [breaks_off(HALF)]
    preview, draft = streamed(FallbackAnswerer(open_model(), Quoting()))
    assert preview == HALF
    assert HALF not in "".join(sentence.text for sentence in draft.sentences)
    with pytest.raises(ModelError) as caught:
        streamed(open_model())
    assert caught.value.output == HALF


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(open_model: OpenModel, server: ScriptedServer, code: int) -> None:
    server.acts = [status(code, headers={"retry-after": "0"}), reply(GOOD)]
    _, draft = streamed(open_model())
    assert (draft.status, len(server.calls)) == ("answered", 2)


@pytest.mark.parametrize("code", [500, 429])
def test_attempts_are_bounded(open_model: OpenModel, server: ScriptedServer, code: int) -> None:
    server.acts = [status(code, headers={"retry-after": "0"})]
    with pytest.raises(ModelError, match=str(code)):
        streamed(open_model())
    assert len(server.calls) == 3


@pytest.mark.parametrize(
    "act",
    [
        status(400),
        status(401),
        status(404),
        status(429, kind="insufficient_quota"),
        status(429, headers={"retry-after": "3600"}),
        status(503, headers={"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}),
        breaks_off(HALF),
    ],
)
def test_what_a_second_call_cannot_mend_is_not_tried_again(
    open_model: OpenModel, server: ScriptedServer, act: Act
) -> None:
    server.acts = [act, reply(GOOD)]
    with pytest.raises(ModelError):
        streamed(open_model())
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500])
def test_a_key_that_the_server_echoes_is_not_shown(
    open_model: OpenModel, server: ScriptedServer, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.acts = [status(code, "You sent {authorization}!", headers={"retry-after": "0"})]
    model = open_model(api_key=KEY)
    with pytest.raises(ModelError) as caught:
        streamed(model)
    assert server.calls[0].authorization == f"Bearer {KEY}"
    assert "You sent" in caught.value.message
    _, draft = streamed(FallbackAnswerer(model, Quoting()))
    shown = [str(caught.value), repr(caught.value), repr(draft), repr(vars(model)), caplog.text]
    assert [text for text in shown if KEY in text or KEY[3:] in text] == []
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_key_of_the_environment_is_not_shown_either(
    open_model: OpenModel, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "plain-words-as-a-key")
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    server.acts = [status(401, "You sent {authorization}!")]
    with pytest.raises(ModelError) as caught:
        streamed(open_model(base_url=None))
    assert server.calls[0].authorization == "Bearer plain-words-as-a-key"
    assert "plain-words-as-a-key" not in str(caught.value)


def test_closing_the_stream_ends_the_call(open_model: OpenModel, server: ScriptedServer) -> None:
    server.acts = [stays_silent("Rye bread ")]
    stream = open_model().stream(asking(), PASSAGES, StoredArticles())
    assert next(stream)
    stream.close()
    with pytest.raises(StopIteration):
        next(stream)
