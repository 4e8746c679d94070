"""What a declined or cautious answer says: the reason, and where was looked."""

from assistant.answer import Searched


def describe_search(searched: Searched) -> str:
    """How many articles were searched and from which days, as a phrase."""
    if searched.articles == 0:
        return "no articles"
    noun = "1 article" if searched.articles == 1 else f"{searched.articles:,} articles"
    if searched.first is None or searched.last is None:
        return noun
    if searched.first == searched.last:
        return f"{noun}, published on {searched.first.isoformat()}"
    return f"{noun}, published from {searched.first.isoformat()} to {searched.last.isoformat()}"


def decline_reason(why: str, searched: Searched) -> str:
    """One or two sentences: why there is no answer, and what was searched."""
    if searched.articles == 0:
        return "There are no articles to answer from."
    return f"{why.rstrip('.')}. Searched: {describe_search(searched)}."
