"""The page on a phone and in the dark: nothing cut off, all legible, the article over the whole screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.page.browsing import LATEST, ask, marked, open_citation
from tests.assistant.page.conftest import OpenPage

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
QUESTIONS = ("Why was Turkey sanctioned?", "How many died?", "Who won the 2018 World Cup?", "broken")
CONTRAST = """() => {
    const light = (colour) => {
        const parts = colour.map((part) => part / 255).map((part) =>
            part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const read = (text) => text.match(/[\\d.]+/g).map(Number);
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = read(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const faint = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.checkVisibility()) continue;
        if (element.closest("script, style, .fn-unseen, .sr-only")) continue;
        const [a, b] = [light(read(getComputedStyle(element).color)), light(behind(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) faint.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
    }
    return faint;
}"""


def ask_everything(page: Page) -> None:
    for turn, question in enumerate(QUESTIONS, start=1):
        ask(page, question, turn=turn, phase="failed" if question == "broken" else "done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(open_page: OpenPage, scheme: str) -> None:
    with open_page(color_scheme=scheme) as page:
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (min(map(int, paper[4:-1].split(","))) > 200) == (scheme == "light")
        assert page.evaluate(CONTRAST) == []
        ask_everything(page)
        page.click("#fn-earlier .fn-cite >> nth=0")
        marked(page)
        assert page.evaluate(CONTRAST) == []


def test_a_phone_shows_everything_in_one_column(open_page: OpenPage) -> None:
    with open_page(**PHONE) as page:
        assert_nothing_sticks_out(page)
        ask_everything(page)
        assert_nothing_sticks_out(page)
        answer = page.locator("#fn-earlier .fn-answer >> nth=0").bounding_box()
        sources = page.locator("#fn-earlier .fn-sources >> nth=0").bounding_box()
        assert answer is not None
        assert sources is not None
        assert sources["y"] >= answer["y"] + answer["height"]


def test_a_phone_gives_the_article_the_whole_screen(open_page: OpenPage) -> None:
    with open_page(**PHONE) as page:
        ask(page, "Why was Turkey sanctioned?")
        open_citation(page)
        assert page.locator(".fn-pane").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        expect(page.locator("#fn-mark")).to_be_in_viewport()
        assert page.evaluate("document.querySelector('#fn-composer').inert")
        page.go_back()
        expect(page.locator(".fn-pane")).not_to_be_visible()
        assert not page.evaluate("document.querySelector('#fn-composer').inert")
        expect(page.locator(LATEST)).to_be_visible()
        open_citation(page, 2)
        page.tap("[aria-label='Close the article']")
        expect(page.locator(".fn-pane")).not_to_be_visible()


def test_beside_each_other_on_a_wide_screen(open_page: OpenPage) -> None:
    with open_page() as page:
        ask(page, "Why was Turkey sanctioned?")
        answer = page.locator(f"{LATEST} .fn-answer").bounding_box()
        sources = page.locator(f"{LATEST} .fn-sources").bounding_box()
        assert answer is not None
        assert sources is not None
        assert sources["x"] >= answer["x"] + answer["width"]
        before = page.locator(f"{LATEST} .fn-cite >> nth=0").bounding_box()
        open_citation(page)
        after, pane = (page.locator(at).bounding_box() for at in (f"{LATEST} .fn-cite >> nth=0", ".fn-pane"))
        assert before is not None
        assert after is not None
        assert pane is not None
        assert abs(before["y"] - after["y"]) < 40
        assert after["x"] < pane["x"]


def assert_nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
