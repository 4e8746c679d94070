"""What an article in a web page is called."""

import re
from typing import TYPE_CHECKING

from ingest.formats.html_stated import JSON_LD, META, Fact, Stated
from ingest.text import stored_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+(?:[|–—·»•-]|::)\s+|\s+\[|\s*_")
_LINK_TO_ITSELF = " ¶#"
_STATED = ("dc:title", "dc.title", "dcterms.title", "og:title", "twitter:title", "parsely-title", "title")
_LEAST_SHARED = 0.5
_MOST_SITE_WORDS = 4
_LEAST_TITLE_WORDS = 4


def article_title(tree: "HtmlElement", stated: Stated) -> Fact:
    """The title of the article in a page and how it was found, "" where there is none.

    In this order: the headline of the page's JSON-LD that is a heading too, the `meta` elements, the heading
    that the `title` element speaks of, the `title` element without the site's name.
    """
    headings = [line for heading in tree.iter("h1") if (line := _line_of(heading))]
    headlines = [stored_line(str(text)) for text in stated.values("headline")]
    of_page = stored_line(tree.findtext(".//title") or "")
    found = [
        *(Fact(headline, JSON_LD) for headline in headlines if headline in headings),
        *(Fact(title, META) for title in stated.first(*_STATED)),
        *(Fact(heading, "heading") for heading in headings if not of_page or _is_about(heading, of_page)),
        Fact(_without_site(of_page), "title element"),
    ]
    return found[0]


def _line_of(heading: "HtmlElement") -> str:
    return stored_line(heading.text_content()).rstrip(_LINK_TO_ITSELF)


def _is_about(heading: str, of_page: str) -> bool:
    """Whether half of a heading's words stand in the longest part of the page's title, not in the site's."""
    words = set(_WORD.findall(heading.casefold()))
    longest = max(_SEPARATOR.split(of_page), key=len)
    return len(words & set(_WORD.findall(longest.casefold()))) >= _LEAST_SHARED * max(1, len(words))


def _without_site(title: str) -> str:
    """A page's title without its last part, where that is short and what remains is not."""
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return title
    rest, last = title[: separators[-1].start()], title[separators[-1].end() :]
    is_site = len(last.split()) <= _MOST_SITE_WORDS and len(rest.split()) >= _LEAST_TITLE_WORDS
    return rest.rstrip() if is_site else title
