"""Quotes are checked against the article, numbered, and dropped when they fail."""

from dataclasses import replace

from assistant.answerers.base import Draft, DraftSentence, QuoteRef
from assistant.citing import cite
from ingest.places import Place
from tests.assistant.made_passages import BRIDGE, PRIZE, MadeEvidence, made_article, whole_passages

ARTICLES = [made_article(BRIDGE, "bridge"), made_article(PRIZE, "prize")]
EVIDENCE = MadeEvidence(ARTICLES)
FIRST, SECOND = whole_passages(ARTICLES)


def _draft(*sentences: DraftSentence, short_answer: str | None = None) -> Draft:
    return Draft("answered", 0.9, "test", sentences=sentences, short_answer=short_answer)


def test_the_same_span_keeps_its_number() -> None:
    quote, other = QuoteRef(FIRST, 0, 11), QuoteRef(SECOND, 4, 8)
    cited = cite(
        _draft(
            DraftSentence("One.", (quote, other), "supported"),
            DraftSentence("Two.", (other, quote), "supported"),
        ),
        EVIDENCE,
    )
    assert [sentence.citations for sentence in cited.sentences] == [(1, 2), (2, 1)]
    assert [citation.quote for citation in cited.citations] == ["The council", "town"]


def test_a_quote_outside_its_article_is_dropped_and_counted() -> None:
    beyond = QuoteRef(FIRST, 5, len(BRIDGE) + 1)
    cited = cite(_draft(DraftSentence("A claim.", (beyond,), "supported")), EVIDENCE)
    assert cited.dropped == 1
    assert cited.citations == ()
    assert cited.sentences[0].support == "unsupported"


def test_a_quoted_sentence_that_is_not_verbatim_is_not_shown() -> None:
    cited = cite(_draft(DraftSentence("The council!", (QuoteRef(FIRST, 0, 11),), "quoted")), EVIDENCE)
    assert cited.sentences == ()


def test_a_passage_that_is_not_what_the_article_says_is_not_cited() -> None:
    forged = replace(FIRST, passage=replace(FIRST.passage, text="x" * len(BRIDGE)))
    cited = cite(_draft(DraftSentence("The council", (QuoteRef(forged, 0, 11),), "quoted")), EVIDENCE)
    assert cited.citations == ()


def test_a_version_that_the_index_has_not_is_not_cited() -> None:
    old = replace(FIRST, passage=replace(FIRST.passage, article_version="before"))
    assert cite(_draft(DraftSentence("x", (QuoteRef(old, 0, 3),), "partial")), EVIDENCE).dropped == 1


def test_a_short_answer_must_stand_in_the_first_sentence() -> None:
    sentence = DraftSentence("The council", (QuoteRef(FIRST, 0, 11),), "quoted")
    assert cite(_draft(sentence, short_answer="council"), EVIDENCE).short_answer == "council"
    assert cite(_draft(sentence, short_answer="rust"), EVIDENCE).short_answer is None


def test_a_citation_says_on_which_page_its_quote_begins() -> None:
    paged = made_article(PRIZE, places=(Place(0, "p. 1"), Place(30, "p. 2")))
    passages = whole_passages([paged])
    quotes = (QuoteRef(passages[0], 4, 40), QuoteRef(passages[0], 30, 40))
    cited = cite(_draft(DraftSentence("A claim.", quotes, "supported")), MadeEvidence([paged]))
    assert [citation.place for citation in cited.citations] == ["p. 1", "p. 2"]
    assert cited.citations[1].to_json()["place"] == "p. 2"
