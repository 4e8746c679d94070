"""Questions about the collection itself: every count is compared with what was put into the index."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answerers.computed import ComputedAnswerer
from assistant.answerers.computed.writing import MOST_CITED
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.understanding.computing import find_computation
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.mentions import Topic
from vectorstore.query import Filters

ARTICLES = (
    article(
        "siege",
        "Shelling went on near the river. The mayor of Kiev asked for help.",
        title="A city waits",
        publisher="Alder Post",
        published_at=date(2022, 3, 2),
    ),
    article(
        "mayor",
        "Kyiv's mayor spoke on the radio. He thanked the volunteers.",
        title="Mayor speaks",
        publisher="Birch News",
        published_at=date(2022, 5, 9),
    ),
    article(
        "title-only",
        "The lights were switched on at dusk.",
        title="Lights return to Kyiv",
        publisher="Alder Post",
        published_at=date(2023, 1, 8),
    ),
    article("undated", "A recipe for chicken Kiev.", title="Cooking", publisher="Birch News"),
    article(
        "bridge",
        "The bridge was closed. Sanctions on the Turkish firm that built it were lifted in spring.",
        title="Bridge closed",
        publisher="Birch News",
        published_at=date(2021, 1, 1),
    ),
)
TODAY = date(2023, 6, 1)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *ARTICLES)
        yield index


@pytest.fixture
def assistant(index: Index) -> Assistant:
    return Assistant(index, ComputedAnswerer(ExtractiveAnswerer()), today=lambda: TODAY)


def names(ids: list[str]) -> set[str]:
    by_id = {one.id: one.head.title for one in ARTICLES}
    return {by_id[id_] for id_ in ids}


@pytest.mark.parametrize("name", ["Kyiv", "Kiev", "kyiv", "KIEV"])
def test_a_count_is_exact_whichever_spelling_is_asked_for(assistant: Assistant, name: str) -> None:
    answer = assistant.ask(f"How many articles mention {name}?")
    assert (answer.status, answer.short_answer, answer.model) == ("answered", "4 articles", "computed")
    assert {head.title for head in answer.counted} == {
        "A city waits",
        "Mayor speaks",
        "Lights return to Kyiv",
        "Cooking",
    }
    assert {citation.article.id for citation in answer.citations} == {head.id for head in answer.counted}
    assert answer.sentences[0].support == "computed"
    assert "from 2 March 2022 to 8 January 2023" in answer.sentences[0].text


def test_each_counted_article_is_cited_by_the_sentence_that_mentions_it(assistant: Assistant) -> None:
    answer = assistant.ask("How many articles mention Kyiv?")
    quotes = {citation.article.title: citation.quote for citation in answer.citations}
    assert quotes["A city waits"] == "The mayor of Kiev asked for help."
    assert quotes["Mayor speaks"] == "Kyiv's mayor spoke on the radio."
    texts = {one.id: one.text for one in ARTICLES}
    for citation in answer.citations:
        assert texts[citation.article.id][citation.start : citation.end] == citation.quote


def test_the_days_that_a_question_names_and_the_filters_both_narrow(assistant: Assistant) -> None:
    in_2022 = assistant.ask("How many articles mention Kyiv in 2022?")
    assert {head.title for head in in_2022.counted} == {"A city waits", "Mayor speaks"}
    one = assistant.ask("How many articles mention Kyiv in 2022?", filters=Filters(publisher="Birch News"))
    assert one.short_answer == "1 article"
    none = assistant.ask("How many articles mention Kyiv in 2022?", filters=Filters(since=date(2023, 1, 1)))
    assert none.declined


def test_a_list_names_every_article_newest_first(assistant: Assistant) -> None:
    answer = assistant.ask("List all articles that mention Kyiv")
    assert [sentence.text for sentence in answer.sentences[1:]] == [
        "Alder Post, 8 January 2023: Lights return to Kyiv",
        "Birch News, 9 May 2022: Mayor speaks",
        "Alder Post, 2 March 2022: A city waits",
        "Birch News, no date: Cooking",
    ]
    assert answer.text.count("\n") == 4
    assert all(sentence.support == "computed" for sentence in answer.sentences)


def test_the_first_and_the_latest_report_are_dated_and_quoted(assistant: Assistant) -> None:
    first = assistant.ask("When was the first report of Kyiv?")
    assert first.short_answer == "2 March 2022"
    assert first.sentences[1].text == "The mayor of Kiev asked for help."
    assert first.sentences[1].support == "quoted"
    assert first.notices == ("1 article of these states no date.",)
    latest = assistant.ask("What is the latest on Kyiv?")
    assert latest.short_answer == "8 January 2023"


def test_publishers_are_counted_with_their_articles(assistant: Assistant) -> None:
    answer = assistant.ask("Which publishers mentioned Kyiv?")
    assert answer.short_answer == "2 publishers"
    assert [sentence.text.split(",")[0] for sentence in answer.sentences[1:]] == [
        "Alder Post: 2 articles",
        "Birch News: 2 articles",
    ]


def test_about_asks_for_headline_or_opening_in_any_form_of_a_place(assistant: Assistant) -> None:
    answer = assistant.ask("How many articles are about sanctions on Turkey?")
    assert {head.title for head in answer.counted} == {"Bridge closed"}


def test_what_no_article_mentions_is_declined_with_the_nearest(assistant: Assistant) -> None:
    answer = assistant.ask("How many articles mention Quillfeather?")
    assert answer.declined
    assert "no articles that mention “Quillfeather”" in answer.reason
    assert answer.nearest


def test_a_topic_cannot_be_syntax(index: Index) -> None:
    assert index.mentions(Topic.phrase('" OR title : "x')) == []
    assert index.mentions(Topic.phrase("?!")) == []
    assert len(index.mentions(Topic.phrase('"Kyiv"', "Kiev*"))) == 4


def test_beyond_the_limit_all_are_counted_and_the_newest_cited(tmp_path: Path) -> None:
    many = [
        article(f"n{at}", f"Report {at} from Quito.", title=f"Quito {at}") for at in range(MOST_CITED + 7)
    ]
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "many", embedder) as index:
        put(index, embedder, *many)
        assistant = Assistant(index, ComputedAnswerer(ExtractiveAnswerer()), today=lambda: TODAY)
        answer = assistant.ask("How many articles mention Quito?")
    assert answer.short_answer == f"{MOST_CITED + 7} articles"
    assert len(answer.counted) == MOST_CITED + 7
    assert len(answer.citations) == MOST_CITED
    assert answer.notices


@pytest.mark.parametrize(
    "asked",
    [
        "How many articles of the constitution were amended?",
        "What is the latest version of the law?",
        "Who was first to report from Kyiv?",
        "List the countries that joined NATO.",
        "When was the first report of the panel published?",
        "Which newspaper did Murdoch buy?",
    ],
)
def test_questions_about_the_world_are_not_computed(asked: str) -> None:
    assert find_computation(asked) is None


@pytest.mark.parametrize(
    ("asked", "kind", "topic"),
    [
        ("how many stories refer to 'Section 231'?", "count", "Section 231"),
        ("How often is Putin mentioned?", "count", "Putin"),
        ("Which newspapers wrote about beekeeping?", "list", "beekeeping"),
        ("show me every report about NATO", "list", "NATO"),
        ("which article was the first to mention Akgun", "first", "Akgun"),
        ("What are the latest developments in Syria?", "latest", "Syria"),
    ],
)
def test_questions_about_the_collection_are(asked: str, kind: str, topic: str) -> None:
    found = find_computation(asked)
    assert found is not None
    assert (found.kind, found.topic) == (kind, topic)


def test_copies_of_one_report_are_counted_once_but_for_each_publisher(tmp_path: Path) -> None:
    items = (f"The council of Quito met for the {n}th time and agreed on item {n}." for n in range(40))
    words = " ".join(items)
    copied = [
        article(name, words, title="Council meets", publisher=name.title(), published_at=date(2022, 1, day))
        for day, name in enumerate(("alder", "birch", "cedar"), start=1)
    ]
    other = article("other", "Rain fell on Quito all week.", title="Rain", publisher="Alder")
    embedder = WordEmbedder(window_tokens=512)
    with Index.create_or_open(tmp_path / "copies", embedder) as index:
        put(index, embedder, *copied, other)
        assistant = Assistant(index, ComputedAnswerer(ExtractiveAnswerer()), today=lambda: TODAY)
        counted = assistant.ask("How many articles mention Quito?")
        publishers = assistant.ask("Which publishers mentioned Quito?")
    assert counted.short_answer == "2 articles"
    assert counted.notices == ("2 more articles are copies of these and counted once.",)
    assert publishers.short_answer == "3 publishers"
