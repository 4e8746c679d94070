"""Who may ask: hosts, origins, tokens, sizes, and the headers of what comes back."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from assistant.service.guard import API_BODY_BYTES, LOCAL_ONLY, GuardPolicy, is_loopback

Connect = Callable[..., TestClient]
TOKEN = "correct-horse"


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:80", "[::1]:7860", "localhost."])
def test_local_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/articles", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7860",
        "",
        "[::1",
        "10.0.0.5",
        "a@localhost:b",
    ],
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    response = client.get("/v1/articles", headers={"host": host})
    assert response.status_code == 400
    assert response.json()["code"] == "host_not_allowed"


def test_beyond_this_machine_numbers_and_given_names_are_answered_but_no_other_name() -> None:
    policy = GuardPolicy.listening_on("0.0.0.0", "t", ["News.Example"])
    assert policy.allows_host("192.168.1.7:7860")
    assert policy.allows_host("[fe80::1]:7860")
    assert policy.allows_host("news.example")
    assert not policy.allows_host("evil.example")


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:7860", "http://[", ""],
)
def test_requests_of_other_sites_are_refused(client: TestClient, origin: str) -> None:
    response = client.post("/v1/ask", json={"question": "why?"}, headers={"origin": origin})
    assert response.status_code == 403
    assert response.json()["code"] == "origin_not_allowed"


def test_requests_of_its_own_page_are_answered(client: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1:7860"}
    assert client.post("/v1/ask", json={"question": "why?"}, headers=headers).status_code == 200


class TestToken:
    @pytest.fixture
    def guarded(self, connect: Connect) -> TestClient:
        return connect(GuardPolicy(token=TOKEN))

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"authorization": "Bearer wrong"},
            {"authorization": f"Basic {TOKEN}"},
            {"cookie": "footnote_token=x"},
            {"authorization": "Bearer "},
            {"cookie": 'footnote_token="'},
            {"authorization": "Bearer \xe9".encode("latin-1")},
        ],
    )
    def test_without_it_nothing_is_told(self, guarded: TestClient, headers: dict[str, str]) -> None:
        response = guarded.get("/v1/articles", headers=headers)
        assert response.status_code == 401
        assert response.json()["code"] == "token_needed"
        assert response.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in response.text

    def test_the_bearer_is_let_in(self, guarded: TestClient) -> None:
        assert guarded.get("/v1/articles", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200

    def test_the_printed_address_lets_a_browser_in_and_drops_the_token_from_it(
        self, guarded: TestClient
    ) -> None:
        first = guarded.get(f"/v1/articles?limit=1&token={TOKEN}", follow_redirects=False)
        assert first.status_code == 303
        assert first.headers["location"] == "/v1/articles?limit=1"
        cookie = first.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert guarded.get("/v1/articles").json()["total"] == 3

    def test_the_way_in_leads_nowhere_else(self, guarded: TestClient) -> None:
        response = guarded.get(f"//evil.example/?token={TOKEN}", follow_redirects=False)
        assert not response.headers.get("location", "").startswith(("//", "http"))

    def test_health_is_open(self, guarded: TestClient) -> None:
        assert guarded.get("/health").json()["status"] == "ok"


class TestBodies:
    def test_a_declared_size_over_the_limit_is_refused(self, client: TestClient) -> None:
        response = client.post("/v1/ask", content=b"x" * (API_BODY_BYTES + 1))
        assert response.status_code == 413
        assert response.json()["code"] == "body_too_large"

    def test_a_declared_size_that_is_no_number_is_not_believed(self, client: TestClient) -> None:
        headers = {"content-length": "9" * 5000}
        response = client.post("/v1/ask", json={"question": "why?"}, headers=headers)
        assert response.status_code == 200

    def test_an_undeclared_one_is_cut_off(self, client: TestClient) -> None:
        response = client.post("/v1/ask", content=(b"x" * 65536 for _ in range(32)))
        assert response.status_code == 413
        assert response.json()["code"] == "body_too_large"


def test_every_response_carries_the_security_headers(client: TestClient) -> None:
    for response in (
        client.get("/health"),
        client.get("/nowhere"),
        client.get("/health", headers={"host": "x"}),
    ):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert response.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in client.get("/v1/articles").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.2", False),
        ("news.example", False),
    ],
)
def test_what_is_reachable_from_this_machine_only(host: str, local: bool) -> None:
    assert is_loopback(host) is local
    assert GuardPolicy.listening_on(host, None).any_address is not local


def test_the_default_policy_asks_for_no_token() -> None:
    assert LOCAL_ONLY.token is None
