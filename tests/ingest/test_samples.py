"""The sample collection is complete, honest about itself, and holds the difficulties that it promises."""

import os
import re
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import frontmatter
import pytest

from ingest.samples import sample_files

NOTES = {
    f"Written for Footnote's sample collection; {truth}"
    for truth in (
        "the facts are from the public record, the publisher is invented.",
        "the town, its people and the publisher are invented.",
    )
}
POSTS: dict[str, Any] = {
    entry.name.removesuffix(".md"): frontmatter.loads(entry.read_text("utf-8")) for entry in sample_files()
}
BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED = Path(os.environ.get("FOOTNOTE_DATA", BESIDE_THE_CHECKOUT)).parent / "seed" / "turkey_syria_talks.txt"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def day(value: object) -> date:
    assert isinstance(value, date)
    return value.date() if isinstance(value, datetime) else value


def holding(phrase: str) -> set[str]:
    return {name for name, post in POSTS.items() if phrase in post.content}


def test_the_files_are_sorted_and_only_articles() -> None:
    names = [entry.name for entry in sample_files()]
    assert names == sorted(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.md", name) for name in names)


def test_there_are_at_least_thirty_articles() -> None:
    assert len(POSTS) >= 30


@pytest.mark.parametrize("name", POSTS)
def test_every_article_says_what_it_is(name: str) -> None:
    post = POSTS[name]
    assert post["title"].strip()
    assert re.search(r"\b(Sample|Örnek)\b", post["publisher"])
    assert post["language"] in {"en", "tr"}
    assert post["note"] in NOTES
    assert date(2014, 1, 1) <= day(post["published"]) <= date(2024, 12, 31)
    assert day(post.get("modified", post["published"])) >= day(post["published"])


@pytest.mark.parametrize("name", POSTS)
def test_every_address_is_reserved_and_dated_as_the_article(name: str) -> None:
    post = POSTS[name]
    address = urlsplit(post["url"])
    assert address.scheme == "https"
    assert str(address.hostname).endswith(".example")
    assert address.path.startswith(day(post["published"]).strftime("/%Y/%m/"))


def test_a_host_belongs_to_one_publisher() -> None:
    pairs = {(urlsplit(post["url"]).hostname, post["publisher"]) for post in POSTS.values()}
    assert len(pairs) == len({host for host, _ in pairs}) == len({publisher for _, publisher in pairs})


@pytest.mark.parametrize("name", POSTS)
def test_every_body_is_a_short_article_of_several_paragraphs(name: str) -> None:
    paragraphs = POSTS[name].content.split("\n\n")
    assert 120 <= len(POSTS[name].content.split()) <= 350
    assert len(paragraphs) >= 4
    for paragraph in paragraphs:
        assert "\n" not in paragraph
        assert paragraph.rstrip('"')[-1] in ".?!"


def test_no_sentence_of_the_seed_was_taken_over() -> None:
    if not SEED.is_file():
        pytest.skip(f"no seed text at {SEED}")
    seed = runs(SEED.read_text("utf-8"), 7)
    assert seed
    for name, post in POSTS.items():
        shared = seed & runs(f"{post['title']}\n{post.content}", 7)
        assert not shared, f"{name} repeats {shared}"


def test_nothing_tells_who_won_the_2018_world_cup() -> None:
    for name, post in POSTS.items():
        text = f"{post['title']}\n{post.content}"
        if "World Cup" in text:
            assert "2018" not in text, name
            assert not re.search(r"holders|defending champion|back-to-back|retain|reigning", text), name


def test_both_years_of_the_sanctions_are_claimed() -> None:
    assert holding("American sanctions in 2017") == {"us-kurdish-forces-and-the-thaw"}
    assert "us-sanctions-turkish-defense-agency" in holding("December 14, 2020")


def test_the_syndicated_story_changes_its_headline_and_little_else() -> None:
    first, second = POSTS["grain-deal-signed-in-istanbul"], POSTS["black-sea-ports-to-reopen"]
    assert first["title"] != second["title"]
    assert first["publisher"] != second["publisher"]
    assert first.content != second.content
    assert SequenceMatcher(None, words(first.content), words(second.content), autojunk=False).ratio() > 0.95


def test_no_other_two_articles_are_as_alike() -> None:
    shingles = {name: runs(post.content, 4) for name, post in POSTS.items()}
    alike = {
        frozenset((one, other))
        for one in shingles
        for other in shingles
        if one < other and len(shingles[one] & shingles[other]) > 0.5 * len(shingles[other])
    }
    assert alike == {frozenset(("grain-deal-signed-in-istanbul", "black-sea-ports-to-reopen"))}


def test_the_update_replaces_its_first_version_at_the_same_address() -> None:
    first, second = POSTS["earthquake-turkey-syria"], POSTS["earthquake-turkey-syria-update"]
    for key in ("url", "publisher", "published"):
        assert first[key] == second[key]
    assert "modified" not in first
    assert second["modified"] > second["published"]
    assert first.content != second.content


def test_no_other_two_articles_share_an_address() -> None:
    assert len({post["url"] for post in POSTS.values()}) == len(POSTS) - 1


def test_two_publishers_count_the_dead_in_syria_differently() -> None:
    assert holding("5,914") == {"earthquake-turkey-syria-update"}
    assert holding("6,760") == {"syria-earthquake-toll-monitor"}


def test_one_article_is_in_turkish_and_spellings_differ() -> None:
    assert [name for name, post in POSTS.items() if post["language"] == "tr"] == ["abd-s-400-yaptirimlari"]
    for spelling in ("Turkey", "Türkiye", "Kyiv", "Kiev", "Erdogan", "Erdoğan"):
        assert holding(spelling), spelling
