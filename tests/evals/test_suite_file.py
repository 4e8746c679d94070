"""Suites are read as they were written, and every mistake is reported with its line, all of them at once."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest

from evals.errors import SuiteError, SuiteMissingError
from evals.suite import Suite
from evals.suite_file import built_in_suites, find_suite, read_suite

GOOD = """\
suite: mine
collection: articles
as_of: 2023-01-10
thresholds:
  status_accuracy: 0.9
cases:
  - id: one
    question: Who?
    conversation:
      - Asked live?
      - {question: "Given?", answer: Yes.}
    expect:
      contains: [912, [a, b], {regex: "c+"}, {date: 2020-12-14}]
      articles: [x, [y, z]]
    tags: [t]
  - id: two
    question: No
    as_of: 2024-02-29
    must_decline: true
"""


def written(folder: Path, text: str, name: str = "suite.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(SuiteError) as caught:
        read_suite(path)
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


def test_a_suite_is_read_as_written(tmp_path: Path) -> None:
    suite = read_suite(written(tmp_path, GOOD))
    one, two = suite.cases
    assert suite.name == "mine"
    assert suite.collection == str(tmp_path / "articles")
    assert suite.thresholds == {"status_accuracy": 0.9}
    assert [turn.answer for turn in one.conversation] == [None, "Yes."]
    assert [wanted.label for wanted in one.expect.contains] == ["912", "a or b", "/c+/", "2020-12-14"]
    assert one.expect.articles == (("x",), ("y", "z"))
    assert (one.as_of, two.as_of) == (date(2023, 1, 10), date(2024, 2, 29))
    assert two.question == "No"
    assert two.must_decline
    assert (one.line, two.line) == (7, 16)


def test_every_problem_is_reported_with_its_line(tmp_path: Path) -> None:
    text = """\
suite: mine
thresholds:
  status_acuracy: 0.9
cases:
  - id: one
    question: Who?
    must_decline: perhaps
  - id: one
    question: What?
    expect:
      contain: [x]
  - question: [1, 2]
    expect:
      contains: [{regex: "("}]
  - id: four
    question: Both?
    must_decline: true
    expect: {contains: [x]}
  - id: five
    question: Nothing?
    as_of: 2023-02-30
"""
    problems = problems_of(written(tmp_path, text))
    lines = [int(problem.split(":")[0]) for problem in problems]
    assert "3: thresholds has no key 'status_acuracy' (did you mean 'status_accuracy'?)" in problems
    assert {3, 7, 11, 12, 14, 15, 19, 21} <= set(lines)
    assert "11: expect has no key 'contain' (did you mean 'contains'?)" in problems


def test_a_repeated_id_and_a_repeated_key_are_reported(tmp_path: Path) -> None:
    text = """\
cases:
  - {id: a, question: q, must_decline: true}
  - {id: a, question: q, must_decline: true}
  - id: b
    id: c
    question: q
    must_decline: true
"""
    assert problems_of(written(tmp_path, text)) == [
        "3: case id 'a' was used in line 2 already",
        "5: key 'id' stands twice in a case",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("cases: [", "1: not valid YAML"),
        ("a: b\n  c: d\n", "2: not valid YAML"),
        ("", "1: a suite needs `cases`"),
        ("- 1\n", "1: the suite must be a mapping"),
        ("cases: []\n", "1: a suite needs `cases`"),
        ("cases:\n  - just text\n", "2: a case must be a mapping (key: value), found text"),
    ],
)
def test_a_file_that_is_no_suite_says_so(tmp_path: Path, text: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in problems_of(written(tmp_path, text)))


def test_json_lines_give_the_same_cases_as_yaml(tmp_path: Path) -> None:
    rows = [
        {
            "suite": "mine",
            "collection": "articles",
            "as_of": "2023-01-10",
            "thresholds": {"status_accuracy": 0.9},
        },
        {
            "id": "one",
            "question": "Who?",
            "conversation": ["Asked live?", {"question": "Given?", "answer": "Yes."}],
            "expect": {
                "contains": [912, ["a", "b"], {"regex": "c+"}, {"date": "2020-12-14"}],
                "articles": ["x", ["y", "z"]],
            },
            "tags": ["t"],
        },
        {"id": "two", "question": "No", "as_of": "2024-02-29", "must_decline": True},
    ]
    lines = "\n\n".join(json.dumps(row) for row in rows)
    from_json = read_suite(written(tmp_path, lines, "suite.jsonl"))
    from_yaml = read_suite(written(tmp_path, GOOD))

    def comparable(suite: Suite) -> list[object]:
        return [(case.id, case.expect, case.as_of, case.conversation, case.digest) for case in suite.cases]

    assert comparable(from_json) == comparable(from_yaml)
    assert [case.line for case in from_json.cases] == [3, 5]


def test_json_lines_need_no_head(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "question": "q", "must_decline": true}\n', "plain.jsonl")
    assert read_suite(path).name == "plain"


def test_broken_json_lines_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a"}\n{"id":\n\n{]\n', "suite.jsonl")
    assert [problem.split(":")[0] for problem in problems_of(path)] == ["2", "4"]


def test_a_changed_case_has_another_digest_and_an_equal_one_the_same(tmp_path: Path) -> None:
    before = read_suite(written(tmp_path, GOOD))
    moved = read_suite(written(tmp_path, "# a comment\n" + GOOD))
    after = read_suite(written(tmp_path, GOOD.replace("912", "913")))
    assert [case.digest for case in before.cases] == [case.digest for case in moved.cases]
    assert [old.digest == new.digest for old, new in zip(before.cases, after.cases, strict=True)] == [
        False,
        True,
    ]


def test_an_unknown_name_tells_what_there_is() -> None:
    with pytest.raises(SuiteMissingError, match="samples"):
        find_suite("no-such-suite")


@pytest.mark.parametrize("name", built_in_suites())
def test_built_in_suites_are_valid(name: str) -> None:
    assert find_suite(name).name == name


def test_not_text_and_other_suffixes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"suite: \xff\xfe\xfa")
    assert "not UTF-8" in problems_of(tmp_path / "latin.yaml")[0]
    assert "ends in one of" in problems_of(written(tmp_path, GOOD, "suite.txt"))[0]


def test_the_documented_example_is_a_valid_suite(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "evals.md").read_text("utf-8")
    block = page[page.index("    suite: my-suite") : page.index("An article is named by")]
    suite = read_suite(written(tmp_path, dedent(block)))
    assert [case.id for case in suite.cases] == ["sanctions-date", "not-in-the-articles"]
    assert suite.cases[0].expect.short_answer


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("itself.yaml", "cases: &a [*a]\n", "too deep"),
        ("deep.yaml", f"cases: {'[' * 3000}{']' * 3000}\n", "too deep"),
        ("deep.jsonl", "[" * 200_000 + "\n", "too deep"),
        ("half.jsonl", '{"id": "a", "question": "\\ud800 who?", "must_decline": true}\n', "half a character"),
    ],
)
def test_what_no_suite_can_hold_is_told_as_a_mistake(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SuiteError, match=told):
        read_suite(tmp_path / name)


def test_aliases_of_aliases_are_not_written_out(tmp_path: Path) -> None:
    """Ten to the power of nine values, were each alias written out."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise("abcdefghi"):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    (tmp_path / "many.yaml").write_text("\n".join([*lines, "cases: *i"]), "utf-8")
    with pytest.raises(SuiteError, match="millions of values"):
        read_suite(tmp_path / "many.yaml")
