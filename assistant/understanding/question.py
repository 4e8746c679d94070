"""What a question asks for: the kind of its answer, the words that matter, the names that must be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.understanding.languages import FOREIGN_QUESTION_WORDS
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, words_of


class AnswerKind(StrEnum):
    """What would answer a question."""

    REASON = "reason"
    TIME = "time"
    DURATION = "duration"
    PERSON = "person"
    PLACE = "place"
    NAMED_PLACE = "name of a place"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    CHANGE = "change"
    YES_NO = "yes or no"
    NAME = "name"
    DEFINITION = "definition"
    MANNER = "manner"
    STATEMENT = "statement"


FIGURE_KINDS = frozenset({AnswerKind.NUMBER, AnswerKind.MONEY, AnswerKind.PERCENT, AnswerKind.CHANGE})
VALUE_KINDS = FIGURE_KINDS | {AnswerKind.TIME, AnswerKind.DURATION}
"""Kinds whose answer is a figure or a date."""


SHORT_KINDS = VALUE_KINDS | {AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.NAMED_PLACE, AnswerKind.NAME}
"""Kinds whose answer is a name, a figure or a date."""


@dataclass(frozen=True, slots=True)
class QuestionProfile:
    """A question taken apart.

    Attributes:
        text: the question.
        words: its words, in order.
        keys: the distinct keys of the words that matter, in order; never those that only name the kind of
            answer.
        kind: what would answer it.
        focus: keys of the noun that names what is asked for ("which wildly popular show": "show").
        names: words of the question that name something: capitalised, or a place's name.
        numbers: keys of the numbers and years in the question.
        counted: key of the noun that "how many" counts.
        asks_for_several: whether what is asked for is a plural ("which ports").
    """

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    kind: AnswerKind
    focus: tuple[str, ...]
    names: tuple[Word, ...]
    numbers: tuple[str, ...]
    counted: frozenset[str] = frozenset()
    asks_for_several: bool = False

    def name_runs(self) -> list[list[Word]]:
        """The names as runs of words that stand together: "James Webb", "Astana"."""
        runs: list[list[Word]] = []
        for name in self.names:
            if runs and self.text[runs[-1][-1].end : name.start] == " ":
                runs[-1].append(name)
            else:
                runs.append([name])
        return runs


_TIME_NOUNS = word_set("year date day month time decade century season era period")
PERSON_NOUNS = word_set(
    """
    person man woman actor actress singer president minister player politician leader senator author
    writer director artist rapper athlete ceo founder king queen prince princess pope celebrity musician
    billionaire candidate coach general commander ambassador secretary chief judge justice scientist
    star governor mayor congressman congresswoman
    """
)
_PLACE_NOUNS = word_set(
    """
    country city place state town continent nation region island capital county province village
    location
    """
)
_NOUNS_OF_KINDS = (
    (_TIME_NOUNS, AnswerKind.TIME),
    (PERSON_NOUNS, AnswerKind.PERSON),
    (_PLACE_NOUNS, AnswerKind.NAMED_PLACE),
)
_MEASURES = word_set(
    """
    many tall high big large far fast heavy old deep wide hot cold young fewer few
    """
)
_STRENGTHS = word_set("strong powerful")
_QUAKES = word_set(
    """
    earthquake earthquakes quake quakes tremor tremors shock shocks aftershock aftershocks
    """
)
AUXILIARIES = word_set(
    """
    is are was were am did does do has have had can could will would should may might must isn't aren't
    wasn't weren't didn't doesn't don't hasn't haven't won't
    """
)
_SHARED_AUXILIARIES = word_set("is was am had do will has")
"""Those that are words of other languages too ("Waarom is", "Wann war er am", "Kiedy weszła do")."""

_ENGLISH_QUESTION_WORDS = word_set("who whom whose when where why which what how")
_OTHER_QUESTION_WORDS = {
    "tr": word_set("kim nerede zaman kaç neden niçin niye nasıl hangi"),
    **FOREIGN_QUESTION_WORDS,
}
QUESTION_WORDS = _ENGLISH_QUESTION_WORDS | word_set("kim nerede zaman kaç")
_REASON = re.compile(
    r"\b(why|neden|niçin|niye|how come|for what (?:reason|purpose)"
    r"|what (?:was|is|were|are) the (?:main |official )?(?:reasons?|causes?|motives?)"
    r"|what (?:is|was|are|were)"
    r" (?=.*\b(?:accused|charged|convicted|suspected|indicted)\b(?: of| with| for)?\W*$)"
    r"|what (?:led|drove|pushed|brought|moved)(?= .*\bto\b)"
    r"|what (?:reasons?|caused|made|makes|prompted|led to|triggered|motivated)|(?:due to|because of) what)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:who|what)(?: is|'s|’s| are| was| were) (?:(?:the|an?) )?"
    r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}\W*$",
    re.IGNORECASE,
)
_RELATIVE_NOUN = re.compile(r"\b(?:of|in|for|by|from|to|with|that|at|on)\b")
_QUANTITY = re.compile(
    r"\b(what|which) (?:is |was |are |were )?(?:the )?(percentage|percent|share|proportion)\b", re.I
)
_CHANGE = re.compile(
    r"\bby how (?:much|many)\b|\bby (?:what|which) (?:percentage|percent|proportion|share|margin|amount)\b"
    r"|\bhow (?:much|far|sharply|steeply) (?:did|do|does|has|have|had|will|is|are|was|were)\b.*"
    r"\b(?:rise|rose|risen|rising|fall|fell|fallen|falling|drop|dropped|grow|grew|grown|increased?|decreased?"
    r"|declined?|strengthen|strengthened|weaken|weakened|shrink|shrunk|climb|climbed|slip|slipped|jump|jumped"
    r"|plunge|plunged|surge|surged|slump|slumped|raised?|lower|lowered|cut)\W*"
    r"(?:(?:in|on|over|since|after|from|between|during|by|last|this)\b.*)?$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:what|which) (?:is |was |are |were )?(?:the )?(?:\w+ ){0,3}"
    r"(number|population|total|toll|score|age|height|speed|temperature|length|rate|size|magnitude)\b",
    re.I,
)
_PRICE = re.compile(
    r"\b(?:how much (?:money|(?:did|does|do|is|was|were|are|will|would)\b(?!.*\bweigh))|"
    r"what (?:did|does|do|will) (?:[\w.'’-]+ ){1,4}(?:earn|pay|spend|cost)|"
    r"what (?:did|does|do|will|would) (?:[\w.'’-]+ ){1,12}cost(?=\W*$)|"
    r"what (?:is |was |did )?(?:the )?(?:[\w$€£]+ ){0,2}"
    r"(price|cost|fine|salary|value|worth|budget|revenue)s?"
    r"|(?:what|which) (?:is |was |were |are )?(?:[\w'’-]+ ){0,4}"
    r"(?:prize[- ]money|ransom|bounty|reward money|wages?))\b",
    re.I,
)
_NAMING = re.compile(r"\bwhere (?:does|did|do) .*\bnames?\b.*\b(?:come|came|stem|derive|originate)\b", re.I)
_DETERMINERS = word_set("the a an its his her their our this that these those")
_LASTING = word_set("last lasts lasted")
_AMBIGUOUS_PLACES = frozenset({"turkey", "china", "jordan", "georgia", "mali", "niger", "chile", "peru"})
_SENTENCE_BORDER = re.compile(r"(?<=[.!?])\s+")


def wants_one_value(profile: QuestionProfile) -> bool:
    """Whether one name, figure or date answers; a reason may have others beside it."""
    return profile.kind in SHORT_KINDS and not profile.asks_for_several


def language_of(profile: QuestionProfile) -> str | None:
    """The code of the language that a question's own words tell it to be in; None where they do not."""
    return _language_of(profile.words)


