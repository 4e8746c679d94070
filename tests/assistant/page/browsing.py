"""A browser, a served page, and what is watched while a test uses it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = Path(os.environ.get("FOOTNOTE_CHROMIUM", "/usr/bin/chromium"))
QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOST = "127.0.0.1"
LATEST = "#fn-latest .fn-turn"
QUESTION = "#fn-question textarea"
SECONDS_TO_WAIT = 60


def chromium_or_skip() -> Path:
    """The browser; a test is skipped without one, and fails where one was promised."""
    if CHROMIUM.is_file():
        return CHROMIUM
    if os.environ.get("CI") == "true":
        pytest.fail(f"there is no Chromium at {CHROMIUM}")
    pytest.skip(f"there is no Chromium at {CHROMIUM}")


@contextmanager
def serving(setup: str, **environment: str) -> Iterator[str]:
    """The address of a page that is served by a process of its own (see `serve`)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.assistant.page.serve", setup],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        assert port, "the server did not start"
        yield f"http://{HOST}:{port}/"
    finally:
        process.stdin.close()
        process.wait(SECONDS_TO_WAIT)
        process.stdout.close()


@dataclass
class Watch:
    """What must not happen on a page: requests to other hosts, dialogs, scripts of others, errors."""

    elsewhere: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def check(self, page: Page) -> None:
        assert self.elsewhere == []
        assert self.dialogs == []
        assert self.errors == []
        assert page.evaluate("window.__pwned") is None

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != HOST:
            self.elsewhere.append(request.url)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@contextmanager
def opened_page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page in a browser context of its own; at the end nothing may have happened that must not."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    context.set_default_timeout(SECONDS_TO_WAIT * 1000)
    watch = Watch()
    try:
        page = context.new_page()
        watch.over(page)
        page.goto(address)
        page.wait_for_selector(QUESTION)
        page.wait_for_function("document.querySelector('.fn-size')")
        yield page
        watch.check(page)
    finally:
        context.close()


def ask(page: Page, question: str, *, turn: int = 1, phase: str = "done") -> None:
    """Type a question, press Enter and wait for the turn to reach a phase."""
    page.fill(QUESTION, question)
    page.press(QUESTION, "Enter")
    wait_for_turn(page, turn, phase)


def wait_for_turn(page: Page, turn: int, phase: str = "done") -> None:
    page.wait_for_selector(f"{LATEST}[data-turn='{turn}'][data-phase='{phase}']")


def open_citation(page: Page, number: int = 1) -> str:
    """Click a citation of the last answer and wait; gives the marked text."""
    page.click(f"{LATEST} .fn-cite:text-is('[{number}]')")
    return marked(page)


def marked(page: Page) -> str:
    page.wait_for_selector("body.fn-reading #fn-mark")
    marks = page.locator(".fn-text mark").all()
    assert len(marks) == 1
    return str(marks[0].evaluate("mark => mark.textContent"))
