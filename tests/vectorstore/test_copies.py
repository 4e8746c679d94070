"""Articles that are one report have one group, whatever the order in which they come and go."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.article import Article
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.query import Query
from vectorstore.sketches import Wording, are_copies

FLOOD = (
    "Twelve people died when the river Alder burst its banks on Monday night, the county said. "
    "Firefighters brought more than two hundred residents of the lower town to safety in boats. "
    "The mayor asked people to stay away from the bridges until engineers have looked at them. "
    "Rain is expected to go on until Thursday, according to the weather service in Oslo."
)
EDITED = FLOOD.replace("Twelve", "Thirty-one").replace("more than two hundred", "about three hundred")
CUT = FLOOD[: FLOOD.index("The mayor")]
OTHER = (
    "The Alder burst its banks on Monday, and the lower town is under water. Hundreds left their homes. "
    "An insurer puts the damage at forty million. Farmers upstream lost most of their winter wheat."
)
NOTICE = "We use your details to manage your registration, and you agree to their storage here."


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        yield made


def groups(index: Index) -> list[set[str]]:
    """The locations of the articles, by group; those without one are left out."""
    heads = [head for head in index.articles() if head.copy_group]
    names = {head.copy_group for head in heads}
    return [
        {head.location[5:] for head in heads if head.copy_group == name} for name in sorted(map(str, names))
    ]


def reports() -> list[Article]:
    return [
        article("wire", FLOOD, title="Twelve die in Alder flood", publisher="Wire"),
        article("daily", EDITED, title="Alder flood: thirty-one die", publisher="Daily"),
        article("brief", CUT, title="Deadly flood in Alder", publisher="Brief"),
        article("own", OTHER, title="Alder under water", publisher="Own"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_copies_have_one_group_in_whatever_order_they_come(index: Index, order: tuple[int, ...]) -> None:
    articles = [reports()[number] for number in order]
    put(index, WordEmbedder(), *articles)
    assert groups(index) == [{"wire", "daily", "brief"}]
    first = next(one for one in articles if "own" not in one.head.location)
    assert {head.copy_group for head in index.articles()} == {first.id, None}
    others = {head.location for head in index.copies_of(reports()[0].id)}
    assert others == {"test:daily", "test:brief"}
    assert index.copies_of(reports()[3].id) == []


def test_a_copy_that_changes_or_goes_leaves_its_group(index: Index) -> None:
    put(index, WordEmbedder(), *reports())
    put(index, WordEmbedder(), article("daily", OTHER, title="Alder under water", publisher="Daily"))
    assert sorted(map(sorted, groups(index))) == [["brief", "wire"], ["daily", "own"]]
    with index.writer() as writer:
        writer.remove(reports()[0].id)
    assert groups(index) == [{"daily", "own"}]


def test_a_bridge_that_goes_parts_what_it_joined(index: Index) -> None:
    words = [f"word{number}" for number in range(400)]
    left, both, right = (" ".join(words[start : start + 200]) for start in (0, 50, 110))
    for name, text in (("left", left), ("right", right), ("both", both)):
        put(index, WordEmbedder(), article(name, text, title="The words of the day"))
    assert groups(index) == [{"left", "both", "right"}]
    with index.writer() as writer:
        writer.remove(article("both", "x").id)
    assert groups(index) == []


def test_the_same_notice_under_other_titles_is_no_copy() -> None:
    one = Wording.of("Will Ukraine join the union?", NOTICE)
    other = Wording.of("Highs and lows of a prime minister", NOTICE)
    assert not are_copies(one, other)
    named = [
        Wording.of(f"{title} | The Week", NOTICE) for title in ("Crisis", "Will Ukraine join the union?")
    ]
    assert not are_copies(*named)
    assert are_copies(one, Wording.of("Will Ukraine join the union this year?", NOTICE))


def test_shared_paragraphs_after_another_opening_are_no_copy() -> None:
    gallery = " ".join(f"Picture {number} shows the royal family in {number}." for number in range(100))
    opened = [" ".join(f"{name}{number}" for number in range(150)) for name in ("king", "queen")]
    one, other = (Wording.of("The royal family", f"{opening} {gallery}") for opening in opened)
    assert len(one.runs & other.runs) >= 0.65 * len(one.runs)
    assert not are_copies(one, other)
    assert are_copies(one, Wording.of("The royal family", f"{opened[0]} {gallery} More news."))


def test_passages_of_copies_that_are_cut_elsewhere_show_once(index: Index) -> None:
    spelled = ["".join("abcdefghij"[int(digit)] for digit in str(number)) for number in range(200)]
    words, own = ([f"{begin}{end}" for end in spelled] for begin in ("word", "own"))
    shared = " ".join(words[100:])
    one = f"{' '.join(words[:100])}\n\n{shared}"
    other = f"{' '.join(words[:40])}\n\n{' '.join(words[40:100] + own[:40])}\n\n{shared}"
    apart = f"{' '.join(own[100:])}\n\n{' '.join(words[40:100] + own[40:80])}"
    for name, text in (("one", one), ("other", other), ("apart", apart)):
        put(index, WordEmbedder(), article(name, text, title="The words"))
    assert groups(index) == [{"one", "other"}]
    results = index.search(Query(" ".join(words[50:90])), 10)
    told = [found.article.location for found in results if words[60] in found.passage.text]
    assert sorted(told) in (["test:apart", "test:one"], ["test:apart", "test:other"])