def _language_of(words: Sequence[Word]) -> str | None:
    said = {
        word.surface.lower().removesuffix("'s") for at, word in enumerate(words) if not _is_kim(words, at)
    }
    if said & (_ENGLISH_QUESTION_WORDS | AUXILIARIES - _SHARED_AUXILIARIES):
        return "en"
    found = next((code for code, known in _OTHER_QUESTION_WORDS.items() if said & known), None)
    return "en" if found is None and said & AUXILIARIES else found


def _is_kim(words: Sequence[Word], at: int) -> bool:
    """Whether a word is the name Kim and not the Turkish "who": another name follows it."""
    following = words[at + 1 : at + 2]
    return words[at].surface == "Kim" and bool(following) and following[0].is_capitalised


def _foreign_question_words(words: Sequence[Word]) -> frozenset[int]:
    """Where the words stand that ask, in a language whose kinds of question are not known."""
    asking = FOREIGN_QUESTION_WORDS.get(_language_of(words) or "", frozenset())
    return frozenset(at for at, word in enumerate(words) if word.surface.lower() in asking)


def may_be_english(profile: QuestionProfile) -> bool:
    """Whether a question's words do not tell that it is in another language."""
    return language_of(profile) in (None, "en")


@lru_cache(maxsize=256)
def analyse(text: str) -> QuestionProfile:
    """Take a question apart. It is asked for several times an answer."""
    words = tuple(words_of(text))
    asking = _asking_position(text, words)
    kind, kind_words, focus = _kind(text, words, asking)
    foreign = _foreign_question_words(words)
    only_asks = kind_words | foreign
    keys = dict.fromkeys(word.key for at, word in enumerate(words) if word.key and at not in only_asks)
    names = (at for at in range(len(words)) if at not in foreign and _is_name(text, words, at))
    return QuestionProfile(
        text=text,
        words=words,
        keys=tuple(keys),
        kind=kind,
        focus=focus,
        names=tuple(words[at] for at in names),
        numbers=tuple(dict.fromkeys(word.key for word in words if word.has_digit and word.key)),
        counted=_counted(words, asking),
        asks_for_several=any(word.key in focus and _is_plural(word.surface) for word in words),
    )


