"""What happens when something on the page is used. Listeners are private: none becomes an API endpoint."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.page.adding import add_files
from assistant.page.adding_view import adding_view, scope_view
from assistant.page.dialogue import answer_turn
from assistant.page.figures_view import figures_view
from assistant.page.layout import Parts
from assistant.page.listeners import example_listener, open_listener
from assistant.page.service import PageService
from assistant.page.session import Session, Ticket
from assistant.page.sessions import Sessions
from assistant.page.state import Problem, Scope
from assistant.page.turn_view import turn_view, turns_view
from assistant.page.welcome import Collection, banner_view, brand_view, trouble_view, welcome_view
from ingest.errors import FootnoteError

if TYPE_CHECKING:
    import gradio as gr

HEADS_LOOKED_AT = 200
"""So many articles are looked at to tell whether the collection holds samples."""

TAB_KEY = "(key, session) => [footnote.key(), session]"
TAKE = "question => ['', question]"
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
AT_ONCE: dict[str, Any] = {**QUIET, "queue": False}
EACH_TIME: dict[str, Any] = {"trigger_mode": "multiple"}
"""For what must not be lost: by default Gradio drops an event while the last of its kind is not over."""

Updates = dict[Any, Any]


class Wiring:
    """Connects the page's components with the service; the conversations are in the sessions."""

    def __init__(self, parts: Parts, service: PageService) -> None:
        self._parts = parts
        self._service = service
        self._sessions = Sessions()

    def connect(self, blocks: "gr.Blocks") -> None:
        """Register every listener; called inside the context of `blocks`."""
        parts = self._parts
        shown = [parts.brand, parts.banner, parts.figures, parts.scope, parts.session]
        opened = [parts.key, parts.session]
        blocks.load(self.resume, opened, [*shown, *self._conversation()], js=TAB_KEY, **AT_ONCE)
        self._connect_asking()
        self._connect_adding()
        for component in (parts.earlier, parts.latest):
            component.open(open_listener(self._service), None, parts.pane, **AT_ONCE, **EACH_TIME)

    def greet(self) -> Updates:
        """What a page shows when it is opened."""
        parts = self._parts
        try:
            listing, figures = self._service.articles(limit=HEADS_LOOKED_AT), self._service.figures()
        except FootnoteError as error:
            return {parts.welcome: trouble_view(Problem(error.message, error.advice))}
        collection = Collection.of(listing.articles, listing.total)
        return {
            parts.brand: brand_view(collection),
            parts.banner: banner_view(collection),
            parts.welcome: welcome_view(collection),
            parts.figures: figures_view(figures),
        }

    def resume(self, key: str, opened: Session) -> Updates:
        """What a page shows when it is opened, or loaded again: then its conversation is still there."""
        import gradio as gr

        session = self._sessions.of(key, opened)
        if session is not opened:
            session.stop()
        parts, greeting = self._parts, self.greet()
        welcome = gr.update(value=greeting[parts.welcome], visible=not session.page.turns)
        return (
            greeting
            | self._shown(session)
            | {parts.welcome: welcome, parts.scope: scope_view(session.scope), parts.session: session}
        )

    def ask(self, question: str, session: Session) -> Iterator[Updates]:
        """Answer a question."""
        words = question.strip()
        ticket = session.begin_once(words) if words else None
        if ticket is not None:
            yield self._shown(session)
            yield from self._answered(session, ticket)

    def ask_again(self, session: Session) -> Iterator[Updates]:
        """Answer the last question anew, in place of its last answer."""
        yield from self._asked_again(session, everywhere=False)

    def widen(self, session: Session) -> Iterator[Updates]:
        """Answer the last question anew, from all articles."""
        yield from self._asked_again(session, everywhere=True)

    def stop(self, session: Session) -> Updates:
        """Give up the answer that is being made; its listener ends by itself at its next step.

        Gradio's `cancels` would also end an answer that is asked for while it is cancelling.
        """
        session.stop()
        return self._shown(session)

    def clear(self, session: Session) -> Updates:
        """Begin a new conversation."""
        session.clear()
        return self._shown(session) | {self._parts.pane: "", self._parts.question: ""}

    def settle(self, session: Session) -> Updates:
        """Show what stands: a step of an answer may have come too late, or been lost."""
        return self._shown(session)

    def add(self, paths: list[str] | None, session: Session) -> Iterator[Updates]:
        """Take files that were handed over; questions are about them from then on."""
        parts = self._parts
        scope: Scope | None = None
        for adding in add_files(self._service, [Path(path) for path in paths or []]):
            scope = adding.scope
            yield {parts.adding: adding_view(adding), parts.add: self._enabled(False)}
        session.scope = scope or session.scope
        yield self.greet() | {parts.add: self._enabled(True), parts.scope: scope_view(session.scope)}

    def unscope(self, session: Session) -> str:
        """Ask all articles from now on."""
        session.scope = None
        return scope_view(None)

    def _asked_again(self, session: Session, *, everywhere: bool) -> Iterator[Updates]:
        ticket = session.begin_again(everywhere=everywhere)
        if ticket is not None:
            yield self._shown(session)
            yield from self._answered(session, ticket)

    def _answered(self, session: Session, ticket: Ticket) -> Iterator[Updates]:
        for turn in answer_turn(self._service, ticket):
            if not session.show(ticket, turn):
                return
            yield (
                self._shown(session) if not turn.running else {self._parts.latest: turn_view(turn, last=True)}
            )

    def _connect_asking(self) -> None:
        import gradio as gr

        parts = self._parts
        outputs = self._conversation()
        sent = [parts.question.submit, parts.ask.click]
        taken = gr.on(sent, None, parts.question, [parts.question, parts.asked], js=TAKE, **AT_ONCE)
        running = [
            taken.then(self.ask, [parts.asked, parts.session], outputs, **QUIET, **EACH_TIME),
            parts.welcome.example(example_listener(self.ask), parts.session, outputs, **QUIET, **EACH_TIME),
            parts.latest.retry(self.ask_again, parts.session, outputs, **QUIET, **EACH_TIME),
            parts.latest.widen(self.widen, parts.session, outputs, **QUIET, **EACH_TIME),
        ]
        for answering in running:
            answering.then(self.settle, parts.session, outputs, **AT_ONCE)
        parts.latest.sync(self.settle, parts.session, outputs, **AT_ONCE)
        parts.stop.click(self.stop, parts.session, outputs, **AT_ONCE)
        cleared = [*outputs, parts.pane, parts.question]
        parts.new.click(self.clear, parts.session, cleared, **AT_ONCE)

    def _connect_adding(self) -> None:
        parts = self._parts
        greeted = [parts.brand, parts.banner, parts.welcome, parts.figures]
        outputs = [parts.scope, parts.adding, parts.add, *greeted]
        adding = parts.add.upload(self.add, [parts.add, parts.session], outputs, **QUIET)
        parts.scope.unscope(self.unscope, parts.session, parts.scope, **AT_ONCE)
        stopped = [parts.adding, parts.add]
        parts.adding.stopadding(self._stopped_adding, None, stopped, cancels=[adding], **AT_ONCE)

    def _conversation(self) -> list[Any]:
        """The components that show a conversation and what can be done with it."""
        parts = self._parts
        return [parts.earlier, parts.latest, parts.welcome, parts.ask, parts.stop]

    def _shown(self, session: Session) -> Updates:
        """The page as its session has it."""
        import gradio as gr

        parts, turns = self._parts, session.page.turns
        running = bool(turns) and turns[-1].running
        return {
            parts.earlier: turns_view(turns[:-1]),
            parts.latest: turn_view(turns[-1], last=True) if turns else "",
            parts.welcome: gr.update(visible=not turns),
            parts.ask: gr.update(visible=not running),
            parts.stop: gr.update(visible=running),
        }

    def _stopped_adding(self) -> Updates:
        return {self._parts.adding: "", self._parts.add: self._enabled(True)}

    def _enabled(self, enabled: bool) -> Any:
        import gradio as gr

        return gr.update(interactive=enabled)
