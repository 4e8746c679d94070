"""The components of the page, and where they stand."""

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.page.session import Session
from ingest.sources import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    import gradio as gr

TITLE = "Footnote"
_CONNECT = (
    "footnote.connect(element, trigger, ['open', 'example', 'retry', 'widen', 'unscope', 'stopadding']);"
)
_THREAD = _CONNECT + "footnote.thread(element, watch);"
_LATEST = _THREAD + "footnote.follow(element, () => trigger('sync', {}));"
_PANE = "footnote.pane(element, props, watch);"


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and change.

    Attributes:
        session: what this open page holds; no other page has it.
        key: the secret of the browser's tab, by which its session is found when it is loaded again.
        asked: the question as it was when it was sent; what is typed after that belongs to the next one.
        earlier, latest: the turns but the last, and the last, which streams.
        figures: the plot of the collection, folded away.
        pane: the opened article.
    """

    session: "gr.State"
    key: "gr.Textbox"
    asked: "gr.Textbox"
    brand: "gr.HTML"
    banner: "gr.HTML"
    welcome: "gr.HTML"
    figures: "gr.HTML"
    earlier: "gr.HTML"
    latest: "gr.HTML"
    adding: "gr.HTML"
    scope: "gr.HTML"
    question: "gr.Textbox"
    ask: "gr.Button"
    stop: "gr.Button"
    add: "gr.UploadButton"
    new: "gr.Button"
    pane: "gr.HTML"


def lay_out() -> Parts:
    """Make the components; called inside a `gr.Blocks` context."""
    import gradio as gr

    session, key = gr.State(Session()), gr.Textbox(visible=False)
    asked = gr.Textbox(visible="hidden")
    with gr.Row(elem_id="fn-header"):
        brand = _html("fn-brand")
        add = gr.UploadButton("Add files", file_count="multiple", size="sm", elem_id="fn-add", min_width=0)
        new = gr.Button("New conversation", size="sm", elem_id="fn-new", min_width=0)
    with gr.Column(elem_id="fn-main"):
        banner, welcome = _html("fn-banner"), _html("fn-welcome", _CONNECT)
        figures = _html("fn-figures")
        earlier, latest = _html("fn-earlier", _THREAD), _html("fn-latest", _LATEST)
    with gr.Column(elem_id="fn-composer"):
        adding = _html("fn-adding", f"{_CONNECT}footnote.limitUploads({DEFAULT_MAX_BYTES});")
        scope = _html("fn-scope", _CONNECT)
        question, ask, stop = _question_row()
    pane = _html("fn-reader", _PANE)
    return Parts(
        session=session,
        key=key,
        asked=asked,
        brand=brand,
        banner=banner,
        welcome=welcome,
        figures=figures,
        earlier=earlier,
        latest=latest,
        adding=adding,
        scope=scope,
        question=question,
        ask=ask,
        stop=stop,
        add=add,
        new=new,
        pane=pane,
    )


def head_markup() -> str:
    """What goes into the page's head: its style and script, which come from no other place."""
    static = files("assistant.page").joinpath("static")
    style = static.joinpath("page.css").read_text("utf-8")
    script = static.joinpath("page.js").read_text("utf-8")
    return f"<style>{style}</style><script>{script}</script>"


def _question_row() -> "tuple[gr.Textbox, gr.Button, gr.Button]":
    import gradio as gr

    with gr.Row(elem_id="fn-ask-row"):
        question = gr.Textbox(
            label="Question",
            placeholder="Ask a question about the articles",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
            elem_id="fn-question",
            scale=1,
        )
        ask = gr.Button("Ask", variant="primary", elem_id="fn-ask", min_width=0, scale=0)
        stop = gr.Button("Stop", variant="stop", elem_id="fn-stop", min_width=0, scale=0, visible=False)
    return question, ask, stop


def _html(identifier: str, script: str | None = None) -> "gr.HTML":
    import gradio as gr

    return gr.HTML("", elem_id=identifier, js_on_load=script, apply_default_css=False)
