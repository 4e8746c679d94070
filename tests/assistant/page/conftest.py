"""Fixtures of the browser tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.assistant.page.browsing import QUIET_CHROMIUM, chromium_or_skip, opened_page, serving

OpenPage = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = chromium_or_skip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET_CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def plain_address() -> Iterator[str]:
    chromium_or_skip()
    with serving("plain") as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, plain_address: str) -> OpenPage:
    """Opens the page over a fake service, each time in a browser context of its own."""

    def opening(**options: Any) -> AbstractContextManager[Page]:
        return opened_page(browser, plain_address, **options)

    return opening


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    with open_page() as page:
        yield page
