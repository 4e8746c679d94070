"""Copies of one report are one source: cited once, and neither agreeing with nor contradicting each other."""

from dataclasses import replace

import pytest

from assistant.answerers.base import Draft
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.reading import read
from assistant.answerers.versions import source_of
from ingest.article import Article
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage


def passages(*articles: Article, copies: bool) -> list[RetrievedPassage]:
    """Each article as one passage; the first two copies of one report or not."""
    found = whole_passages(articles)
    group = found[0].article.id if copies else None
    return [
        replace(item, article=replace(item.article, copy_group=group)) if at < 2 else item
        for at, item in enumerate(found)
    ]


def draft_of(question: str, *articles: Article, copies: bool) -> Draft:
    found = passages(*articles, copies=copies)
    return ExtractiveAnswerer().answer(asked(question), found, MadeEvidence(articles))


def cited(draft: Draft) -> list[set[str]]:
    return [{quote.passage.article.title for quote in sentence.quotes} for sentence in draft.sentences]


CLOSED = (
    made_article(
        "The council closed the Alder bridge in March 2019 because rust had weakened its cables.", "one"
    ),
    made_article(
        "The council closed the Alder bridge in March 2019 after rust had badly weakened its cables.", "two"
    ),
    made_article(
        "Engineers say that the council closed the Alder bridge in March 2019, cables rusted.", "three"
    ),
)


@pytest.mark.parametrize(
    ("copies", "sources"),
    [(True, {"Report one", "Report three"}), (False, {"Report one", "Report two", "Report three"})],
)
def test_independent_reports_are_cited_together_and_copies_are_not(copies: bool, sources: set[str]) -> None:
    draft = draft_of("When was the Alder bridge closed?", *CLOSED, copies=copies)
    assert cited(draft) == [sources]


@pytest.mark.parametrize("copies", [True, False])
def test_only_independent_reports_disagree(copies: bool) -> None:
    articles = (
        made_article("The flood in Alder killed 12 people, police said.", "one"),
        made_article("The flood in Alder killed 31 people, the police said later.", "two"),
    )
    draft = draft_of("How many people did the flood in Alder kill?", *articles, copies=copies)
    assert bool(draft.notices) is not copies
    assert len(draft.sentences) == (1 if copies else 2)


def test_two_copies_do_not_outvote_another_report() -> None:
    articles = (
        made_article("The flood in Alder killed 12 people, police said.", "one"),
        made_article("The flood in Alder killed 12 people, said police.", "two"),
        made_article("The flood in Alder killed 31 people, a doctor said.", "three"),
    )

    def votes(copies: bool) -> dict[str, float]:
        found = passages(*articles, copies=copies)
        reading = read(
            asked("How many people did the flood in Alder kill?"), found, MadeEvidence(articles), {}
        )
        return {item.spans[0].key: item.features.votes for item in reading.ranked if item.spans}

    assert votes(False)["12"] > votes(False)["31"]
    assert votes(True)["12"] == votes(True)["31"]


def test_a_sentence_is_not_told_again_from_a_copy() -> None:
    articles = (
        made_article(
            "The Alder bridge was closed because rust had weakened its eastern cables badly.", "one"
        ),
        made_article(
            "The Alder bridge was closed because rust weakened its eastern cables, divers and masons found.",
            "two",
        ),
    )
    draft = draft_of("Why was the Alder bridge closed?", *articles, copies=True)
    assert len(draft.sentences) == 1


def test_articles_of_one_story_have_one_source() -> None:
    at = {"url": "https://alder.example/flood", "publisher": "Alder Daily"}
    one, two = made_article("a", "one", **at).head, made_article("b", "two", **at).head
    assert source_of(one) == source_of(two)
    assert source_of(replace(one, publisher="Birch Daily")) != source_of(two)
    assert source_of(replace(one, copy_group="g")) == source_of(replace(two, url=None, copy_group="g"))
    assert source_of(made_article("a", "one").head) != source_of(made_article("b", "two").head)
