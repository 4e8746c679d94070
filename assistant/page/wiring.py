"""What happens when something on the page is used. Listeners are private: none becomes an API endpoint."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.page.adding import add_files
from assistant.page.adding_view import adding_view, scope_view
from assistant.page.dialogue import ask
from assistant.page.layout import Parts
from assistant.page.listeners import example_listener, open_listener
from assistant.page.service import PageService
from assistant.page.state import PageState, Scope
from assistant.page.turn_view import turn_view, turns_view
from assistant.page.welcome import Collection, banner_view, brand_view, welcome_view

if TYPE_CHECKING:
    import gradio as gr

HEADS_LOOKED_AT = 200
"""So many articles are looked at to tell whether the collection holds samples."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
AT_ONCE: dict[str, Any] = {**QUIET, "queue": False}
Updates = dict[Any, Any]


class Wiring:
    """Connects the page's components with the service. Holds no conversation: those are in the states."""

    def __init__(self, parts: Parts, service: PageService) -> None:
        self._parts = parts
        self._service = service

    def connect(self, blocks: "gr.Blocks") -> None:
        """Register every listener; called inside the context of `blocks`."""
        parts = self._parts
        blocks.load(self.greet, None, [parts.brand, parts.banner, parts.welcome], **AT_ONCE)
        self._connect_asking()
        self._connect_adding()
        for component in (parts.earlier, parts.latest):
            component.open(open_listener(self._service), None, parts.pane, **AT_ONCE)

    def greet(self) -> Updates:
        """What a page shows when it is opened."""
        parts = self._parts
        listing = self._service.articles(limit=HEADS_LOOKED_AT)
        collection = Collection.of(listing.articles, listing.total)
        return {
            parts.brand: brand_view(collection),
            parts.banner: banner_view(collection),
            parts.welcome: welcome_view(collection),
        }

    def ask(self, question: str, state: PageState, scope: Scope | None) -> Iterator[Updates]:
        """Answer what is in the question field."""
        words = question.strip()
        for step in ask(self._service, state, words, scope) if words else ():
            sent = {self._parts.question: ""} if step.turns[-1].phase == "searching" else {}
            yield self._shown(step) | sent

    def ask_again(self, state: PageState) -> Iterator[Updates]:
        """Answer the last question anew, in place of its last answer."""
        if state.turns:
            last = state.turns[-1]
            yield from self._asked(state.without_last(), last.question, last.scope)

    def widen(self, state: PageState) -> Iterator[Updates]:
        """Answer the last question anew, from all articles."""
        if state.turns:
            yield from self._asked(state.without_last(), state.turns[-1].question, None)

    def stop(self, state: PageState) -> Updates:
        """Give up the answer that is being made."""
        return self._shown(state.stopped())

    def clear(self) -> Updates:
        """Begin a new conversation."""
        return self._shown(PageState()) | {self._parts.pane: "", self._parts.question: ""}

    def add(self, paths: list[str] | None) -> Iterator[Updates]:
        """Take files that were handed over; questions are about them from then on."""
        parts = self._parts
        scope: Scope | None = None
        for adding in add_files(self._service, [Path(path) for path in paths or []]):
            scope = adding.scope
            yield {parts.adding: adding_view(adding), parts.add: self._enabled(False)}
        yield self.greet() | {parts.add: self._enabled(True)} | (self._about(scope) if scope else {})

    def _asked(self, state: PageState, question: str, scope: Scope | None) -> Iterator[Updates]:
        yield from map(self._shown, ask(self._service, state, question, scope))

    def _connect_asking(self) -> None:
        import gradio as gr

        parts = self._parts
        outputs = self._changed_by_asking()
        inputs = [parts.question, parts.state, parts.chosen]
        typed = gr.on([parts.question.submit, parts.ask.click], self.ask, inputs, outputs, **QUIET)
        example = parts.welcome.example(example_listener(self.ask), inputs[1:], outputs, **QUIET)
        again = parts.latest.retry(self.ask_again, parts.state, outputs, **QUIET)
        wider = parts.latest.widen(self.widen, parts.state, outputs, **QUIET)
        running = [typed, example, again, wider]
        parts.stop.click(self.stop, parts.state, outputs, cancels=running, **AT_ONCE)
        parts.new.click(self.clear, None, [*outputs, parts.pane], cancels=running, **AT_ONCE)

    def _connect_adding(self) -> None:
        parts = self._parts
        scoped = [parts.chosen, parts.scope]
        outputs = [*scoped, parts.adding, parts.add, parts.brand, parts.banner, parts.welcome]
        adding = parts.add.upload(self.add, parts.add, outputs, **QUIET)
        parts.scope.unscope(lambda: self._about(None), None, scoped, **AT_ONCE)
        parts.adding.stopadding(
            self._stopped_adding, None, [parts.adding, parts.add], cancels=[adding], **AT_ONCE
        )

    def _changed_by_asking(self) -> list[Any]:
        parts = self._parts
        turns = [parts.state, parts.earlier, parts.latest, parts.welcome]
        return [*turns, parts.question, parts.ask, parts.stop]

    def _shown(self, state: PageState) -> Updates:
        """The page as a state has it."""
        import gradio as gr

        parts, turns = self._parts, state.turns
        running = bool(turns) and turns[-1].running
        return {
            parts.state: state,
            parts.earlier: turns_view(turns[:-1]),
            parts.latest: turn_view(turns[-1], last=True) if turns else "",
            parts.welcome: gr.update(visible=not turns),
            parts.ask: gr.update(visible=not running),
            parts.stop: gr.update(visible=running),
        }

    def _about(self, scope: Scope | None) -> Updates:
        return {self._parts.chosen: scope, self._parts.scope: scope_view(scope)}

    def _stopped_adding(self) -> Updates:
        return {self._parts.adding: "", self._parts.add: self._enabled(True)}

    def _enabled(self, enabled: bool) -> Any:
        import gradio as gr

        return gr.update(interactive=enabled)
