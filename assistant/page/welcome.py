"""What an empty chat shows: what is in the collection, what it was written for, and what can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.page.dating import count_text
from assistant.page.markup import element, join
from assistant.page.state import Problem
from ingest.article import ArticleHead

SAMPLE_PREFIX = "samples:"
SAMPLE_QUESTIONS = (
    "Why was Turkey sanctioned?",
    "When did the first S-400 parts arrive in Turkey?",
    "How many people died in the earthquake in Syria?",
    "Who joined the Astana talks in 2017?",
    "Who won the 2018 World Cup?",
)


@dataclass(frozen=True, slots=True)
class Collection:
    """What the page says about the articles: how many there are, and whether samples are among them."""

    articles: int
    samples: bool = False

    @classmethod
    def of(cls, heads: Sequence[ArticleHead], total: int) -> "Collection":
        """The collection that some of its articles stand for."""
        return cls(total, any(head.location.startswith(SAMPLE_PREFIX) for head in heads))


def brand_view(collection: Collection) -> Markup:
    """The name of the page and the size of the collection."""
    name = element("h1", "Footnote", class_="fn-brand")
    return name + element("p", count_text(collection.articles, "article"), class_="fn-size")


def banner_view(collection: Collection) -> Markup:
    """Says that sample articles were written for the sample; nothing for other collections."""
    if not collection.samples:
        return Markup("")
    words = "Sample articles, written for Footnote. Their publishers are invented: do not cite them."
    return element("p", words, class_="fn-banner", role="note")


def welcome_view(collection: Collection) -> Markup:
    """The empty chat, with example questions for the sample collection."""
    return element("div", *_welcome_parts(collection), class_="fn-welcome")


def trouble_view(problem: Problem) -> Markup:
    """The empty chat when the collection cannot be read."""
    words = element("p", f"{problem.message} {problem.advice}".strip(), class_="fn-problem", role="alert")
    return element("div", element("h2", "The articles cannot be read."), words, class_="fn-welcome")


def _welcome_parts(collection: Collection) -> list[Markup]:
    if collection.articles == 0:
        command = "footnote ingest FOLDER"
        return [
            element("h2", "There are no articles yet."),
            element("p", "Drop a file onto this page, or add a folder with ", element("code", command), "."),
        ]
    parts = [
        element("h2", "Ask these articles a question."),
        element("p", "Every sentence of an answer stands on a quote that you can open in its article."),
    ]
    if collection.samples:
        examples = [
            element("li", element("button", question, type="button", class_="fn-example", data_fn="example"))
            for question in SAMPLE_QUESTIONS
        ]
        parts.append(element("ul", join(examples), class_="fn-examples", aria_label="Example questions"))
    return parts
