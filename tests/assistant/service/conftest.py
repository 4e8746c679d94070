"""A service over a real index of three articles."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.core import Event
from assistant.service.app import create_app
from assistant.service.ask_service import AskService
from assistant.service.guard import LOCAL_ONLY, GuardPolicy
from assistant.settings import Settings
from ingest.passage import Passage
from tests.assistant.letters import LetterEmbedder
from tests.assistant.service.scripted_service import ScriptedAssistant, answer, article
from vectorstore.index import Index

ADDRESS = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def index(home: Path) -> Iterator[Index]:
    embedder = LetterEmbedder()
    articles = [article(1, date(2020, 1, 2)), article(2, date(2021, 3, 4), "Weekly"), article(3, None)]
    with Index.create_or_open(home, embedder) as opened:
        with opened.writer() as writer:
            for one in articles:
                middle = one.text.index("\n\n")
                passages = [Passage.create(one, 0, middle), Passage.create(one, middle + 2, len(one.text))]
                writer.put(one, passages, embedder.encode_passages([passage.text for passage in passages]))
        yield opened


@pytest.fixture
def assistant(index: Index) -> ScriptedAssistant:
    steps = [Event("delta", "Be"), Event("delta", "cause."), Event("answer", answer())]
    return ScriptedAssistant(index, list(steps))


@pytest.fixture
def service(assistant: ScriptedAssistant, home: Path) -> AskService:
    return AskService(assistant, Settings(home=home))  # type: ignore[arg-type]


@pytest.fixture
def connect(service: AskService) -> Iterator[Callable[..., TestClient]]:
    """Makes clients of the service under a policy, at an address."""
    clients: list[TestClient] = []

    def connected(policy: GuardPolicy = LOCAL_ONLY, address: str = ADDRESS) -> TestClient:
        app = create_app(service, policy=policy)
        client = TestClient(app, base_url=address, raise_server_exceptions=False)
        clients.append(client)
        return client

    yield connected
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Callable[..., TestClient]) -> TestClient:
    return connect()
