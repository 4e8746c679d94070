"""The sentences of the retrieved passages, ready to be compared with a question."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answerers.extractive.commanding import commands_a_machine
from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.versions import source_of
from assistant.speaking import full_headline
from assistant.understanding.subject import governments
from assistant.understanding.tallies import names_of_results
from assistant.understanding.words import Word, compounds, keys_of, word_key, words_of
from assistant.understanding.year_ranges import covered_years
from ingest.article import ArticleHead, day_of
from ingest.sentences import split_sentences
from vectorstore.retrieved import RetrievedPassage

MOST_SENTENCE_CHARACTERS = 1_200
"""Longer "sentences" are lists or tables without punctuation: nobody reads one as an answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a retrieved passage.

    Attributes:
        start, end: offsets into the article's text, in code points.
        keys: of the words that say something, and those of the asked ones that are told in other words: a
            year within a range of years, a score, a government by its capital.
        position: in its passage, from 0.
    """

    retrieved: RetrievedPassage
    start: int
    end: int
    text: str
    words: Sequence[Word]
    keys: frozenset[str]
    position: int

    @property
    def article_id(self) -> str:
        """The article that it stands in."""
        return self.retrieved.passage.article_id

    @property
    def source(self) -> str:
        """The report that it stands in: the same for copies of one report and for versions of one story."""
        return source_of(self.retrieved.article)


@dataclass(frozen=True, slots=True)
class CandidatePool:
    """All sentences that an answer may be made of.

    Attributes:
        candidates: in the order of the passages, then of the text; a sentence that came twice stands once,
            one that tells a machine what to do not at all.
        passage_keys: keys of each passage's words, by passage id.
        article_keys: the same of all of an article's passages, by article id.
        title_keys: keys of each article's title, year and month of publication, and of a publisher for which
            the article speaks, by article id.
        earlier, later: the sentence before and after, by article id and the sentence's start.
    """

    candidates: tuple[Candidate, ...]
    passage_keys: dict[str, frozenset[str]]
    article_keys: dict[str, frozenset[str]]
    title_keys: dict[str, frozenset[str]]
    earlier: dict[tuple[str, int], Candidate]
    later: dict[tuple[str, int], Candidate]

    def before(self, candidate: Candidate) -> Candidate | None:
        """The sentence before, of this or another retrieved passage of the article; None for none at hand."""
        return self.earlier.get((candidate.article_id, candidate.start))

    def after(self, candidate: Candidate) -> Candidate | None:
        """The sentence after, of this or another retrieved passage of the article; None for none at hand."""
        return self.later.get((candidate.article_id, candidate.start))


def collect_candidates(
    retrieved: Sequence[RetrievedPassage],
    asked: frozenset[str] = frozenset(),
    deeds: frozenset[str] = frozenset(),
) -> CandidatePool:
    """The sentences of passages, best passage first.

    Args:
        retrieved: the passages.
        asked: the question's keys; a long word of a sentence that one of them begins alike counts as that one
            (other endings, other spellings: "yaptırımları" and "yaptırımlar", "Zelensky" and "Zelenskyy").
        deeds: those of the asked keys for which another word for the same deed counts.
    """
    found: dict[str, list[Candidate]] = {}
    passage_keys: dict[str, frozenset[str]] = {}
    all_sentences: list[Candidate] = []
    for passage in retrieved:
        sentences = _sentences_of(passage, asked, deeds)
        all_sentences += sentences
        passage_keys[passage.passage.id] = frozenset().union(*(item.keys for item in sentences))
        for item in sentences:
            found.setdefault(" ".join(item.text.split()).casefold(), []).append(item)
    neighbours = _neighbours(all_sentences)
    heads = {item.article.id: item.article for item in retrieved}
    titles = {
        article: full_headline(head, (item.passage.text for item in retrieved if item.article.id == article))
        for article, head in heads.items()
    }
    return CandidatePool(
        candidates=tuple(
            same[0]
            for same in found.values()
            if not commands_a_machine(same[0].text) and not _DATELINE.fullmatch(same[0].text)
        ),
        passage_keys=passage_keys,
        article_keys=_by_article(retrieved, passage_keys),
        title_keys={
            article: _keys(words_of(title), asked) | compounds(title, asked) | _month(heads[article])
            for article, title in titles.items()
        },
        earlier={(later.article_id, later.start): earlier for earlier, later in neighbours},
        later={(earlier.article_id, earlier.start): later for earlier, later in neighbours},
    )


_DATELINE = re.compile(r"[^.!?:;]{2,60}\s(?:[—–]|--?)\s*")
"""A place and an agency, which tell where a report comes from: "São Paulo, Brazil CNN —"."""

MOST_BETWEEN = 4
"""The most characters (white space) between two sentences that follow each other."""


def _neighbours(sentences: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """Pairs of sentences that follow each other in an article's text."""
    ordered = sorted(sentences, key=lambda item: (item.article_id, item.start))
    return [
        (earlier, later)
        for earlier, later in pairwise(ordered)
        if earlier.article_id == later.article_id and 0 <= later.start - earlier.end <= MOST_BETWEEN
    ]


def _by_article(
    retrieved: Sequence[RetrievedPassage], passage_keys: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for item in retrieved:
        known = found.get(item.article.id, frozenset())
        found[item.article.id] = known | passage_keys[item.passage.id]
    return found


def _month(head: ArticleHead) -> frozenset[str]:
    if head.published_at is None:
        return frozenset()
    day = day_of(head.published_at)
    return frozenset({str(day.year), word_key(month_name[day.month])})


LEAST_COMMON_BEGINNING = 6
MOST_ENDING = 4


@lru_cache(maxsize=1 << 14)
def _same_beginning(key: str, asked: frozenset[str]) -> str:
    """The asked key that differs from a key in its ending only, or the key itself."""
    if len(key) < LEAST_COMMON_BEGINNING or key in asked or key.isdecimal():
        return key
    return next((other for other in sorted(asked) if _differ_in_ending(key, other)), key)


def _differ_in_ending(key: str, other: str) -> bool:
    if key[:LEAST_COMMON_BEGINNING] != other[:LEAST_COMMON_BEGINNING]:
        return False
    same = next((at for at, (one, two) in enumerate(zip(key, other, strict=False)) if one != two), None)
    shorter, longer = sorted((len(key), len(other)))
    common = shorter if same is None else same
    return common >= max(LEAST_COMMON_BEGINNING, shorter - 1) and longer - common <= MOST_ENDING


def _keys(words: Sequence[Word], asked: frozenset[str]) -> frozenset[str]:
    keys = keys_of(words)
    if not any(len(key) >= LEAST_COMMON_BEGINNING for key in asked - keys):
        return keys
    return frozenset(_same_beginning(key, asked) for key in keys)


def _sentences_of(
    retrieved: RetrievedPassage, asked: frozenset[str], deeds: frozenset[str]
) -> list[Candidate]:
    passage = retrieved.passage
    candidates = []
    for position, span in enumerate(split_sentences(passage.text, retrieved.article.language)):
        text = passage.text[span.start : span.end]
        if len(text) > MOST_SENTENCE_CHARACTERS:
            continue
        words = words_of(text)
        start = passage.start + span.start
        keys = _keys(words, asked) | compounds(text, asked) | covered_years(text, asked)
        keys |= names_of_results(text, asked) | governments(keys, asked)
        keys |= frozenset(key for key in deeds - keys if is_met(key, keys))
        candidates.append(Candidate(retrieved, start, start + len(text), text, words, keys, position))
    return candidates
