"""The sources of an answer as HTML: publisher, date, title and quotes, each quote opening its article."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answer import Citation
from assistant.page.dating import day_text, publisher_of, title_of
from assistant.page.markup import element, isolated, join, language_tag
from ingest.article import ArticleHead
from ingest.passage import Passage
from vectorstore.retrieved import RetrievedPassage

NEAREST_SHOWN = 4
NEAREST_CHARACTERS = 220


def opener(passage: Passage, start: int, end: int) -> dict[str, str]:
    """The attributes of whatever opens a passage's article with the text from `start` to `end` marked."""
    return {
        "data_fn": "open",
        "data_article": passage.article_id,
        "data_version": passage.article_version,
        "data_start": str(start),
        "data_end": str(end),
    }


def source_list(turn: int, citations: Sequence[Citation]) -> Markup:
    """The numbered sources of an answer; quotes from one article stand together."""
    return _panel(turn, "Sources", [(citation.article, _numbered(turn, citation)) for citation in citations])


def nearest_list(turn: int, nearest: Sequence[RetrievedPassage]) -> Markup:
    """The passages that came nearest to a question that was declined."""
    quotes = [(retrieved.article, _near(retrieved)) for retrieved in nearest[:NEAREST_SHOWN]]
    return _panel(turn, "Nearest passages", quotes)


def shortened(text: str, most: int) -> str:
    """Text of at most `most` characters, cut at a space and then ended by an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 2].rsplit(" ", 1)[0] + " …"


def _panel(turn: int, title: str, quotes: Sequence[tuple[ArticleHead, Markup]]) -> Markup:
    by_article: dict[tuple[str, str], list[tuple[ArticleHead, Markup]]] = {}
    for head, quote in quotes:
        by_article.setdefault((head.id, head.version), []).append((head, quote))
    cards = [_card(group[0][0], [quote for _, quote in group]) for group in by_article.values()]
    heading = element("h3", title, id=f"fn-sources-{turn}")
    return element("aside", heading, *cards, class_="fn-sources", aria_labelledby=f"fn-sources-{turn}")


def _card(head: ArticleHead, quotes: Sequence[Markup]) -> Markup:
    origin = join([isolated(publisher_of(head)), day_text(head.published_at)], " · ")
    return element(
        "section",
        element("p", origin, class_="fn-origin"),
        element("h4", isolated(title_of(head)), lang=language_tag(head.language)),
        element("ul", join(quotes), role="list"),
        class_="fn-card",
    )


def _numbered(turn: int, citation: Citation) -> Markup:
    label = f"Open source {citation.number} in its article"
    number = element("button", str(citation.number), type="button", class_="fn-number", aria_label=label)
    opening = opener(citation.passage, citation.start, citation.end)
    return _quote(number, citation.quote, opening, f"fn-source-{turn}-{citation.number}", citation.place)


def _near(retrieved: RetrievedPassage) -> Markup:
    passage = retrieved.passage
    label = f"Open {title_of(retrieved.article)} at this passage"
    arrow = element("button", "→", type="button", class_="fn-number", aria_label=label)
    return _quote(
        arrow, shortened(passage.text, NEAREST_CHARACTERS), opener(passage, passage.start, passage.end)
    )


def _quote(
    button: Markup,
    quote: str,
    opening: dict[str, str],
    identifier: str | None = None,
    place: str | None = None,
) -> Markup:
    where = element("span", isolated(place), class_="fn-place") if place else Markup("")
    words = element("blockquote", quote, dir="auto")
    return element("li", button, words, where, id=identifier, class_="fn-quote", **opening)
