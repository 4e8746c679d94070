"""What someone or something is said to be: the short answer to "who is Akgun?" and "what is CAATSA?"."""

import re
from collections.abc import Iterator, Sequence

from assistant.answerers.extractive.opinions import Opinion
from assistant.answerers.extractive.spans import (
    OFFICES,
    AnswerSpan,
    SentenceWords,
    name_runs,
    possessive_length,
)
from assistant.understanding.question import PERSON_NOUNS, QuestionProfile
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold

WRONG_SPAN = -0.5
"""The reader's view, from -1 to 1, of a sentence whose best span is no description."""

TITLE = 0.8
"""How well an office before the name answers: "Foreign Minister"; "a professor of law" after it says more."""

RANK = 0.3
"""How well an abbreviation answers ("Lt. Gen."), where there is nothing else."""

_AFTER = re.compile(
    r"(?:\s\([^)]*\))?"
    r"(?:(?:,|,? (?:is|are|was|were)) (?=an? |the |one of )|, (?:which|who) (?:is|are|was|were) |"
    r", who (?!(?:said|says|told|added|also|has|had|have|would|could|will)\b))"
    r"([^,;.()]{4,120}[^\W_])(?=[,;.()]|$)"
)
_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?) ([^,;.()]{3,60}), (?:the )?(?:[^\W_][\w.’'-]* ){0,3}$")
_TITLES = (
    OFFICES
    | PERSON_NOUNS
    | word_set(
        """
        lieutenant colonel captain prosecutor pastor bishop archbishop sheikh professor doctor chairman
        chairwoman chair spokesman spokeswoman spokesperson commissioner manager goalkeeper pilot novelist
        poet composer historian economist analyst lawyer activist journalist librarian champion winner
        counterpart deputy undersecretary mp lt gen col maj adm capt sgt sen rep gov prof dr rev
        """
    )
)
_ALIAS = re.compile(r"\b(?:names?|named|alias|known|born|guerre|pseudonym|nicknamed)\b", re.IGNORECASE)
_MOST_MODIFIERS = 3
_MOST_APART = 80
_RIGHT_BEFORE = 12
"""Characters between a description and the name, a first name among them."""


def descriptions(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """What the thing asked about is said to be: "Akgun, a professor of ...", "Foreign Minister Fidan"."""
    found = {(span.start, span.end): span for span in _all_descriptions(sentence)}.values()
    best = max((span.strength for span in found), default=0.0)
    yield from (span for span in found if span.strength > RANK or best == RANK)


def _all_descriptions(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    runs = [
        (first, after)
        for first, after in name_runs(sentence)
        if any(_is_asked_about(word, sentence.asked) for word in sentence.words[first:after])
    ]
    ends = {word.start: word.end for word in sentence.words if word.key in sentence.asked}
    ends |= {sentence.words[first].start: sentence.words[after - 1].end for first, after in runs}
    for start, end in ends.items():
        match = _AFTER.match(sentence.text, end)
        if match:
            yield AnswerSpan(match.start(1), match.end(1), match.group(1).casefold())
            continue
        before = _BEFORE.search(sentence.text, 0, start)
        if before and sentence.text[end : end + 1] in (",", ")", ".", ""):
            yield AnswerSpan(before.start(1), before.end(1), before.group(1).casefold(), TITLE)
    for first, after in runs:
        title = _title(sentence, first, after)
        if title is not None:
            start, end = title
            words = sentence.text[start:end].casefold()
            yield AnswerSpan(start, end, words, RANK if words.endswith(".") else TITLE)


def of_descriptions(profile: QuestionProfile, sentence: SentenceWords, opinion: Opinion) -> Opinion:
    """The reader's view of a sentence where a description is asked for.

    Its span is widened to the whole of the name that it is cut from. One that only completes the name asked
    about, repeats it, has no word of its own, or gives another person's name is no answer.
    """
    best = opinion.best
    if best is None or best.end <= best.start or not _asks_about_a_name(profile):
        return opinion
    own = _describing(sentence, best.start, best.end, _asks_about_a_person(profile))
    if own is not None:
        return opinion._replace(best=best._replace(start=own[0], end=own[1]))
    span = opinion.span if any(descriptions(sentence)) else min(opinion.span, WRONG_SPAN)
    return opinion._replace(span=span, best=None)


def _asks_about_a_person(profile: QuestionProfile) -> bool:
    return bool(profile.words) and profile.words[0].surface.lower().startswith("who")


def _asks_about_a_name(profile: QuestionProfile) -> bool:
    """Whether what is asked about is named; "who is the pope?" wants a name itself."""
    if not _asks_about_a_person(profile):
        return True
    surfaces = [word.surface.lower() for word in profile.words[1:]]
    if any(surface in ("the", "a", "an") or surface.endswith(("'s", "’s")) for surface in surfaces):
        return False
    return not any(_is_title(word) for word in profile.words)


def _describing(sentence: SentenceWords, start: int, end: int, of_person: bool) -> tuple[int, int] | None:
    inside = [word for word in sentence.words if start <= word.start < end]
    if not any(word.key and word.surface[0].isalpha() for word in inside):
        return None
    for first, after in name_runs(sentence):
        run = sentence.words[first:after]
        if run[0].start > inside[0].start or inside[-1].end > run[-1].end:
            continue
        if any(_is_asked_about(word, sentence.asked) for word in run):
            return _title(sentence, first, after)
        if of_person and not _is_another_name(sentence, run):
            return None
        return run[0].start, run[-1].end - possessive_length(run[-1])
    if any(_is_asked_about(word, sentence.asked) for word in inside):
        return None
    return None if of_person and _does_something_else(sentence, end) else (start, end)


def _does_something_else(sentence: SentenceWords, end: int) -> bool:
    """Whether words that end there stand before the name, and not right before: "The jury gave it to Ada"."""
    named = [word.start for word in sentence.words if _is_asked_about(word, sentence.asked)]
    return bool(named) and min(named) - end > _RIGHT_BEFORE


def _is_another_name(sentence: SentenceWords, run: Sequence[Word]) -> bool:
    """Whether words like "known as" stand between a name and the one asked about."""
    for word in sentence.words:
        if _is_asked_about(word, sentence.asked):
            start, end = sorted((run[0].start, word.start))
            if end - start <= _MOST_APART and _ALIAS.search(sentence.text, start, end):
                return True
    return False


def _title(sentence: SentenceWords, first: int, after: int) -> tuple[int, int] | None:
    """The office at the head of a name or right before it: "Turkish President", "novelist"."""
    run = sentence.words[first:after]
    named = next(at for at, word in enumerate(run) if _is_asked_about(word, sentence.asked))
    last = _last_title(run[:named])
    if last is not None:
        return run[0].start, run[last].end + sentence.text.startswith(".", run[last].end)
    if not first or not _is_title(sentence.words[first - 1]):
        return None
    if sentence.text[sentence.words[first - 1].end : run[0].start] != " ":
        return None
    start = first - 1
    while start and first - start <= _MOST_MODIFIERS and _modifies(sentence, start - 1):
        start -= 1
    return sentence.words[start].start, sentence.words[first - 1].end


def _modifies(sentence: SentenceWords, at: int) -> bool:
    word, following = sentence.words[at], sentence.words[at + 1]
    return (
        bool(word.key)
        and not word.is_function_word
        and sentence.text[word.end : following.start] in (" ", "-")
    )


def _last_title(run: Sequence[Word]) -> int | None:
    return next((at for at in range(len(run) - 1, -1, -1) if _is_title(run[at])), None)


def _is_title(word: Word) -> bool:
    return fold(word.surface) in _TITLES


def _is_asked_about(word: Word, asked: frozenset[str]) -> bool:
    return word.is_capitalised and word.key in asked