def asking_start(text: str) -> int:
    """Where the last sentence of a question begins; what stands before it only tells what it is about."""
    borders = [match.end() for match in _SENTENCE_BORDER.finditer(text)]
    return borders[-1] if borders else 0


def _asking_position(text: str, words: tuple[Word, ...]) -> int | None:
    """Where the question word stands: in the last sentence if it has one, else anywhere."""
    last = asking_start(text)
    places = [
        at
        for at, word in enumerate(words)
        if word.surface.lower().removesuffix("'s") in QUESTION_WORDS and not _is_kim(words, at)
    ]
    in_last = [at for at in places if words[at].start >= last]
    return next(iter(in_last or places), None)


_Kind = tuple[AnswerKind, frozenset[int], tuple[str, ...]]


def _kind(text: str, words: tuple[Word, ...], asking: int | None) -> _Kind:
    """The kind of answer, which words only name it, and the focus."""
    reason = _REASON.search(text)
    if reason:
        only = (at for at, word in enumerate(words) if reason.start() <= word.start < reason.end())
        return AnswerKind.REASON, frozenset(only), ()
    if _DEFINITION.match(text) and not _RELATIVE_NOUN.search(text):
        return _kind_of_definition(words), frozenset(), ()
    if asking is None or _NAMING.search(text):
        return _kind_without_question_word(words), frozenset(), ()
    if _CHANGE.search(text):
        return AnswerKind.CHANGE, frozenset(), ()
    if _QUANTITY.search(text):
        return AnswerKind.PERCENT, _named_by(words, "percentage", "percent", "share", "proportion"), ()
    if _PRICE.search(text):
        return AnswerKind.MONEY, frozenset(), ()
    if _AMOUNT.search(text):
        return AnswerKind.NUMBER, _named_by(words, "number"), ()
    word = words[asking].surface.lower().removesuffix("'s")
    if word == "how":
        return _kind_of_how(words, asking), _measure_after(words, asking), ()
    simple = {
        "who": AnswerKind.PERSON, "whom": AnswerKind.PERSON, "whose": AnswerKind.PERSON,
        "when": AnswerKind.TIME, "where": AnswerKind.PLACE,
        "kim": AnswerKind.PERSON, "zaman": AnswerKind.TIME, "nerede": AnswerKind.PLACE,
        "kaç": AnswerKind.NUMBER,
    }  # fmt: skip
    if word in simple:
        return simple[word], frozenset(), ()
    return _kind_of_which(words, asking)


def _kind_without_question_word(words: tuple[Word, ...]) -> AnswerKind:
    if words and words[0].surface.lower() in AUXILIARIES:
        alternatives = any(word.surface.lower() == "or" for word in words)
        return AnswerKind.NAME if alternatives else AnswerKind.YES_NO
    return AnswerKind.STATEMENT


