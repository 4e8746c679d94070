"""`footnote ingest` and `footnote watch` on a web site of the loopback."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from assistant.cli.durations import parse_duration
from assistant.service.ingestion import IngestRequest
from assistant.service.watching import Round, watched
from assistant.settings import Settings
from ingest.errors import UsageError
from tests.assistant.cli.conftest import Run
from tests.assistant.cli.test_ingest_command import counts
from tests.ingest.web.site import Site, article_page, served


class Shown:
    """Progress that keeps what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator["Shown"]:
        yield self

    def step(self, text: str) -> None:
        """Ignored."""

    def note(self, text: str) -> None:
        self.notes.append(text)

    def total(self, count: int | None) -> None:
        """Ignored."""

    def article(self, location: str, outcome: str) -> None:
        """Ignored."""

    def passages(self, count: int) -> None:
        """Ignored."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("FOOTNOTE_FETCH_PAUSE_SECONDS", "0")
    with served() as one:
        one.put("/1", article_page("The first", "The first harbour was opened by the mayor in May."))
        one.put("/2", article_page("The second", "The second harbour was opened by nobody at all."))
        yield one


def feed(site: Site, *names: str) -> str:
    items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in names)
    return site.put("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml")


def test_an_address_is_ingested_and_said_to_be_what_it_is(run: Run, site: Site) -> None:
    address = feed(site, "1", "2")
    first, second = (run("ingest", address, "--allow-private") for _ in range(2))
    assert (first.code, counts(first.out)["added"]) == (0, 2)
    assert f"{address} is a feed (RSS 2.0) of 2 entries" in first.err
    assert (second.code, counts(second.out)["unchanged"]) == (0, 2)
    assert f"{address} is a feed and has not changed" in second.err


def test_a_private_address_is_refused_with_the_option_to_allow_it(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = run("ingest", f"{site.address}/1")
    assert outcome.code == 1
    assert "--allow-private" in outcome.out
    assert site.asked == []
    monkeypatch.setenv("FOOTNOTE_ALLOW_PRIVATE", "1")
    assert run("ingest", f"{site.address}/1").code == 0


def test_a_list_is_ingested(run: Run, site: Site, tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.write_text(f"{site.address}/1\n{site.address}/2\n")
    outcome = run("ingest", "--list", names, "--allow-private")
    assert (outcome.code, counts(outcome.out)["added"]) == (0, 2)
    names.write_text("no address\n")
    wrong = run("ingest", "--list", names)
    assert wrong.code == 2
    assert "Line 1" in wrong.error
    assert run("ingest", "--list", tmp_path / "missing").code == 1


@pytest.mark.parametrize(
    "text", ["ftp://a.example/", "https://", "https://me:word@a.example/", "http://[::1"]
)
def test_what_is_no_address_of_the_web_is_wrong_usage(run: Run, text: str, home: Path) -> None:
    for command in (["ingest"], ["watch", "--every", "1s"]):
        outcome = run(*command, text)
        assert outcome.code == 2
        assert outcome.error
    assert not home.exists()


def rounds(
    number: int, settings: Settings, request: IngestRequest, between: Callable[[int], None] = lambda _: None
) -> tuple[list[Round], Shown, list[float]]:
    shown = Shown()
    slept: list[float] = []
    done = []
    for one in watched(settings, request, 900, shown, slept.append):
        done.append(one)
        if len(done) == number:
            break
        between(len(done))
    return done, shown, slept


def of(one: Round) -> tuple[int, int, int, int, int]:
    return (one.added, one.changed, one.unchanged, one.removed, len(one.failed))


def test_each_round_says_what_changed(run: Run, site: Site, home: Path) -> None:
    address = feed(site, "1")

    def change(number: int) -> None:
        if number == 2:
            feed(site, "2", "1")
            site.put("/1", article_page("The first", "The first harbour was closed again in June."))

    settings = Settings(home=home, allow_private=True)
    done, shown, slept = rounds(3, settings, IngestRequest((address,)), change)
    assert [of(one) for one in done] == [(1, 0, 0, 0, 0), (0, 0, 1, 0, 0), (1, 1, 0, 0, 0)]
    assert shown.notes[0] == f"{address} is a feed (RSS 2.0) of 1 entry"
    assert all(0 < seconds <= 900 for seconds in slept)


def test_a_failing_source_does_not_stop_the_others_and_is_told_once(
    run: Run, site: Site, home: Path, tmp_path: Path
) -> None:
    sources = (f"{site.address}/missing", str(tmp_path / "nowhere"), f"{site.address}/1")
    done, _, _ = rounds(2, Settings(home=home, allow_private=True), IngestRequest(sources))
    assert [of(one) for one in done] == [(1, 0, 0, 0, 2), (0, 0, 1, 0, 2)]
    assert [len(one.new_failures) for one in done] == [2, 0]


def test_what_is_no_source_ends_the_watch_before_it_begins(home: Path) -> None:
    with pytest.raises(UsageError):
        rounds(1, Settings(home=home), IngestRequest(("ftp://a.example/",)))


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("1h30m", 5400), (" 2 D ", 172_800)]
)
def test_a_length_of_time_is_read(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "1.5h", "0s", "9999999999d", "15 minutes"])
def test_what_is_no_length_of_time_is_wrong_usage(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_duration(text)


WATCH = """
import sys
import assistant.service.ingestion
from assistant.cli import main
from tests.assistant.letters import LetterEmbedder

assistant.service.ingestion.open_embedder = lambda *_, **__: LetterEmbedder()
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["waiting", "fetching"])
def test_a_watch_can_be_stopped_at_any_moment(
    site: Site, home: Path, number: signal.Signals, moment: str
) -> None:
    """Between rounds, and while a server keeps it waiting; the exit code is 0."""
    held = threading.Event()
    if moment == "fetching":
        site.holds["/1"] = held
    words = ["watch", f"{site.address}/1", "--every", "1h", "--allow-private", "--home", str(home)]
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    try:
        if moment == "waiting":
            assert process.stdout is not None
            assert "1 added" in process.stdout.readline()
        else:
            until(lambda: "/1" in site.paths())
        process.send_signal(number)
        _, messages = process.communicate(timeout=60)
    finally:
        held.set()
        process.kill()
    assert process.returncode == 0, messages
    assert messages.strip().endswith("stopped")
    assert "Traceback" not in messages


def until(reached: Callable[[], bool]) -> None:
    while not reached():
        time.sleep(0.05)
