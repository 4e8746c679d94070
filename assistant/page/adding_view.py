"""How adding files gets on, as HTML."""

from markupsafe import Markup

from assistant.page.adding import Adding, Refusal
from assistant.page.dating import count_text
from assistant.page.markup import element, isolated, join
from assistant.page.state import Scope


def adding_view(adding: Adding) -> Markup:
    """What is being read, or what was added and what was refused."""
    return join([_added(adding), *map(_refused, adding.refused), _current(adding)])


def scope_view(scope: Scope | None) -> Markup:
    """What the next question is about, with a way back to everything; nothing for the whole collection."""
    if scope is None:
        return Markup("")
    label = element("span", "Asking only about ", element("strong", isolated(scope.label)))
    back = element("button", "Ask all articles", type="button", class_="fn-action", data_fn="unscope")
    return element("div", label, back, class_="fn-scope")


def _current(adding: Adding) -> Markup:
    if not adding.current:
        return Markup("")
    so_far = f" {count_text(adding.passages, 'passage')} so far." if adding.passages else ""
    words = ["Reading ", element("strong", isolated(adding.current)), " …", so_far]
    stop = element("button", "Stop", type="button", class_="fn-action", data_fn="stopadding")
    pulse = element("span", class_="fn-pulse", aria_hidden="true")
    return element("div", element("span", pulse, *words), stop, class_="fn-adding", role="status")


def _added(adding: Adding) -> Markup:
    if not adding.added or adding.current:
        return Markup("")
    names = join([element("strong", isolated(name)) for name in adding.added], ", ")
    verb = "was added." if len(adding.added) == 1 else "were added."
    if adding.unchanged == len(adding.added):
        verb = "had been added before, with the same text."
    words = element("span", names, " ", verb, *(f" {notice}" for notice in adding.notices))
    return element("div", words, _dismiss(), class_="fn-adding", role="status")


def _refused(refusal: Refusal) -> Markup:
    words = join([refusal.problem.message, refusal.problem.advice], " ")
    name = element("strong", isolated(refusal.name))
    return element(
        "div",
        element("span", name, " was not added. ", words),
        _dismiss(),
        class_="fn-adding fn-refused",
        role="alert",
    )


def _dismiss() -> Markup:
    return element("button", "×", type="button", class_="fn-dismiss", data_fn="dismiss", aria_label="Dismiss")
