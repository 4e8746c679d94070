"""Questions about the collection itself: how many articles mention something, which, the first, the last."""

import re
from typing import Literal

from assistant.answerers.base import Computation
from assistant.understanding.wordlists import word_set
from vectorstore.query import QueryKind

Listed = Literal["articles", "publishers"]


_NOUN = r"(?:(?:news )?(?:articles?|stor(?:y|ies)|reports?|pieces?|items?|texts?)|coverage)"
_SEVERAL = r"(?:(?:news )?(?:articles|stories|reports|pieces|items|texts)|coverage)"
_SOURCES = r"(?:publishers?|newspapers?|papers|outlets?|sources?|agenc(?:y|ies)|publications?)"
_NEWS = rf"(?:{_NOUN}|news|developments?|updates?)"
_FIRST = r"(?:the )?(?:very )?(?:first|earliest|oldest)"
_LATEST = r"(?:latest|newest|most recent)"
_ABOUT = r"(?:about|on|regarding|concerning|covering|dealing with)"
_MENTIONS = (
    r"(?:mention(?:s|ed|ing)?|name[ds]?|naming|contain(?:s|ed|ing)?|refer(?:s|red|ring)? to"
    r"|cit(?:e|es|ed|ing))"
)
_REPORTS = (
    r"(?:(?:have |has )?(?:report(?:s|ed)?|wr(?:ote|ite|ites|itten)|cover(?:s|ed)?|discuss(?:es|ed)?"
    r"|deal(?:s|t)?)(?: (?:about|on|with|of))?|(?:are|is|were|was) (?:about|on))"
)
_THAT = r"(?:(?:that|which|do|did|have|has|there|are|is|were) )*"
_WE = r"(?:(?:do )?(?:you|we|i) have |are there |is there |exist |in the (?:index|collection) )?"
_SHOW = (
    r"(?:(?:can|could) you )?(?:please )?"
    r"(?:list|show(?: me)?|give me|find(?: me)?|name|enumerate|what are)(?: all| every)?(?: of)?(?: the)?"
)
_ASKS = r"(?:(?:what is|what's|what are|whats|give me|show me|any|tell me) )?(?:the )?(?:very )?"
_TOPIC = r"(?P<topic>\S.*?)[\s?.!]*$"
_REPORTING_IT = rf"(?:(?P<mentions>{_MENTIONS})|{_REPORTS}) {_TOPIC}"
_ON_IT = rf"(?:(?P<mentions>{_MENTIONS})|{_REPORTS}|{_ABOUT}) {_TOPIC}"
_OF_IT = rf"(?:(?P<mentions>(?:that )?{_MENTIONS}|of)|{_ABOUT}) {_TOPIC}"
_OFTEN = r"how (?:often|many times) (?:is|are|was|were|has|have) (?P<topic>\S.+?) (?:been )?"

_PATTERNS: tuple[tuple[QueryKind, Listed, str], ...] = (
    ("count", "articles", rf"how many {_NOUN} {_THAT}{_WE}{_ON_IT}"),
    ("count", "articles", rf"(?:what is the |the )?(?:number|count) of {_NOUN} {_THAT}{_ON_IT}"),
    ("count", "articles", rf"{_OFTEN}(?P<mentions>mentioned)[\s?.!]*$"),
    ("count", "publishers", rf"how many (?:different )?{_SOURCES} {_THAT}{_REPORTING_IT}"),
    ("list", "publishers", rf"(?:which|what) {_SOURCES} {_THAT}{_REPORTING_IT}"),
    ("list", "publishers", rf"{_SHOW} {_SOURCES} {_THAT}{_REPORTING_IT}"),
    ("list", "articles", rf"{_SHOW} {_NOUN} {_THAT}{_ON_IT}"),
    ("list", "articles", rf"(?:which|what) {_SEVERAL} {_THAT}{_WE}{_ON_IT}"),
    ("first", "articles", rf"(?:when|what|which) (?:was|is|were) {_FIRST} (?:{_NOUN}|mention) {_OF_IT}"),
    ("first", "articles", r"when (?:was|were|is) (?P<topic>\S.+?) (?P<mentions>first mentioned)[\s?.!]*$"),
    ("first", "articles", rf"(?:which|what) {_NOUN} (?:was |were )?(?:the )?first (?:to )?{_REPORTING_IT}"),
    ("latest", "articles", rf"{_ASKS}{_LATEST}(?: {_NEWS})? (?:(?P<mentions>{_MENTIONS})|{_ABOUT}) {_TOPIC}"),
    ("latest", "articles", rf"{_ASKS}{_LATEST} (?:news|developments?|updates?) (?:in|from|of) {_TOPIC}"),
    ("latest", "articles", rf"when (?:was|is) (?:the )?(?:last|{_LATEST}) (?:{_NOUN}|mention) {_OF_IT}"),
    ("latest", "articles", rf"(?:is|are) there (?:any )?(?:new|recent) (?:{_NOUN}|news) {_ABOUT} {_TOPIC}"),
)
_READ = tuple((kind, listed, re.compile(pattern, re.IGNORECASE)) for kind, listed, pattern in _PATTERNS)
_LEADING = re.compile(r"^(?:the (?:topic|subject|issue) of|all|any)\s+", re.IGNORECASE)
_EVENT_OF_A_NAME = re.compile(r"\b(?:published|released|issued|made|written|submitted|filed)$", re.IGNORECASE)
_QUOTED = "\"'“”‘’«»"
_OPENS_WITH = re.compile(r"^(?:and|but|so|ok|okay|please|hello|hi)[,\s]+", re.IGNORECASE)


_POINTING = word_set("it this that these those them him her he she they")


def find_computation(text: str) -> Computation | None:
    """What a question wants counted, listed or dated over the whole collection; None for any other question.

    "How many articles mention X?", "list all articles about X", "which publishers reported X?", "when was the
    first report of X?" and "the latest on X" are such questions.
    """
    asked = _OPENS_WITH.sub("", text.strip())
    for kind, listed, pattern in _READ:
        match = pattern.match(asked)
        if match is None:
            continue
        topic = _bare(match["topic"])
        if topic and not _EVENT_OF_A_NAME.search(topic):
            about = match.groupdict().get("mentions") is None
            return Computation(kind, topic, about, listed)
    return None


def _bare(topic: str) -> str:
    return _LEADING.sub("", topic.strip()).strip(_QUOTED + " ,;:")


def is_pointing(topic: str) -> bool:
    """Whether a topic is a word that stands for what was spoken of before."""
    return topic.lower() in _POINTING
