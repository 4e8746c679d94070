"""`footnote serve` as a process: its address, its token, its end; and when the samples are ingested."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.cli.serving import Address
from assistant.service.ingestion import needs_samples
from ingest.samples import sample_files
from tests.assistant.cli.conftest import Run
from vectorstore.index import Index

SERVE = """
import sys
import assistant.service.ingestion, vectorstore.encoders
from assistant.cli import main
from tests.assistant.letters import LetterEmbedder
assistant.service.ingestion.open_embedder = lambda *_, **__: LetterEmbedder()
vectorstore.encoders.open_embedder = lambda *_, **__: LetterEmbedder()
if "--page" in sys.argv:
    sys.argv.remove("--page")
else:
    import types
    sys.modules["assistant.page"] = types.SimpleNamespace(mount=lambda app, service: app)
sys.exit(main(sys.argv[1:]))
"""
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts `footnote serve`, without the page unless asked, and ends what still runs."""
    running: list[subprocess.Popen[str]] = []

    def started(*words: str, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--no-open", "--port", "0", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "FOOTNOTE_HOME": str(home), **environment},
        )
        running.append(process)
        return process

    yield started
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ready_address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"Footnote is ready at (http://\S+)", line)
        if found:
            return found[1]
    raise AssertionError(process.communicate()[1])


def fetch(address: str, **headers: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=30) as response:  # noqa: S310
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> int:
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    return process.returncode


def test_it_answers_once_ready_and_ends_in_peace(filled: Path, start: Start) -> None:
    process = start()
    status, body = fetch(f"{ready_address(process)}health")
    assert (status, json.loads(body)["articles"]) == (200, 3)
    assert end(process, signal.SIGINT) == 130


def test_beyond_this_machine_it_asks_for_the_token_that_it_prints(filled: Path, start: Start) -> None:
    process = start("--host", "0.0.0.0")
    address = ready_address(process)
    url, _, token = address.partition("?token=")
    assert len(token) >= 32
    assert fetch(f"{url}v1/articles")[0] == 401
    assert fetch(f"{url}v1/articles", Authorization=f"Bearer {token}")[0] == 200
    assert fetch(f"{url}v1/articles", Authorization=f"Bearer {token}", Host="evil.example")[0] == 400


def test_a_token_that_is_set_is_asked_for_everywhere_and_sigterm_ends_in_peace(
    filled: Path, start: Start
) -> None:
    process = start(FOOTNOTE_TOKEN="secret-token")
    url = ready_address(process).partition("?")[0]
    assert fetch(f"{url}v1/articles")[0] == 401
    assert fetch(f"{url}v1/articles", Authorization="Bearer secret-token")[0] == 200
    assert end(process, signal.SIGTERM) == 0


def test_the_samples_fill_an_empty_home_once(home: Path, start: Start) -> None:
    process = start("--samples", "--page")
    address = ready_address(process)
    assert json.loads(fetch(f"{address}health")[1])["articles"] == len(sample_files())
    status, page = fetch(address)
    assert status == 200
    assert "<html" in page
    assert not needs_samples(home)


def test_samples_are_not_mixed_with_articles_that_are_there(run: Run, filled: Path) -> None:
    assert not needs_samples(filled)


def test_samples_are_completed_when_they_were_interrupted(run: Run, home: Path) -> None:
    assert needs_samples(home)
    run("ingest", "samples")
    assert not needs_samples(home)
    with Index.open(home) as index:
        some = index.articles()[0].id
    run("sources", "remove", some, "--yes")
    assert needs_samples(home)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address("127.0.0.1", 7860), "http://127.0.0.1:7860/"),
        (Address("0.0.0.0", 80), "http://127.0.0.1:80/"),
        (Address("::1", 7860), "http://[::1]:7860/"),
        (Address("::", 7860), "http://[::1]:7860/"),
        (Address("localhost", 1, "t"), "http://localhost:1/?token=t"),
        (Address("localhost", 1, "a+b&c#d"), "http://localhost:1/?token=a%2Bb%26c%23d"),
    ],
)
def test_addresses_can_be_opened(address: Address, url: str) -> None:
    assert address.url_with_token == url
