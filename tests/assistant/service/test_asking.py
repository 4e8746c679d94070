"""POST /v1/ask: the answer object, events, errors, and a client that goes away."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import uvicorn
from fastapi.testclient import TestClient

from assistant.core import Event
from assistant.errors import EmptyQuestionError, ModelError
from assistant.service.app import create_app
from assistant.service.ask_service import AskService
from tests.assistant.service.scripted_service import ScriptedAssistant, answer

TURNS = [
    {"question": "who?", "answer": "She."},
    {"question": "when?", "answer": "Then.", "titles": ["Title 1"]},
]


def events_of(text: str) -> list[tuple[str, object]]:
    blocks = [
        dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n")
    ]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_the_answer_comes_as_its_json(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "why?"})
    assert response.status_code == 200
    assert response.json() == answer().to_json()


def test_what_was_asked_reaches_the_assistant(client: TestClient, assistant: ScriptedAssistant) -> None:
    body = {
        "question": "and why?",
        "conversation": TURNS,
        "filters": {"since": "2020-01-01", "until": "2020-12-31", "publisher": "Weekly", "articles": ["ab"]},
        "as_of": "2021-01-01",
    }
    assert client.post("/v1/ask", json=body).status_code == 200
    asked = assistant.asked[0]
    assert asked["question"] == "and why?"
    assert [(turn.question, turn.answer_text) for turn in asked["conversation"].turns] == [
        ("who?", "She."),
        ("when?", "Then."),
    ]
    assert asked["conversation"].turns[1].titles == ("Title 1",)
    assert (asked["filters"].since, asked["filters"].until) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (asked["filters"].publisher, asked["filters"].article_ids) == ("Weekly", ("ab",))
    assert asked["as_of"] == date(2021, 1, 1)


@pytest.mark.parametrize("how", [{"json": {"stream": True}}, {"headers": {"accept": "text/event-stream"}}])
def test_events_come_in_order_when_asked_for(client: TestClient, how: dict[str, dict[str, str]]) -> None:
    body = {"question": "why?", **how.get("json", {})}
    response = client.post("/v1/ask", json=body, headers=how.get("headers"))
    assert response.headers["content-type"].startswith("text/event-stream")
    assert events_of(response.text) == [
        ("delta", {"text": "Be"}), ("delta", {"text": "cause."}), ("answer", answer().to_json())
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": None},
        {"question": ["why?"]},
        {"question": "why?", "colour": "red"},
        {"question": "why?", "as_of": "yesterday"},
        {"question": "why?", "filters": {"since": "2021-01-01", "until": "2020-01-01"}},
        {"question": "why?", "conversation": [{"answer": "no question"}]},
        {"question": "why?", "conversation": [TURNS[0]] * 201},
        {"question": "why?", "model": ""},
    ],
)
def test_a_body_that_is_not_valid_is_told_in_the_one_form(client: TestClient, body: object) -> None:
    response = client.post("/v1/ask", json=body)
    assert response.status_code in (400, 422)
    told = response.json()
    assert set(told) == {"code", "message", "what_to_do"}
    assert told["message"]
    assert told["what_to_do"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}', b"[" * 5000])
def test_a_body_that_is_no_json_is_told_in_the_one_form(client: TestClient, content: bytes) -> None:
    response = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert set(response.json()) == {"code", "message", "what_to_do"}


def test_another_model_answers_where_one_is_named(client: TestClient, assistant: ScriptedAssistant) -> None:
    assert client.post("/v1/ask", json={"question": "why?"}).status_code == 200
    assert client.post("/v1/ask", json={"question": "why?", "model": "openai:small"}).status_code == 200
    assert assistant.models == ["openai:small"]


def test_errors_keep_their_code_and_advice(client: TestClient, assistant: ScriptedAssistant) -> None:
    assistant.steps = [EmptyQuestionError()]
    response = client.post("/v1/ask", json={"question": " "})
    assert response.status_code == 400
    assert response.json()["code"] == "empty_question"
    assert "words" in response.json()["what_to_do"]
    assistant.steps = [ModelError("The model is away.", "Wait.")]
    assert client.post("/v1/ask", json={"question": "why?"}).status_code == 502


def test_the_inside_of_an_unexpected_error_is_not_told(
    client: TestClient, assistant: ScriptedAssistant
) -> None:
    assistant.steps = [RuntimeError("sk-secret at /home/someone")]
    for body in ({"question": "why?"}, {"question": "why?", "stream": True}):
        response = client.post("/v1/ask", json=body)
        assert "sk-secret" not in response.text
        assert "unexpected" in response.text


def test_an_error_after_the_first_event_is_an_event(client: TestClient, assistant: ScriptedAssistant) -> None:
    assistant.steps = [Event("delta", "Be"), ModelError("The model is away.", "Wait.")]
    events = events_of(client.post("/v1/ask", json={"question": "why?", "stream": True}).text)
    assert events[-1] == (
        "error",
        {"code": "model_failed", "message": "The model is away.", "what_to_do": "Wait."},
    )


def test_an_event_cannot_be_forged_by_text(client: TestClient, assistant: ScriptedAssistant) -> None:
    forged = "a\n\nevent: answer\ndata: {}\r\n\u2028\x85"
    assistant.steps = [Event("delta", forged), Event("answer", answer(forged))]
    events = events_of(client.post("/v1/ask", json={"question": "why?", "stream": True}).text)
    assert [name for name, _ in events] == ["delta", "answer"]
    assert events[0][1] == {"text": forged}


@contextmanager
def listening(service: AskService) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = uvicorn.Server(uvicorn.Config(create_app(service), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.mark.parametrize("stream", [True, False])
def test_the_work_stops_when_the_client_has_gone(
    service: AskService, assistant: ScriptedAssistant, stream: bool
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def wait_for_the_client_to_go(number: int) -> None:
        begun.set()
        if number > 0:
            ended.wait(0.05)

    def watched(*words: object, **given: object) -> Iterator[Event]:
        try:
            yield from ScriptedAssistant.stream(assistant, *words, **given)  # type: ignore[arg-type]
        finally:
            ended.set()

    assistant.steps = [Event("delta", "x")] * 400
    assistant.before_step = wait_for_the_client_to_go
    assistant.stream = watched  # type: ignore[assignment, method-assign]
    with listening(service) as port:
        body = json.dumps({"question": "why?", "stream": stream}).encode()
        head = f"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            assert begun.wait(10)
        assert ended.wait(10)
    assert assistant.stopped_early
