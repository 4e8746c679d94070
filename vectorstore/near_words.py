"""Words of the index that are written nearly like one that it lacks."""

import re
from collections import Counter
from collections.abc import Sequence
from sqlite3 import Connection

from vectorstore.database import Database
from vectorstore.keywords import match_expression

COMMON_BEGINNING = 2
"""Letters at the beginning in which slips are rare, and by which words are looked up."""

MOST_STEMS = 12
PASSAGES_READ = 5
"""Passages that are read for the written forms of a stem."""

_LONGEST_ENDING = 5
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'keywords', 'row')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab('main', 'keywords', 'instance')",
)
_STEMS = """SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?
    ORDER BY doc DESC"""
_HELD = "SELECT 1 FROM keywords WHERE keywords MATCH ? LIMIT 1"
_TEXTS = """SELECT title, text FROM passage_texts
    WHERE row IN (SELECT doc FROM temp.places WHERE term = ? LIMIT ?)"""
_WORD = re.compile(r"[^\W\d_]+")


def near_words(database: Database, words: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each word that no passage holds, those one slip away, as written, with how often they were seen.

    A slip is a letter too many, too few or another, or two neighbours that changed places, after the first
    `COMMON_BEGINNING` letters. Words that the index holds in any form are left out.
    """
    with database.reading() as connection:
        lacking = [word for word in words if len(word) > COMMON_BEGINNING and not _is_held(connection, word)]
        if lacking:
            for made in _VOCABULARY:
                connection.execute(made)
        return {word: dict(_near(connection, word)) for word in lacking}


def _is_held(connection: Connection, word: str) -> bool:
    return connection.execute(_HELD, (match_expression([word]),)).fetchone() is not None


def is_slip(typed: str, word: str) -> bool:
    """Whether one slip makes `typed` of `word`, upper and lower case alike."""
    one, other = typed.casefold(), word.casefold()
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(one), len(other)) if same is None else same
    return (
        one[at + 1 :] == other[at:]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at + 1 :]
        or changes_places(one, other, at)
    )


def changes_places(one: str, other: str, at: int) -> bool:
    """Whether two words differ in two neighbouring letters that changed places, the first one at `at`."""
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and len(one[at : at + 2]) == 2
    return swapped and one[at + 2 :] == other[at + 2 :]


def _near(connection: Connection, word: str) -> Counter[str]:
    folded = word.casefold()
    beginning = folded[:COMMON_BEGINNING]
    after = f"{beginning}\U0010ffff"
    shortest, longest = len(folded) - _LONGEST_ENDING, len(folded) + 1
    stems = [row[0] for row in connection.execute(_STEMS, (beginning, after, shortest, longest))]
    seen: Counter[str] = Counter()
    for stem in [stem for stem in stems if _may_begin(folded, stem)][:MOST_STEMS]:
        for texts in connection.execute(_TEXTS, (stem, PASSAGES_READ)):
            found = (match.group() for text in texts for match in _WORD.finditer(text or ""))
            seen.update(form for form in found if is_slip(word, form) and _begins(form, beginning))
    return seen


def _begins(form: str, beginning: str) -> bool:
    return form.casefold().startswith(beginning)


def _may_begin(word: str, stem: str) -> bool:
    """Whether a stem, but for its last letter, is the beginning of a word with at most one slip in it."""
    bare = stem[:-1]
    cuts = (word[: len(bare) + longer] for longer in (-1, 0, 1))
    return any(cut == bare or is_slip(cut, bare) for cut in cuts)
