"""From located values to cases: every field checked, every problem reported with its line, all at once."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from evals.located import Located, Pair, repeated_keys
from evals.suite import Case, EarlierTurn, Expectation, Planted
from evals.wording import AnyOf, Day, Literal, Regex, Wanted
from ingest.article import content_hash

SUITE_KEYS = ("suite", "about", "collection", "as_of", "thresholds", "cases")
CASE_KEYS = (
    "id",
    "question",
    "conversation",
    "as_of",
    "expect",
    "must_decline",
    "must_not_say",
    "planted",
    "tags",
)
EXPECT_KEYS = ("contains", "short_answer", "articles", "related", "quotes")
TURN_KEYS = ("question", "answer")
WANTED_KEYS = ("regex", "date")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SuiteHead:
    """What a suite says before its cases; every field is optional in the file."""

    name: str | None = None
    about: str = ""
    collection: str | None = None
    as_of: date | None = None
    thresholds: dict[str, float] = field(default_factory=dict)


class SuiteReader:
    """Reads the parts of one suite file and gathers its problems, so that one look mends them all."""

    def __init__(self, path: Path, metrics: Collection[str]) -> None:
        self.problems: list[str] = []
        self._path = path
        self._metrics = metrics

    def head(self, document: Located) -> SuiteHead:
        """What the document says about the suite, but for its cases."""
        fields = self._fields(document, SUITE_KEYS, "the suite")
        return SuiteHead(
            name=self._optional(fields, "suite", self._text),
            about=self._optional(fields, "about", self._text) or "",
            collection=self._optional(fields, "collection", self._text),
            as_of=self._optional(fields, "as_of", self._day),
            thresholds=self._optional(fields, "thresholds", self._thresholds) or {},
        )

    def case_values(self, document: Located) -> list[Located]:
        """The cases of a YAML document, unread."""
        pairs = document.content if isinstance(document.content, tuple) else ()
        given = next((pair.value for pair in pairs if pair.key == "cases"), None)
        if given is None or not isinstance(given.content, list) or not given.content:
            self._report(
                given.line if given else document.line, "a suite needs `cases`, a list of at least one"
            )
            return []
        return given.content

    def cases(self, values: Sequence[Located], default_as_of: date | None) -> tuple[Case, ...]:
        """The cases, of which no two may share an id."""
        found: dict[str, Case] = {}
        for value in values:
            case = self._case(value, default_as_of)
            if case is None:
                continue
            if case.id in found:
                self._report(case.line, f"case id {case.id!r} was used in line {found[case.id].line} already")
            found.setdefault(case.id, case)
        return tuple(found.values())

    def _case(self, value: Located, default_as_of: date | None) -> Case | None:
        fields = self._fields(value, CASE_KEYS, "a case")
        before = len(self.problems)
        case_id, question = self._demanded(fields, "id", value), self._demanded(fields, "question", value)
        must_decline = self._optional(fields, "must_decline", self._truth) or False
        expect = self._optional(fields, "expect", self._expectation)
        must_not_say = self._optional(fields, "must_not_say", self._wanteds) or ()
        self._check_purpose(value.line, case_id, must_decline, expect, must_not_say)
        case = Case(
            id=case_id,
            question=question,
            digest=_digest(value, default_as_of),
            line=value.line,
            conversation=self._optional(fields, "conversation", self._turns) or (),
            as_of=self._optional(fields, "as_of", self._day) or default_as_of,
            expect=expect or Expectation(),
            must_decline=must_decline,
            must_not_say=must_not_say,
            tags=self._optional(fields, "tags", self._texts) or (),
            planted=self._optional(fields, "planted", self._planted),
        )
        return case if len(self.problems) == before else None

    def _check_purpose(
        self,
        line: int,
        case_id: str,
        must_decline: bool,
        expect: Expectation | None,
        must_not_say: Sequence[Wanted],
    ) -> None:
        if must_decline and expect is not None:
            self._report(
                line, f"case {case_id!r} both expects an answer and must decline; keep one of the two"
            )
        if not must_decline and expect in (None, Expectation()) and not must_not_say:
            self._report(line, f"case {case_id!r} expects nothing; add expect, must_decline or must_not_say")

    def _expectation(self, value: Located) -> Expectation:
        fields = self._fields(value, EXPECT_KEYS, "expect")
        return Expectation(
            contains=self._optional(fields, "contains", self._wanteds) or (),
            short_answer=self._optional(fields, "short_answer", self._texts) or (),
            articles=self._optional(fields, "articles", self._alternatives) or (),
            related=self._optional(fields, "related", self._texts) or (),
            quotes=self._optional(fields, "quotes", self._texts) or (),
        )

    def _planted(self, value: Located) -> Planted:
        return Planted("instruction", self._text(value))

    def _turns(self, value: Located) -> tuple[EarlierTurn, ...]:
        return tuple(self._turn(item) for item in self._items(value))

    def _turn(self, value: Located) -> EarlierTurn:
        if isinstance(value.content, str):
            return EarlierTurn(self._text(value))
        fields = self._fields(value, TURN_KEYS, "an earlier turn")
        return EarlierTurn(
            self._demanded(fields, "question", value), self._optional(fields, "answer", self._text)
        )

    def _thresholds(self, value: Located) -> dict[str, float]:
        fields = self._fields(value, tuple(self._metrics), "thresholds")
        return {key: self._number(pair.value) for key, pair in fields.items()}

    def _wanteds(self, value: Located) -> tuple[Wanted, ...]:
        return tuple(self._wanted(item) for item in self._items(value))

    def _wanted(self, value: Located) -> Wanted:
        if isinstance(value.content, list):
            return AnyOf(tuple(self._wanted(item) for item in self._items(value)))
        if not isinstance(value.content, tuple):
            return Literal(self._text(value))
        fields = self._fields(value, WANTED_KEYS, "a pattern")
        if len(fields) != 1:
            self._report(value.line, "a pattern has one key: regex or date")
            return Literal("")
        [(key, pair)] = fields.items()
        return Day(self._day(pair.value)) if key == "date" else self._regex(pair.value)

    def _regex(self, value: Located) -> Wanted:
        text = self._text(value)
        try:
            re.compile(text)
        except re.error as error:
            self._report(value.line, f"not a regular expression: {error}")
        return Regex(text)

    def _alternatives(self, value: Located) -> tuple[tuple[str, ...], ...]:
        return tuple(self._texts(item) for item in self._items(value))

    def _texts(self, value: Located) -> tuple[str, ...]:
        return tuple(self._text(item) for item in self._items(value))

    def _items(self, value: Located) -> list[Located]:
        """The items of a list; a single value stands for a list of one."""
        items = value.content if isinstance(value.content, list) else [value]
        if not items:
            self._report(value.line, "an empty list says nothing; leave it out")
        return items

    def _text(self, value: Located) -> str:
        if isinstance(value.content, str) and value.content.strip():
            if re.search("[\ud800-\udfff]", value.content):
                self._report(value.line, "half a character (a lone surrogate) cannot be written down")
            return value.content.strip()
        self._report(
            value.line, f"expected some text, found {'blanks' if value.kind == 'text' else value.kind}"
        )
        return ""

    def _number(self, value: Located) -> float:
        text = self._text(value)
        try:
            return float(text)
        except ValueError:
            self._report(value.line, f"expected a number, found {text!r}")
            return 0.0

    def _truth(self, value: Located) -> bool:
        if value.content in ("true", "false"):
            return value.content == "true"
        self._report(value.line, f"expected true or false, found {_shown(value)}")
        return False

    def _day(self, value: Located) -> date:
        try:
            return date.fromisoformat(self._text(value))
        except ValueError:
            self._report(value.line, f"expected a date as YYYY-MM-DD, found {_shown(value)}")
            return date.min

    def _fields(self, value: Located, known: Sequence[str], what: str) -> dict[str, Pair]:
        if not isinstance(value.content, tuple):
            self._report(value.line, f"{what} must be a mapping (key: value), found {value.kind}")
            return {}
        for pair in repeated_keys(value.content):
            self._report(pair.line, f"key {pair.key!r} stands twice in {what}")
        for pair in value.content:
            if pair.key not in known:
                self._report(pair.line, f"{what} has no key {pair.key!r}{_hint(pair.key, known)}")
        return {pair.key: pair for pair in value.content if pair.key in known}

    def _demanded(self, fields: dict[str, Pair], key: str, owner: Located) -> str:
        if key in fields:
            return self._text(fields[key].value)
        self._report(owner.line, f"`{key}` is missing")
        return ""

    @staticmethod
    def _optional(fields: dict[str, Pair], key: str, read: Callable[[Located], Value]) -> Value | None:
        return read(fields[key].value) if key in fields else None

    def _report(self, line: int, problem: str) -> None:
        self.problems.append(f"{self._path}:{line}: {problem}")


def _hint(key: str, known: Iterable[str]) -> str:
    near = get_close_matches(key, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else f" (known: {', '.join(known)})"


def _shown(value: Located) -> str:
    return repr(value.content) if isinstance(value.content, str) else value.kind


def _digest(value: Located, default_as_of: date | None) -> str:
    return content_hash("case", repr(_plain(value)), str(default_as_of))


def _plain(value: Located) -> object:
    if isinstance(value.content, tuple):
        return sorted((pair.key, repr(_plain(pair.value))) for pair in value.content)
    return [_plain(item) for item in value.content] if isinstance(value.content, list) else value.content
