"""What a declined answer says: the reason, where was looked, what is there, what to ask instead."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Searched
from assistant.answerers.base import Evidence
from assistant.answerers.versions import source_of
from assistant.speaking import full_headline
from assistant.understanding.follow_ups import GENERIC
from assistant.understanding.languages import LANGUAGE_NAMES, language_code
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import QuestionProfile, analyse, language_of
from assistant.understanding.spellings import spellings
from assistant.understanding.words import Word, compounds, keys_of, words_of
from ingest.article import ArticleHead, day_of
from vectorstore.retrieved import RetrievedPassage

NEAREST_SHOWN = 3
MOST_NAMED = 4
"""The most phrases of a question that are said to be spoken of."""

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Guidance:
    """What helps on where a question is declined.

    Attributes:
        nearest: the best passage of each of the nearest articles.
        speaks_of: the words of the question that the best fitting one of them does speak of.
        source: who published that article and when, as far as it is stated.
        instead: questions on the same that can be answered.
        foreign: that the question is in another language than these articles, "" where it is not.
    """

    nearest: tuple[RetrievedPassage, ...] = ()
    speaks_of: tuple[str, ...] = ()
    source: str = ""
    instead: tuple[str, ...] = ()
    foreign: str = ""

    @property
    def sentence(self) -> str:
        """What of the question is spoken of and where, or in which language to ask; "" for nothing."""
        if self.foreign or not self.speaks_of:
            return self.foreign
        where = f"Of the nearest articles that of {self.source} does speak"
        return (
            f"{where if self.source else 'One of the nearest articles speaks'} of {_listed(self.speaks_of)}."
        )


def nearest_reports(retrieved: Sequence[RetrievedPassage]) -> tuple[RetrievedPassage, ...]:
    """The best passage of each of the nearest articles, copies of one report once."""
    by_report: dict[str, RetrievedPassage] = {}
    for item in retrieved:
        by_report.setdefault(source_of(item.article), item)
    return tuple(by_report.values())[:NEAREST_SHOWN]


def guidance_for(question: str, retrieved: Sequence[RetrievedPassage], evidence: Evidence) -> Guidance:
    """What the nearest articles have of a question that they do not answer.

    Args:
        question: as it was understood.
        retrieved: the passages that were read, best first.
        evidence: weighs words.
    """
    nearest = nearest_reports(retrieved)
    if not nearest:
        return Guidance()
    profile = analyse(question)
    texts = {item.article.id: _text_of(item.article.id, retrieved) for item in nearest}
    met = {id_: _met(profile, text) for id_, text in texts.items()}
    names = {name.key for name in profile.names}
    foreign = _foreign(language_of(profile), nearest)
    best = max(nearest, key=lambda item: (len(met[item.article.id] & names), len(met[item.article.id])))
    own = met[best.article.id]
    if not own & names and 2 * len(own) < len(set(profile.keys) - GENERIC):
        return Guidance(nearest, foreign=foreign)
    phrases = tuple(dict.fromkeys(_phrases(profile, own, texts[best.article.id])))[:MOST_NAMED]
    instead = _instead(profile, own, texts[best.article.id], evidence)
    return Guidance(nearest, phrases, _source_of(best.article), instead, foreign)


def _foreign(asked: str | None, nearest: Sequence[RetrievedPassage]) -> str:
    """What to do about a question in one language and articles in another, "" where they are known to share
    one or nothing is known.
    """
    written = list(dict.fromkeys(language_code(item.article.language) for item in nearest))
    if asked is None or asked in written or not LANGUAGE_NAMES.keys() >= set(written):
        return ""
    own, theirs = LANGUAGE_NAMES[asked], _listed([LANGUAGE_NAMES[code] for code in written])
    return f"The question is in {own} and the nearest articles are in {theirs}: ask in {theirs}."


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


def decline_reason(why: str, searched: Searched, spoken_of: str = "", left_out: int = 0) -> str:
    """A few sentences: why there is no answer, what of it is spoken of, and what was searched.

    Args:
        why: the reason, as a sentence with or without its full stop.
        searched: what was searched.
        spoken_of: a sentence, "" for none.
        left_out: how many articles the caller's filters leave out.
    """
    outside = _outside(left_out)
    if searched.articles == 0:
        to_do = outside or "Add some first, for example with `footnote ingest`."
        return f"There are no articles to answer from. {to_do}"
    parts = (f"{why.rstrip('.')}.", spoken_of, outside, f"Searched: {describe_search(searched)}.")
    return " ".join(filter(None, parts))


def _outside(left_out: int) -> str:
    if left_out < 1:
        return ""
    return f"{left_out:,} more {'is' if left_out == 1 else 'are'} outside the limits that were set."


def _source_of(head: ArticleHead) -> str:
    """Publisher and day; not the title, which may answer another question than the one that is declined."""
    day = None if head.published_at is None else day_of(head.published_at).isoformat()
    return ", ".join(filter(None, (head.publisher, day)))


def _text_of(article_id: str, retrieved: Sequence[RetrievedPassage]) -> str:
    own = [item for item in retrieved if item.article.id == article_id]
    texts = [item.passage.text for item in own]
    return "\n".join([full_headline(own[0].article, texts), *texts])


def _met(profile: QuestionProfile, text: str) -> frozenset[str]:
    """What of the question a text has; a name only where it is written as one: "World", not "the world"."""
    asked, words = frozenset(profile.keys), words_of(text)
    written = keys_of(word for word in words if word.is_capitalised)
    common = {name.key for name in profile.names} - PLACE_KEYS - written
    return asked & (keys_of(words) | compounds(text, asked)) - GENERIC - common


def _phrases(profile: QuestionProfile, met: frozenset[str], text: str) -> Iterator[str]:
    """The names of the question that are met, with the words that stand beside them in the text too; without
    a name, all that is met.
    """
    written = (text, text.replace("-", ""))  # the "run-off" is the "runoff"
    beside = {(one.key, other.key) for form in written for one, other in pairwise(words_of(form))}
    runs: list[list[Word]] = []
    for word in profile.words:
        if word.key not in met:
            continue
        if runs and _stand_together(profile, runs[-1][-1], word, beside):
            runs[-1].append(word)
        else:
            runs.append([word])
    names = {name.key for name in profile.names}
    named = [run for run in runs if any(word.key in names for word in run)]
    for run in named or runs:
        yield _POSSESSIVE.sub("", profile.text[run[0].start : run[-1].end])


def _stand_together(
    profile: QuestionProfile, one: Word, other: Word, beside: Collection[tuple[str, str]]
) -> bool:
    if profile.text[one.end : other.start] not in (" ", "-"):
        return False
    return (one.is_capitalised and other.is_capitalised) or (one.key, other.key) in beside


def _instead(profile: QuestionProfile, met: frozenset[str], text: str, evidence: Evidence) -> tuple[str, ...]:
    """Questions about the rarest name that an article has in one of its spellings."""
    folded = text.casefold()

    def stands(topic: str) -> bool:
        return any(form.casefold() in folded for form in spellings(topic))

    runs = [run for run in profile.name_runs() if all(word.key in met for word in run)]
    topics = [_POSSESSIVE.sub("", profile.text[run[0].start : run[-1].end]) for run in runs]
    held = [topic for topic in topics if stands(topic)]
    if not held:
        return ()
    weights: Mapping[str, float] = evidence.term_weights([word for topic in held for word in topic.split()])
    rarest = max(held, key=lambda topic: max(weights.get(word, 0.0) for word in topic.split()))
    return f"Which articles mention “{rarest}”?", f"What is the latest on “{rarest}”?"


def _listed(phrases: Sequence[str]) -> str:
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last