def _kind_of_definition(words: tuple[Word, ...]) -> AnswerKind:
    """ "Who is Akgun?" asks what he is; "who was sanctioned?" asks for a name."""
    last = words[-1].surface.lower()
    deed = words[0].surface.lower().startswith("who") and last.endswith(("ed", "en", "ing"))
    return AnswerKind.PERSON if deed and not words[-1].is_capitalised else AnswerKind.DEFINITION


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith("ss")


def _counted(words: tuple[Word, ...], asking: int | None) -> frozenset[str]:
    """The last word of the noun phrase after "how many": of "how many bike lanes does" it is lanes."""
    if asking is None or [word.surface.lower() for word in words[asking : asking + 2]] != ["how", "many"]:
        return frozenset()
    phrase: list[str] = []
    for word in words[asking + 2 : asking + 5]:
        if not word.key:
            break
        phrase.append(word.key)
    return frozenset(phrase[-1:] if len(phrase) < 3 else phrase[:1])


def _kind_of_how(words: tuple[Word, ...], asking: int) -> AnswerKind:
    following = words[asking + 1].surface.lower() if asking + 1 < len(words) else ""
    if following == "long":
        return AnswerKind.DURATION
    if following == "much":
        return AnswerKind.NUMBER
    if following in _STRENGTHS and any(word.surface.lower() in _QUAKES for word in words):
        return AnswerKind.NUMBER
    return AnswerKind.NUMBER if following in _MEASURES else AnswerKind.MANNER


def _measure_after(words: tuple[Word, ...], asking: int) -> frozenset[int]:
    """The "far" of "how far", the "long" and "last" of "how long does it last": no answer repeats them."""
    following = words[asking + 1].surface.lower() if asking + 1 < len(words) else ""
    if following == "long":
        return frozenset({asking + 1, *(at for at in range(len(words)) if _is_lasting(words, at))})
    measures = _MEASURES | _STRENGTHS | {"often"}
    return frozenset({asking + 1}) if following in measures else frozenset()


def _is_lasting(words: tuple[Word, ...], at: int) -> bool:
    """Whether a word is the verb "last", not that of "the last war"."""
    followed = at + 1 < len(words) and bool(words[at + 1].key)
    return words[at].surface.lower() in _LASTING and not followed


def _kind_of_which(words: tuple[Word, ...], asking: int) -> _Kind:
    """ "Which" and "what": the noun that follows says what is asked for."""
    focus_at = _focus_position(words, asking)
    if focus_at is None:
        return AnswerKind.STATEMENT, frozenset(), ()
    for at in range(focus_at, asking, -1):
        for nouns, kind in _NOUNS_OF_KINDS:
            if _singular(words[at].surface.lower()) in nouns:
                return kind, frozenset({at}), (words[at].key,)
    return AnswerKind.NAME, frozenset(), (words[focus_at].key,)


def _singular(noun: str) -> str:
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _focus_position(words: tuple[Word, ...], asking: int) -> int | None:
    """The last word of the noun phrase right after "which" or "what"; None where a verb follows.

    Of "which resolution limits the sale" it is the resolution: what comes before an object is a verb.
    """
    last = before = None
    for at in range(asking + 1, min(asking + 6, len(words))):
        surface = words[at].surface.lower()
        if surface in _DETERMINERS and before is not None and words[at - 1].surface.lower() != "of":
            return before
        if surface in AUXILIARIES or (not words[at].key and surface not in ("of", "the", "most", "other")):
            break
        if surface == "of":
            if last is not None and words[last].surface.lower() not in ("kind", "type", "sort"):
                break
            continue
        if words[at].key:
            if last is not None and surface.endswith("ed"):
                break
            last, before = at, last
    return last


def _named_by(words: tuple[Word, ...], *surfaces: str) -> frozenset[int]:
    return frozenset(at for at, word in enumerate(words) if word.surface.lower() in surfaces)


def _is_name(text: str, words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if not word.key or word.surface.isdigit():
        return False
    if word.key in PLACE_KEYS and (word.is_capitalised or word.key not in _AMBIGUOUS_PLACES):
        return True
    opens = at == 0 or any(mark in text[words[at - 1].end : word.start] for mark in ".!?")
    return word.is_capitalised and not (opens and not _next_is_capitalised(words, at))


def _next_is_capitalised(words: tuple[Word, ...], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].is_capitalised and bool(words[at + 1].key)
