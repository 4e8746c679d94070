"""Passages: exact, complete, whole sentences, and never above the window."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.passage import Passage
from ingest.sentences import paragraph_spans, split_sentences
from ingest.splitting import SplitSettings, embedding_text, embedding_title, split_article
from tests.ingest.counting import count_pairs, count_words_and_marks, count_worse_together

COUNTERS = st.sampled_from([count_words_and_marks, count_pairs, count_worse_together])
SETTINGS = st.builds(
    SplitSettings, window_tokens=st.sampled_from([16, 40, 256]), target_words=st.sampled_from([1, 7, 40, 150])
)
PIECES = st.sampled_from(
    ["The talks ended.", "He left.", "Why?", "word", "x" * 90, "\n\n", "\n", "Heading\n\n", "- item\n",
     "你好。", "😀", "One two three four five six seven eight nine ten eleven twelve thirteen fourteen. "]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map(" ".join).filter(str.strip)
TITLES = st.sampled_from(["", "A title", "word " * 80 + "end", "y" * 500])


def article(text: str, title: str = "A title", location: str = "file:///a.txt") -> Article:
    return Article.create(location=location, title=title, text=text)


def pieces(passages: list[Passage]) -> list[str]:
    return [passage.text for passage in passages]


@given(TEXTS, TITLES, COUNTERS, SETTINGS)
def test_passages_are_exact_ordered_and_cover_the_text(
    text: str, title: str, count: Callable[[str], int], settings: SplitSettings
) -> None:
    one = article(text, title)
    end = 0
    for passage in split_article(one, count, settings):
        assert one.text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert end <= passage.start
        assert not one.text[end : passage.start].strip()
        end = passage.end
    assert not one.text[end:].strip()


@given(TEXTS, TITLES, COUNTERS, SETTINGS)
def test_title_and_passage_never_exceed_the_window(
    text: str, title: str, count: Callable[[str], int], settings: SplitSettings
) -> None:
    one = article(text, title)
    short = embedding_title(title, count, settings.window_tokens)
    for passage in split_article(one, count, settings):
        assert count(embedding_text(short, passage.text)) <= settings.window_tokens


@given(TEXTS, COUNTERS, SETTINGS)
def test_only_a_sentence_that_fits_no_passage_is_cut(
    text: str, count: Callable[[str], int], settings: SplitSettings
) -> None:
    one = article(text, "")
    passages = split_article(one, count, settings)
    borders = {passage.start for passage in passages[1:]}
    for sentence in split_sentences(text):
        part = text[sentence.start : sentence.end]
        fits = count(part) <= settings.window_tokens and len(part) <= 12 * settings.target_words
        assert not (fits and any(sentence.start < border < sentence.end for border in borders))


@given(TEXTS, COUNTERS, SETTINGS)
def test_several_sentences_never_have_more_words_than_the_target(
    text: str, count: Callable[[str], int], settings: SplitSettings
) -> None:
    starts = {sentence.start for sentence in split_sentences(text)}
    for passage in split_article(article(text, ""), count, settings):
        inner = [start for start in starts if passage.start < start < passage.end]
        assert not inner or len(passage.text.split()) <= settings.target_words


@given(TEXTS, TITLES, COUNTERS, SETTINGS)
def test_the_same_article_gives_the_same_passages(
    text: str, title: str, count: Callable[[str], int], settings: SplitSettings
) -> None:
    assert split_article(article(text, title), count, settings) == split_article(
        article(text, title), count, settings
    )


@given(TEXTS)
def test_ids_differ_within_an_article_and_between_articles(text: str) -> None:
    settings = SplitSettings(target_words=7)
    here = [passage.id for passage in split_article(article(text), count_words_and_marks, settings)]
    there = [
        passage.id
        for passage in split_article(article(text, location="file:///b.txt"), count_words_and_marks, settings)
    ]
    assert len({*here, *there}) == len(here) + len(there)


def test_short_paragraphs_join_and_long_ones_end_passages() -> None:
    short = "The talks ended late. Nobody spoke."
    long = " ".join(["The ministers of both countries met again in the capital."] * 3)
    text = f"{short}\n\n{short}\n\n{long}\n\n{long}"
    passages = split_article(article(text), count_words_and_marks, SplitSettings(target_words=32))
    assert pieces(passages) == [f"{short}\n\n{short}", long, long]


def test_a_heading_stays_with_what_it_heads() -> None:
    paragraph = " ".join(["The ministers of both countries met again."] * 4)
    text = f"{paragraph}\n\nWhat comes next\n\n{paragraph}"
    passages = split_article(article(text), count_words_and_marks, SplitSettings(target_words=32))
    assert pieces(passages) == [paragraph, f"What comes next\n\n{paragraph}"]


def test_a_cut_within_a_paragraph_is_avoided_where_paragraphs_fit() -> None:
    paragraph = " ".join(["The two ministers met again today."] * 3)
    text = "\n\n".join([paragraph] * 5)
    passages = split_article(article(text), count_words_and_marks, SplitSettings(target_words=50))
    borders = {span.start for span in paragraph_spans(text)}
    assert len(passages) == 3
    assert all(passage.start in borders for passage in passages)


def test_a_long_sentence_is_cut_at_word_borders() -> None:
    text = "word " * 400 + "end."
    passages = split_article(article(text, ""), count_words_and_marks, SplitSettings(window_tokens=64))
    assert len(passages) > 5
    assert " ".join(pieces(passages)) == text


def test_a_word_longer_than_the_window_is_cut_at_characters() -> None:
    text = "x" * 5_000
    passages = split_article(article(text, ""), count_words_and_marks, SplitSettings(window_tokens=64))
    assert "".join(pieces(passages)) == text


def test_a_long_title_is_cut_at_a_word_border_to_a_quarter_of_the_window() -> None:
    short = embedding_title("word " * 100, count_words_and_marks, 64)
    assert short == " ".join(["word"] * 14)
    assert embedding_title("A title", count_words_and_marks, 64) == "A title"


def test_a_title_stands_on_a_line_of_its_own() -> None:
    assert embedding_text("A title", "Text.") == "A title\nText."
    assert embedding_text("", "Text.") == "Text."


def test_a_window_without_room_for_a_character_is_an_error() -> None:
    def greedy(text: str) -> int:
        return 2 + 20 * len(text)

    with pytest.raises(ValueError, match="no room"):
        split_article(article("Text.", ""), greedy, SplitSettings(window_tokens=16))


@pytest.mark.parametrize("settings", [{"window_tokens": 1}, {"target_words": 0}])
def test_settings_too_small_to_mean_anything_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="too small"):
        SplitSettings(**settings)


@pytest.mark.parametrize("unit", ["a", "word ", "a. ", "你好。", "- a\n"])
def test_a_text_of_many_tiny_or_no_sentences_is_split(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    passages = split_article(article(text, ""), count_words_and_marks)
    assert "".join(pieces(passages)).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace(
        "\n", ""
    )
