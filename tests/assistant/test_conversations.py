"""Questions in a conversation: what is taken over into the search, and when nothing is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.conversation import Conversation
from assistant.understanding import understand
from assistant.understanding.context import MOST_TERMS, context_of, texts_to_compare, words_as_written
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.keywords import WEIGHT_STEPS, weighted_terms
from vectorstore.mixing import TEXTS_REMEMBERED, RememberedVectors, mixed_vector
from vectorstore.query import Context, Filters, Query

TALK = Conversation.from_pairs(
    [
        ("What is the Alder bridge made of?", "The Alder bridge is made of oak."),
        ("Who designed it?", "Maria Lopez designed the bridge. Lopez had studied in Lisbon."),
    ]
)
TODAY = date(2023, 6, 1)


def near(similarity: float):  # type: ignore[no-untyped-def]
    def similarities(text: str, others: Sequence[str]) -> list[float]:
        return [similarity] * len(others)

    return similarities


def test_words_of_the_last_answer_weigh_most_where_they_are_repeated_and_early() -> None:
    context = context_of("When did that happen?", TALK)
    assert context is not None
    weights = dict(context.terms)
    assert weights["lopez"] > weights["maria"] > weights.get("lisbon", 0)
    assert all(0 < weight <= 1 for weight in weights.values())


def test_words_of_the_question_itself_and_empty_words_are_not_added() -> None:
    context = context_of("Who is Lopez?", TALK)
    assert context is not None
    assert not {"lopez", "the", "in", "had"} & {term for term, _ in context.terms}


def test_every_turn_that_counts_has_a_weight_below_the_questions_own() -> None:
    context = context_of("And then?", TALK)
    assert context is not None
    assert {text for text, _ in context.texts} == {
        part for turn in TALK.turns for part in (turn.question, turn.answer_text)
    }
    assert all(0 < weight < 1 for _, weight in context.texts)


def test_long_turns_are_cut_and_terms_limited() -> None:
    long = Conversation.from_pairs([("Tell me", " ".join(f"word{n} word{n}" for n in range(5000)))])
    context = context_of("More?", long)
    assert context is not None
    assert len(context.terms) <= MOST_TERMS
    assert all(len(text) <= 1_500 for text, _ in context.texts)
    assert all(len(text) <= 1_500 for text in texts_to_compare(long))


def test_a_first_question_has_no_context() -> None:
    assert context_of("Why?", Conversation()) is None
    assert understand("Why?", Conversation(), Filters(), TODAY, near(0.9)).context is None


def test_a_question_about_something_else_is_left_alone_and_a_leaning_one_never() -> None:
    other = "Which team won the football cup in Norway?"
    assert understand(other, TALK, Filters(), TODAY, near(0.05)).context is None
    assert understand(other, TALK, Filters(), TODAY, near(0.3)).context is None
    assert understand(other, TALK, Filters(), TODAY, near(0.4)).context is not None
    assert understand("Which team painted the bridge?", TALK, Filters(), TODAY, near(0.3)).context is not None
    assert understand("When was she born?", TALK, Filters(), TODAY, near(0.0)).context is not None


def test_what_is_taken_over_is_said() -> None:
    understood = understand("Where was the oak bought?", TALK, Filters(), TODAY, near(0.3))
    assert understood.context is not None
    assert "(designed, bridge, Lopez, Maria, Alder)" in understood.understood


def test_what_is_taken_over_is_shown_as_it_was_written() -> None:
    talk = Conversation.from_pairs(
        [("why was turkey sanctioned?", "Sanctions hit Turkey. Turkey's SSB bought missiles; missiles fly.")]
    )
    context = context_of("Where are they?", talk)
    assert context is not None
    shown = words_as_written(context, talk, MOST_TERMS)
    assert {"Turkey", "SSB", "missiles"} <= set(shown)
    assert "turkey" not in shown
    assert len(words_as_written(context, talk, 2)) == 2


def test_a_swapped_name_makes_a_whole_question_that_needs_no_context() -> None:
    talk = Conversation.from_pairs([("When did Finland join NATO?", "Finland joined NATO on 4 April 2023.")])
    understood = understand("And Sweden?", talk, Filters(), TODAY, near(0.9))
    assert (understood.text, understood.context) == ("When did Sweden join NATO?", None)


def test_the_search_finds_what_only_the_conversation_names(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    wanted = article("lopez", "Lopez was born in Porto in 1960.", title="A life")
    others = [article(f"born{n}", f"Person {n} was born in town {n}.", title="Lives") for n in range(12)]
    context = Context((("Maria Lopez designed the bridge.", 0.4),), (("lopez", 0.5),))
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *others, wanted)
        alone = index.search(Query("When was she born?"), 3)
        found = index.search(Query("When was she born?", context=context), 3)
    assert found[0].article.id == wanted.id
    assert alone[0].article.id != wanted.id


def test_other_spellings_are_searched_for_too(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    kiev = article("kiev", "Trams run again in Kiev.", title="Trams")
    others = [article(f"t{n}", f"Trams run in town {n}.", title="Trams") for n in range(12)]
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *others, kiev)
        found = index.search(Query("Do trams run in Kyiv?", also=("Kiev",)), 3)
    assert found[0].article.id == kiev.id


def test_terms_are_repeated_by_weight() -> None:
    assert weighted_terms("oak bridges", []) == ["oak", "bridges"]
    terms = weighted_terms("oak", [("elm", 0.5), ("oak", 0.5), ("ash", 0.01)])
    assert (terms.count("oak"), terms.count("elm"), terms.count("ash")) == (
        WEIGHT_STEPS,
        WEIGHT_STEPS // 2,
        0,
    )


def test_a_mixed_vector_has_length_one_and_leans_to_what_weighs_more() -> None:
    embedder = WordEmbedder()
    own = embedder.encode_query("bridge")
    mixed = mixed_vector(own, Context((("ferry", 0.5),)), embedder.encode_query)
    assert np.linalg.norm(mixed) == pytest.approx(1.0, abs=1e-5)
    assert (
        float(mixed @ own)
        > float(mixed @ embedder.encode_query("ferry"))
        > float(own @ embedder.encode_query("ferry"))
    )
    assert mixed_vector(own, None, embedder.encode_query) is own


def test_vectors_are_encoded_once_and_the_oldest_forgotten() -> None:
    embedder, remembered, encoded = WordEmbedder(), RememberedVectors(), []

    def encode(text: str):  # type: ignore[no-untyped-def]
        encoded.append(text)
        return embedder.encode_query(text)

    remembered.of("first", encode)
    remembered.of("first", encode)
    assert encoded == ["first"]
    for number in range(TEXTS_REMEMBERED):
        remembered.of(str(number), encode)
    remembered.of("first", encode)
    assert encoded.count("first") == 2
