"""Makes the README's picture: `python -m tests.assistant.page.screenshot HOME docs/screenshot.png`.

HOME is a home folder that holds the samples.
"""

import sys

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.assistant.page.browsing import (
    QUIET_CHROMIUM,
    ask,
    chromium_or_skip,
    open_citation,
    opened_page,
    serving,
)

COLOURS = 96
"""Of the picture's palette: fewer colours make a smaller file."""


def main(home: str, picture: str) -> None:
    with serving(f"home:{home}") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_or_skip(), args=list(QUIET_CHROMIUM))
        with opened_page(browser, address, device_scale_factor=1.5) as page:
            ask(page, "Why was Turkey sanctioned?")
            open_citation(page)
            page.mouse.move(5, 795)
            page.screenshot(path=picture)
        browser.close()
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        picture, optimize=True
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
