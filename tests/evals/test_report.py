"""The page stands alone, escapes everything, and marks the quotes in what was retrieved."""

import json
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evals.marking import marked
from evals.opinion import Opinion
from evals.runner import RunSettings, run_suite
from evals.suite import Case
from ingest.article import Article
from tests.evals.fakes import QUESTIONS, TownSubject, always, changed, town_suite
from tests.evals.test_runner import silent

VICIOUS = "<script>alert(1)</script>"


class Tags(HTMLParser):
    """Gathers tag names, attributes and the text inside mark elements."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str | None] = []
        self.marks: list[str] = []
        self._marking = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action"}]
        self._marking = tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._marking = False

    def handle_data(self, data: str) -> None:
        if self._marking:
            self.marks.append(data)


def page(folder: Path, subject: TownSubject, text: str) -> str:
    run_suite(town_suite(folder, text), subject, folder / "run", RunSettings(), silent)
    return (folder / "run" / "report.html").read_text("utf-8")


def test_nothing_in_articles_or_suites_becomes_markup(tmp_path: Path) -> None:
    mill = Article.create(
        location="town:mill.md", title=f"Mill {VICIOUS}", text=f"The mill of Birk {VICIOUS} burnt in 1904."
    )
    bridge = Article.create(location="town:bridge.md", title="Bridge", text="Unlike a bridge.")
    text = QUESTIONS.replace("burnt down?", f"burnt down, {VICIOUS}?").replace('["1904"]', f'["{VICIOUS}"]')
    html = page(tmp_path, TownSubject([mill, bridge]), text)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_hostile_text_is_inert_wherever_it_stands(tmp_path: Path) -> None:
    """In ids, tags, words about the suite, names of models, answers, errors and verdicts of a judge."""
    hostile = """</title></style></svg><img src=x onerror=alert(1)>'"{{ 7 * 7 }}{% raw %}"""
    text = QUESTIONS
    for plain in ("id: opened", "id: king", "id: burnt", "tags: [mill]"):
        key, _, value = plain.partition(": ")
        listed = value.startswith("[")
        quoted = json.dumps(f"{value.strip('[]')}{hostile}")
        text = text.replace(plain, f"{key}: [{quoted}]" if listed else f"{key}: {quoted}")
    text = f"about: {json.dumps(hostile)}\nsuite: {json.dumps(hostile)}\n" + text.partition("\n")[2]
    subject = changed(
        TownSubject(model=hostile), declines=always(False), short_answer=lambda sentence: sentence + hostile
    )

    class Judge:
        def identity(self) -> dict[str, str]:
            return {"model": hostile}

        def opinion(self, case: Case, reply: object) -> Opinion:
            return Opinion(None, None, hostile)

    options = RunSettings(judge=Judge())
    run_suite(town_suite(tmp_path, text), subject, tmp_path / "run", options, silent)
    html = (tmp_path / "run" / "report.html").read_text("utf-8")
    tags = Tags()
    tags.feed(html)
    assert tags.addresses == []
    assert not tags.names & {"script", "img", "a", "form", "iframe", "link"}
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in html
    assert html.count("<svg") == html.count("</svg>") > 0
    assert html.count("</style>") == 1


def test_the_page_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    tags = Tags()
    tags.feed(page(tmp_path, TownSubject(), QUESTIONS))
    assert tags.addresses == []
    assert not tags.names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}


def test_a_failed_case_shows_expected_shown_and_retrieved_with_the_quote_marked(tmp_path: Path) -> None:
    subject = changed(TownSubject(), declines=always(False))
    html = page(tmp_path, subject, QUESTIONS.replace('contains: ["1904"]', 'contains: ["1905"]'))
    tags = Tags()
    tags.feed(html)
    assert "When was the mill of Birk burnt down?" in html
    assert "not said: 1905" in html
    assert "expected a declined question, the status is answered" in html
    quote = "The mill of Birk <b>burnt</b> down in 1904."
    assert tags.marks.count(quote) == 2


def test_a_broken_question_shows_its_error(tmp_path: Path) -> None:
    def broken(case: object) -> None:
        raise ValueError(VICIOUS)

    html = page(tmp_path, changed(TownSubject(), ask=broken), QUESTIONS)
    assert "ValueError: &lt;script&gt;" in html


@given(st.text(alphabet="abx ", max_size=40), st.lists(st.text(alphabet="abx ", max_size=5), max_size=4))
def test_pieces_join_to_the_text_and_mark_exactly_the_quotes(text: str, quotes: list[str]) -> None:
    pieces = marked(text, quotes)
    assert "".join(piece.text for piece in pieces) == text
    assert all(first.marked != second.marked for first, second in pairwise(pieces))
    inside = {
        place
        for quote in quotes
        if quote
        for start in range(len(text))
        if text.startswith(quote, start)
        for place in range(start, start + len(quote))
    }
    assert sum(len(piece.text) for piece in pieces if piece.marked) == len(inside)
