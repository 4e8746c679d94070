"""The whole path on the sample collection: a real index, the real service, the page in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.page.browsing import LATEST, ask, chromium_or_skip, open_citation, opened_page, serving

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture(scope="module")
def address(samples_home: Path) -> Iterator[str]:
    chromium_or_skip()
    with serving(f"home:{samples_home}") as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened_page(browser, address) as page:
        yield page


def test_the_turkey_question_leads_to_the_marked_sentence(page: Page) -> None:
    expect(page.locator(".fn-banner")).to_contain_text("written for Footnote")
    ask(page, "why was Turkey sanctioned?")
    quote = page.locator(f"{LATEST} .fn-quote blockquote").first.evaluate("quote => quote.textContent")
    assert open_citation(page) == quote
    assert len(quote.split()) > 5
    expect(page.locator("#fn-mark")).to_be_in_viewport()


def test_what_is_not_in_the_articles_is_declined(page: Page) -> None:
    ask(page, "who won the 2018 World Cup?")
    expect(page.locator(LATEST)).to_contain_text("Searched 5")
    expect(page.locator(f"{LATEST} .fn-sources h3")).to_have_text("Nearest passages")


def test_a_file_is_dropped_in_and_asked_about(page: Page, tmp_path: Path) -> None:
    notes = tmp_path / "ferries.txt"
    notes.write_text(
        "Ferries for Port Ellery\n\nThe harbour board bought eleven ferries in March 2024.\n", "utf-8"
    )
    page.set_input_files("input[type=file]", notes)
    expect(page.locator(".fn-adding")).to_contain_text("ferries.txt was added.", timeout=60_000)
    ask(page, "How many ferries did the harbour board buy?")
    assert "eleven ferries" in open_citation(page)


def test_a_binary_file_is_refused_with_a_reason(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    page.set_input_files("input[type=file]", picture)
    expect(page.get_by_role("alert")).to_contain_text("picture.png was not added.", timeout=60_000)
