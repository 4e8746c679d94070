"""Putting the page into the application that serves the API."""

import logging
import os
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from assistant.page.service import PageService

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

LARGEST_UPLOAD = "64mb"
QUESTIONS_AT_ONCE = 8


def mount(app: "FastAPI", service: PageService) -> "FastAPI":
    """Serve the page at "/" of `app`, behind the routes that `app` has already.

    Nothing is asked of any other host: no analytics, no fonts, no update check.
    """
    _keep_gradio_at_home()
    import gradio as gr

    from assistant.page.layout import head_markup

    with as_file(files("assistant.page").joinpath("static", "favicon.png")) as favicon:
        mounted: FastAPI = gr.mount_gradio_app(
            app,
            build_blocks(service),
            path="/",
            server_name="127.0.0.1",
            footer_links=[],
            run_history=False,
            favicon_path=str(favicon),
            show_error=False,
            max_file_size=LARGEST_UPLOAD,
            ssr_mode=False,
            enable_monitoring=False,
            pwa=False,
            mcp_server=False,
            theme=_theme(),
            head=head_markup(),
        )
    return mounted


def build_blocks(service: PageService) -> "gr.Blocks":
    """The page as Gradio blocks, connected with `service`."""
    _keep_gradio_at_home()
    import gradio as gr

    from assistant.page.layout import TITLE, lay_out
    from assistant.page.wiring import Wiring

    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        Wiring(lay_out(), service).connect(blocks)
    blocks.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, api_open=False)
    return blocks


def _keep_gradio_at_home() -> None:
    """Switch off what Gradio reports of itself, and what a library it imports tells on the terminal.

    Gradio reads the variables when it is imported.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


def _theme() -> "gr.themes.Base":
    import gradio as gr

    plex = gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700))
    mono = ["ui-monospace", "monospace"]
    return gr.themes.Base(font=[plex, "system-ui", "sans-serif"], font_mono=mono)
