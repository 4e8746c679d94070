"""GET /v1/articles, /v1/articles/{id} and /health over a real index."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from assistant.service.ask_service import AskService
from ingest.errors import FootnoteError
from tests.assistant.service.scripted_service import ScriptedAssistant


def test_paging_shows_every_article_once(client: TestClient) -> None:
    seen, offset = [], 0
    while offset is not None:
        page = client.get("/v1/articles", params={"offset": offset, "limit": 2}).json()
        seen += [head["title"] for head in page["articles"]]
        assert page["total"] == 3
        offset = page["next_offset"]
    assert sorted(seen) == ["Title 1", "Title 2", "Title 3"]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"since": "2021-01-01"}, ["Title 2"]),
        ({"until": "2020-01-02"}, ["Title 1"]),
        ({"publisher": "weekly"}, ["Title 2"]),
        ({"publisher": ""}, ["Title 1", "Title 2", "Title 3"]),
        ({"offset": 99}, []),
    ],
)
def test_filters_choose(client: TestClient, filters: dict[str, str], titles: list[str]) -> None:
    page = client.get("/v1/articles", params=filters).json()
    assert sorted(head["title"] for head in page["articles"]) == titles


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": 0},
        {"limit": 10**9},
        {"offset": -1},
        {"since": "soon"},
        {"since": "2021-01-02", "until": "2021-01-01"},
    ],
)
def test_wrong_parameters_are_told_in_the_one_form(client: TestClient, wrong: dict[str, str]) -> None:
    response = client.get("/v1/articles", params=wrong)
    assert response.status_code == 422
    assert set(response.json()) == {"code", "message", "what_to_do"}


def test_an_article_comes_with_its_text_and_passages_at_their_offsets(client: TestClient) -> None:
    head = client.get("/v1/articles", params={"publisher": "Weekly"}).json()["articles"][0]
    article = client.get(f"/v1/articles/{head['id']}").json()
    assert article["version"] == head["version"]
    assert len(article["passages"]) == 2
    for passage in article["passages"]:
        assert article["text"][passage["start"] : passage["end"]] == passage["text"]


@pytest.mark.parametrize(
    "path", ["/v1/articles/0000", "/v1/articles/..%2F..%2Fetc%2Fpasswd", "/v1/nothing", "/v1/"]
)
def test_what_is_not_there_is_told_in_the_one_form(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert set(response.json()) == {"code", "message", "what_to_do"}


def test_another_version_is_not_there(client: TestClient) -> None:
    head = client.get("/v1/articles").json()["articles"][0]
    assert client.get(f"/v1/articles/{head['id']}", params={"version": head["version"]}).status_code == 200
    assert client.get(f"/v1/articles/{head['id']}", params={"version": "0" * 16}).status_code == 404


def test_health_counts(client: TestClient) -> None:
    health = client.get("/health").json()
    assert (health["status"], health["articles"], health["passages"]) == ("ok", 3, 6)


def test_health_of_a_broken_index_is_503(
    client: TestClient, service: AskService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise FootnoteError("The index is gone.", "Ingest again.")

    monkeypatch.setattr(service, "counts", broken)
    response = client.get("/health")
    assert response.status_code == 503
    told = {"code": "failed", "message": "The index is gone.", "what_to_do": "Ingest again."}
    assert response.json() == {"status": "failed", **told}


def test_the_schema_is_there_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    assert "/v1/ask" in client.get("/v1/openapi.json").json()["paths"]
    assert client.get("/docs").status_code == 404


def test_the_schema_tells_the_form_of_errors(client: TestClient) -> None:
    schema = client.get("/v1/openapi.json").json()
    assert set(schema["components"]["schemas"]["ErrorBody"]["properties"]) == {
        "code",
        "message",
        "what_to_do",
    }
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    for path in schema["paths"].values():
        assert all("default" in operation["responses"] for operation in path.values())


def test_the_index_is_given_back_at_the_end(
    connect: Callable[..., TestClient], assistant: ScriptedAssistant
) -> None:
    with connect() as client:
        assert client.get("/health").status_code == 200
        assert not assistant.closed
    assert assistant.closed
