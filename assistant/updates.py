"""What an answer says of articles that were changed after they were published."""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Citation
from assistant.known_then import Stories
from ingest.article import ArticleHead
from vectorstore.editions import Edition, is_stated_to_have_changed, stated_day


def update_notices(
    stories: Stories, citations: Sequence[Citation], asked_on: date | None = None
) -> tuple[str, ...]:
    """A line for each cited article that has an earlier or a later edition in the index.

    Args:
        stories: the index.
        citations: of the answer.
        asked_on: the day that the question is answered as of, None for the newest state.
    """
    cited = {citation.article.id: citation.article for citation in citations}
    notices = (_notice(stories, head, asked_on) for head in cited.values())
    return tuple(dict.fromkeys(notice for notice in notices if notice))


def _notice(stories: Stories, head: ArticleHead, asked_on: date | None) -> str:
    editions = stories.editions_of(head, at_address=asked_on is not None)
    places = [at for at, one in enumerate(editions) if one.article.version == head.version]
    at = places[-1] if places else None
    if at is None:
        return _changed_since(head, asked_on)
    own, later = editions[at], editions[at + 1 :]
    if asked_on is not None and own.known_from is not None and own.known_from > asked_on:
        return _changed_since(head, asked_on)
    if asked_on is not None and later:
        day = _day(later[0])
        then = f"the version that stood on {asked_on.isoformat()}"
        return f"{_name(head)} was updated{day}; the answer uses {then}."
    if at and not later:
        return f"{_name(head)} was updated{_day(own)}; the answer uses the updated version."
    return ""


def _changed_since(head: ArticleHead, asked_on: date | None) -> str:
    changed = stated_day(head)
    if asked_on is None or changed is None or changed <= asked_on or not is_stated_to_have_changed(head):
        return ""
    return (
        f"{_name(head)} was changed on {changed.isoformat()}, after {asked_on.isoformat()}; "
        "no earlier version is at hand, so it may tell what came later."
    )


def _day(edition: Edition) -> str:
    return "" if edition.known_from is None else f" on {edition.known_from.isoformat()}"


def _name(head: ArticleHead) -> str:
    publisher = f" ({head.publisher})" if head.publisher else ""
    return f"“{' '.join(head.title.split())}”{publisher}"
