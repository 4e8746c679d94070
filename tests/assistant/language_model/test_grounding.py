"""How far a sentence is carried by the passages it cites, and which sentence of each is quoted for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerers.language_model.grounding import ground
from ingest.sentences import split_sentences
from tests.assistant.language_model.world import BREAD, PASSAGES, SANCTIONS, TALKS

SANCTIONED, MET, BAKED = PASSAGES


@pytest.mark.parametrize(
    ("sentence", "passage", "support"),
    [
        ("The United States imposed sanctions on Turkey's procurement agency.", SANCTIONED, "supported"),
        (
            "The US sanctioned Turkey's agency because it bought Russian S-400 systems.",
            SANCTIONED,
            "supported",
        ),
        ("The sanctions were imposed in 2020 on a Turkish defence agency.", SANCTIONED, "supported"),
        ("Turkey said that it would not step back.", SANCTIONED, "supported"),
        ("Turkey said that it would step back.", SANCTIONED, "partial"),
        ("The United States and France imposed sanctions on Turkey's agency.", SANCTIONED, "partial"),
        ("They met in Moscow on 28 December 2022 for 7 hours.", MET, "partial"),
        ("They had not met for eleven years.", MET, "supported"),
        ("They had not met for 12 years.", MET, "unsupported"),
        ('Akar spoke of "a constructive meeting".', MET, "supported"),
        ('Akar spoke of "a very constructive meeting".', MET, "partial"),
        ("The loaf bakes for 2 hours at 160 degrees.", BAKED, "supported"),
        ("The loaf bakes for 2 hours at 160 degrees.", MET, "unsupported"),
        ("France won the World Cup.", SANCTIONED, "unsupported"),
    ],
)
def test_support(sentence: str, passage: object, support: str) -> None:
    assert passage in PASSAGES
    assert ground(sentence, [passage]).support == support  # type: ignore[list-item]


def test_a_sentence_that_cites_nothing_stands_on_nothing() -> None:
    grounding = ground("Rye bread needs a sourdough.", ())
    assert (grounding.quotes, grounding.support) == ((), "unsupported")


def test_two_passages_carry_a_sentence_together() -> None:
    sentence = "Sanctions were imposed on Turkey's agency, and ministers of Turkey and Syria met in Moscow."
    assert ground(sentence, [SANCTIONED, MET]).support == "supported"
    assert ground(sentence, [MET]).support == "partial"
    assert [quote.passage for quote in ground(sentence, [SANCTIONED, MET]).quotes] == [SANCTIONED, MET]


@given(st.text(max_size=200), st.lists(st.sampled_from(PASSAGES), unique=True))
def test_every_cited_passage_gives_one_whole_sentence_verbatim(sentence: str, cited: list[object]) -> None:
    quotes = ground(sentence, cited).quotes  # type: ignore[arg-type]
    assert [quote.passage for quote in quotes] == cited
    for quote in quotes:
        text = quote.passage.passage.text
        assert (quote.start, quote.end) in {(span.start, span.end) for span in split_sentences(text, "en")}


@pytest.mark.parametrize("text", [SANCTIONS, TALKS, BREAD])
def test_a_passages_own_sentences_are_supported_by_themselves(text: str) -> None:
    passage = next(found for found in PASSAGES if found.passage.text == text)
    for span in split_sentences(text, "en"):
        grounding = ground(text[span.start : span.end], [passage])
        assert grounding.support == "supported"
        assert [(quote.start, quote.end) for quote in grounding.quotes] == [(span.start, span.end)]
