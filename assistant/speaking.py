"""Articles that speak for themselves: the page of a museum, the release of a company.

Where such a text says "we", its publisher is meant, which neither headline nor text need name.
"""

import re
from collections.abc import Iterable

from ingest.article import ArticleHead

_OURSELVES = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]urs?)\b")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")


def full_headline(head: ArticleHead, texts: Iterable[str]) -> str:
    """The headline, and the publisher where the article speaks for it: says "we" outside quotation marks.

    Args:
        texts: what is at hand of the article's text.
    """
    if not head.publisher or head.publisher in head.title:
        return head.title
    speaks = any(_OURSELVES.search(_QUOTED.sub(" ", text)) for text in (head.title, *texts))
    return f"{head.title}. {head.publisher}" if speaks else head.title
