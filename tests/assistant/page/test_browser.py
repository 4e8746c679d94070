"""The page in a browser: asking, reading the source, stopping, adding, copying; and no request leaves."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from ingest.sources import DEFAULT_MAX_BYTES
from tests.assistant.page.browsing import LATEST, QUESTION, ask, marked, open_citation, wait_for_turn
from tests.assistant.page.conftest import OpenPage
from tests.assistant.page.setups import SANCTIONS

pytestmark = pytest.mark.browser

TURKEY = "Why was Turkey sanctioned?"
REASON = SANCTIONS.split(" 🚀")[0]


def test_an_empty_chat_greets(page: Page) -> None:
    assert page.title() == "Footnote"
    assert page.locator(".fn-example").count() >= 4
    expect(page.locator(".fn-banner")).to_contain_text("written for Footnote")
    expect(page.locator("footer")).not_to_be_visible()
    icon = page.evaluate("fetch('favicon.ico').then(r => r.blob()).then(b => b.type + ' ' + b.size)")
    assert icon.startswith("image/png")


def test_an_example_is_answered_and_its_citation_opens_the_article(page: Page) -> None:
    page.click(f".fn-example:text-is('{TURKEY}')")
    wait_for_turn(page, 1)
    expect(page.locator(".fn-welcome")).not_to_be_visible()
    expect(page.locator(f"{LATEST} .fn-short")).to_have_text(
        "because it had bought the S-400 air defense system"
    )
    assert page.locator(f"{LATEST} .fn-short").evaluate("bold => +getComputedStyle(bold).fontWeight") >= 600
    assert open_citation(page) == REASON
    assert page.locator("#fn-mark").evaluate("mark => document.activeElement === mark")
    expect(page.locator(".fn-pane h2")).to_have_text("U.S. sanctions Turkish defense agency")


def test_a_quote_behind_a_surrogate_pair_is_marked_exactly_and_scrolled_to(page: Page) -> None:
    ask(page, TURKEY)
    assert open_citation(page, 2) == "The agency is known as the SSB."
    page.click(f"{LATEST} .fn-cite:text-is('[3]')")
    expect(page.locator("#fn-mark")).to_have_text("Ankara called the decision a grave mistake.")
    assert marked(page) == "Ankara called the decision a grave mistake."
    expect(page.locator("#fn-mark")).to_be_in_viewport()


def test_a_source_opens_by_its_text_and_lights_up_with_its_number(page: Page) -> None:
    ask(page, TURKEY)
    page.hover(f"{LATEST} .fn-cite:text-is('[2]')")
    expect(page.locator(f"{LATEST} .fn-pointed blockquote")).to_have_text("The agency is known as the SSB.")
    page.click(f"{LATEST} .fn-quote:nth-child(3) blockquote")
    assert marked(page) == "Ankara called the decision a grave mistake."
    expect(page.locator(f"{LATEST} .fn-quote.fn-current blockquote")).to_have_text(
        "Ankara called the decision a grave mistake."
    )


def test_the_keyboard_is_enough(page: Page) -> None:
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type(TURKEY)
    page.keyboard.press("Enter")
    wait_for_turn(page, 1)
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.fn-cite')"):
            break
    number = page.evaluate("document.activeElement.textContent")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (number, outline) == ("[3]", "solid")
    page.keyboard.press("Enter")
    assert marked(page) == "Ankara called the decision a grave mistake."
    page.keyboard.press("Escape")
    expect(page.locator(".fn-pane")).not_to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "[3]"


MARKED_IS_CURRENT = """() => {
    const quote = document.querySelector('#fn-latest .fn-quote.fn-current blockquote');
    return quote.textContent === document.querySelector('#fn-mark').textContent;
}"""


def test_of_quick_clicks_the_article_that_is_shown_is_the_marked_one(page: Page) -> None:
    ask(page, TURKEY)
    for _ in range(5):
        page.evaluate("document.querySelectorAll('#fn-latest .fn-cite').forEach(cite => cite.click())")
        page.wait_for_selector("body.fn-reading #fn-mark")
        page.wait_for_function(MARKED_IS_CURRENT)
        page.keyboard.press("Escape")
        expect(page.locator(".fn-pane")).not_to_be_visible()


def test_an_article_that_comes_after_the_reader_was_closed_stays_away(page: Page) -> None:
    ask(page, TURKEY)
    open_citation(page)
    held: list[Route] = []
    page.route("**/run/predict*", lambda route: held.append(route))
    page.click(f"{LATEST} .fn-cite:text-is('[2]')")
    page.keyboard.press("Escape")
    expect(page.locator(".fn-pane")).not_to_be_visible()
    with page.expect_response("**/run/predict*"):
        held[0].continue_()
    page.unroute("**/run/predict*")
    page.wait_for_timeout(300)
    expect(page.locator(".fn-pane")).not_to_be_visible()
    assert open_citation(page, 2) == "The agency is known as the SSB."


def test_an_article_can_be_opened_again_after_it_was_closed(page: Page) -> None:
    ask(page, TURKEY)
    assert open_citation(page) == REASON
    page.click("[aria-label='Close the article']")
    expect(page.locator(".fn-pane")).not_to_be_visible()
    assert open_citation(page) == REASON


def test_an_answer_streams_and_can_be_stopped_and_asked_again(page: Page) -> None:
    page.fill(QUESTION, "slow answer")
    page.click("#fn-ask")
    wait_for_turn(page, 1, "writing")
    expect(page.locator(f"{LATEST} .fn-words")).to_contain_text("slowly slowly")
    page.click("#fn-stop")
    wait_for_turn(page, 1, "stopped")
    expect(page.locator("#fn-ask")).to_be_visible()
    expect(page.locator("#fn-stop")).not_to_be_visible()
    written = page.locator(f"{LATEST} .fn-words").inner_text()
    page.click(f"{LATEST} [data-fn='retry']")
    wait_for_turn(page, 1, "writing")
    expect(page.locator(f"{LATEST} .fn-words")).to_contain_text("slowly slowly")
    page.click("#fn-stop")
    wait_for_turn(page, 1, "stopped")
    assert written.startswith("slowly")
    ask(page, "stopped so far", turn=2)
    expect(page.locator(f"{LATEST} .fn-words")).to_contain_text("2 were stopped")


def test_an_answer_whose_stream_of_events_was_closed_is_shown_all_the_same(page: Page) -> None:
    closed = 'data: {"msg": "close_stream", "event_id": null}\n\n'
    page.route("**/queue/data*", lambda route: route.fulfill(content_type="text/event-stream", body=closed))
    ask(page, TURKEY)
    ask(page, "slow answer", turn=2, phase="writing")
    page.click("#fn-stop")
    wait_for_turn(page, 2, "stopped")
    page.click(f"{LATEST} [data-fn='retry']")
    wait_for_turn(page, 2, "writing")
    page.click("#fn-stop")
    wait_for_turn(page, 2, "stopped")


def test_a_question_that_is_asked_while_another_is_answered_takes_its_place(page: Page) -> None:
    ask(page, "slow answer", phase="writing")
    ask(page, TURKEY, turn=2)
    expect(page.locator("#fn-earlier .fn-turn")).to_have_attribute("data-phase", "stopped")
    page.fill(QUESTION, "slow again")
    page.press(QUESTION, "Enter")
    page.press(QUESTION, "Enter")
    wait_for_turn(page, 3, "writing")
    page.click("#fn-stop")
    wait_for_turn(page, 3, "stopped")
    expect(page.locator("#fn-earlier .fn-turn")).to_have_count(2)


ASK_AS_SOON_AS_ANSWERED = """most => {
    const field = document.querySelector('#fn-question textarea');
    const latest = document.querySelector('#fn-latest');
    let turn = 1;
    new MutationObserver(() => {
        if (turn === most || !latest.querySelector(`[data-turn='${turn}'][data-phase='done']`)) return;
        turn += 1;
        field.value = `Was Turkey sanctioned ${turn} times?`;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true }));
    }).observe(latest, { subtree: true, childList: true, attributes: true });
}"""


def test_a_question_right_after_an_answer_is_not_lost(page: Page) -> None:
    page.evaluate(ASK_AS_SOON_AS_ANSWERED, 10)
    page.fill(QUESTION, TURKEY)
    page.press(QUESTION, "Enter")
    wait_for_turn(page, 10)
    expect(page.locator(f"{LATEST} .fn-question")).to_have_text("Was Turkey sanctioned 10 times?")


def test_a_failure_is_explained_and_the_next_question_works(page: Page) -> None:
    ask(page, "broken", phase="failed")
    expect(page.locator(f"{LATEST} .fn-problem")).to_contain_text("Run footnote index check.")
    ask(page, TURKEY, turn=2)
    expect(page.locator("#fn-earlier .fn-problem")).to_be_visible()


def test_a_refusal_a_doubt_and_a_disagreement_are_plain(page: Page) -> None:
    ask(page, "Who won the 2018 World Cup?")
    expect(page.locator(LATEST)).to_contain_text("Searched 54 articles, published from 18 March 2014")
    expect(page.locator(f"{LATEST} .fn-sources h3")).to_have_text("Nearest passages")
    ask(page, "How many died?", turn=2)
    expect(page.locator(f"{LATEST} .fn-possibly")).to_have_text("Possibly")
    expect(page.locator(f"{LATEST} .fn-notice")).to_contain_text("Sources disagree")


def test_a_screen_reader_hears_the_answer(page: Page) -> None:
    ask(page, TURKEY)
    status = page.locator("#fn-status[aria-live='polite']")
    expect(status).to_contain_text("because it had bought the S-400 air defense system. [1]")
    expect(page.locator(f"{LATEST}[aria-busy]")).to_have_count(0)
    assert page.get_by_role("link", name="Source 1: Sample Wire, 14 December 2020").count() == 1
    assert page.get_by_role("textbox", name="Question").count() == 1


def test_an_answer_is_copied_with_its_footnotes(open_page: OpenPage) -> None:
    with open_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, TURKEY)
        page.click("text=Copy with footnotes")
        expect(page.locator("text=Copied >> nth=0")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{REASON} [1] The agency")
    assert (
        "[3] Sample Wire, “U.S. sanctions Turkish defense agency”, 14 December 2020, https://wire" in copied
    )


def test_one_browser_never_sees_what_another_asked(open_page: OpenPage) -> None:
    with open_page() as mine, open_page() as yours:
        ask(mine, "slow secret", phase="writing")
        ask(yours, TURKEY)
        assert "secret" not in yours.content()
        mine.click("#fn-stop")
        wait_for_turn(mine, 1, "stopped")
        assert yours.locator(".fn-turn").count() == 1
        yours.reload()
        wait_for_turn(yours, 1)
        assert yours.locator(".fn-turn").count() == 1
        assert "secret" not in yours.content()
        assert mine.locator(".fn-turn").count() == 1


def test_a_page_that_is_loaded_again_goes_on_where_it_was(page: Page) -> None:
    ask(page, TURKEY)
    drop(page, "ferries.txt", "The council bought eleven ferries on Tuesday.")
    expect(page.locator(".fn-scope")).to_contain_text("Asking only about ferries.txt")
    page.fill(QUESTION, "slow answer")
    page.press(QUESTION, "Enter")
    wait_for_turn(page, 2, "writing")
    page.reload()
    wait_for_turn(page, 2, "stopped")
    expect(page.locator("#fn-earlier .fn-question")).to_have_text(TURKEY)
    expect(page.locator(".fn-welcome")).not_to_be_visible()
    expect(page.locator(".fn-scope")).to_contain_text("Asking only about ferries.txt")
    ask(page, "How many ferries?", turn=3)
    assert open_citation(page) == "The council bought eleven ferries on Tuesday."
    page.click("[aria-label='Close the article']")
    page.click("#fn-new")
    page.reload()
    expect(page.locator(".fn-welcome")).to_be_visible()
    expect(page.locator(".fn-turn")).to_have_count(0)


def test_a_second_tab_begins_anew(page: Page) -> None:
    ask(page, TURKEY)
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(tab.locator(".fn-welcome")).to_be_visible()
    assert tab.locator(".fn-turn").count() == 0


def test_a_new_conversation_forgets_the_old_one(page: Page) -> None:
    ask(page, TURKEY)
    open_citation(page)
    page.click("#fn-new")
    expect(page.locator(".fn-welcome")).to_be_visible()
    expect(page.locator(".fn-turn")).to_have_count(0)
    expect(page.locator(".fn-pane")).not_to_be_visible()
    ask(page, TURKEY)


def test_a_dropped_file_is_added_and_asked_about(page: Page) -> None:
    drop(page, "council & notes.txt", "The council bought eleven ferries on Tuesday.")
    expect(page.locator(".fn-adding")).to_contain_text("council & notes.txt was added.")
    expect(page.locator(".fn-scope")).to_contain_text("Asking only about council & notes.txt")
    ask(page, "How many ferries?")
    assert open_citation(page) == "The council bought eleven ferries on Tuesday."
    page.keyboard.press("Escape")
    page.click("[data-fn='unscope']")
    expect(page.locator(".fn-scope")).not_to_be_visible()


def test_a_bad_file_is_refused_in_plain_words(page: Page, tmp_path: Path) -> None:
    bad = tmp_path / "picture.bin"
    bad.write_bytes(b"\0\1\2")
    page.set_input_files("input[type=file]", bad)
    expect(page.get_by_role("alert")).to_contain_text("picture.bin was not added. It holds no text.")
    page.click("[aria-label='Dismiss']")
    expect(page.get_by_role("alert")).not_to_be_visible()
    expect(page.locator("#fn-add")).to_be_enabled()


def test_a_file_that_is_too_large_is_refused_and_the_others_are_added(page: Page, tmp_path: Path) -> None:
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    with large.open("wb") as file:
        file.truncate(DEFAULT_MAX_BYTES + 1)
    small.write_text("Small things matter.", "utf-8")
    page.set_input_files("input[type=file]", [large, small])
    expect(page.get_by_role("alert")).to_contain_text("large.txt was not added. It has 50.0 MB")
    expect(page.locator("#fn-adding")).to_contain_text("small.txt was added.")


def test_the_page_is_no_api(page: Page) -> None:
    described = page.evaluate("fetch('gradio_api/info').then(r => r.text())")
    assert json.loads(described) == {"named_endpoints": {}, "unnamed_endpoints": {}}


def drop(page: Page, name: str, text: str) -> None:
    page.evaluate(
        """([name, text]) => {
            const files = new DataTransfer();
            files.items.add(new File([text], name, {type: "text/plain"}));
            const options = {dataTransfer: files, bubbles: true, cancelable: true};
            document.body.dispatchEvent(new DragEvent("dragover", options));
            if (!document.body.classList.contains("fn-dropping")) throw new Error("no hint");
            document.body.dispatchEvent(new DragEvent("drop", options));
        }""",
        [name, text],
    )
