"""Hostile strings in title, body, question and every other field: shown as text, and nothing else happens."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.assistant.page.browsing import LATEST, ask, chromium_or_skip, marked, opened_page, serving
from tests.assistant.page.hostile import OWN, all_strings

pytestmark = pytest.mark.browser

TITLES = 120
QUESTIONS = 8


def chosen(strings: list[str], count: int) -> list[str]:
    """So many strings, evenly from everywhere, without what makes a question too long to wait for."""
    short = [string for string in strings if len(string) < 2000]
    return short[:: max(1, len(short) // count)][:count]


@pytest.fixture(scope="module")
def strings(shared_data: Path) -> list[str]:
    return all_strings(shared_data)


@pytest.fixture(scope="module")
def hostile_address(strings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium_or_skip()
    written = tmp_path_factory.mktemp("hostile") / "strings.json"
    written.write_text(json.dumps(["\n\n".join(strings), *OWN, *chosen(strings, TITLES)]), "utf-8")
    with serving("hostile", HOSTILE_STRINGS=str(written)) as address:
        yield address


@pytest.fixture
def hostile_page(browser: Browser, hostile_address: str) -> Iterator[Page]:
    with opened_page(browser, hostile_address) as page:
        yield page


def test_titles_publishers_addresses_and_quotes(hostile_page: Page) -> None:
    ask(hostile_page, "titles")
    cards = hostile_page.locator(f"{LATEST} .fn-card")
    assert cards.count() > len(OWN)
    script = OWN[0]
    assert script in hostile_page.locator(f"{LATEST} h4").all_text_contents()
    assert hostile_page.locator(f"{LATEST} .fn-sources :is(script, style, img, iframe, svg)").count() == 0
    for number in range(1, len(OWN) + 1):
        hostile_page.click(f"#fn-source-1-{number} .fn-number")
        assert marked(hostile_page).endswith("The end.")
    assert hostile_page.locator(".fn-pane :is(script, style, img, iframe, svg)").count() == 0


def test_a_body_of_every_string(hostile_page: Page, strings: list[str]) -> None:
    ask(hostile_page, "everything")
    hostile_page.click(f"{LATEST} .fn-cite >> nth=0")
    shown = marked(hostile_page)
    assert shown == "\n\n".join(strings).replace("\0", "\ufffd")
    assert hostile_page.locator("#fn-mark *").count() == 0


def test_questions(hostile_page: Page, strings: list[str]) -> None:
    for turn, string in enumerate([*OWN, *chosen(strings, QUESTIONS)], start=1):
        ask(hostile_page, string, turn=turn)
        asked = hostile_page.locator(f"{LATEST} .fn-question").evaluate("heading => heading.textContent")
        assert "".join(asked.split()) == "".join(string.replace("\0", "\ufffd").split())
    assert hostile_page.locator(".fn-question *").count() == 0
