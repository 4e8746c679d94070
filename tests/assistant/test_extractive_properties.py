"""What holds of every answer, whatever the articles and the question."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Searched
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.citing import cite
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages

WORDS = st.sampled_from(
    [
        "Ankara",
        "Türkiye",
        "İstanbul",
        "ısı",
        "he",
        "it",
        "because",
        "for",
        "2017",
        "4",
        "May",
        "2021",
        "$3",
        "million",
        "40%",
        "[1]",
        "[99]",
        "?",
        ".",
        "!",
        "\n\n",
        "“said”",
        "Erdoğan's",
        "U.S.",
        "S-400",
        "killed",
        "sanctioned",
        "bridge",
        "😀",
        "\u202e",
        "<b>",
        "who",
        "why",
        "when",
        "the",
        "of",
        "in",
        "Mr.",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=60).map(" ".join), st.text(min_size=1, max_size=200)
).filter(lambda text: text.strip() != "")


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_every_quote_is_verbatim_and_every_marker_exists(bodies: list[str], question: str) -> None:
    articles = [made_article(body, f"number {at}") for at, body in enumerate(bodies)]
    evidence = MadeEvidence(articles)
    draft = ExtractiveAnswerer().answer(asked(question), whole_passages(articles), evidence)
    cited = cite(draft, evidence)
    assert cited.dropped == 0
    assert [sentence.text for sentence in cited.sentences] == [sentence.text for sentence in draft.sentences]
    for citation in cited.citations:
        text = evidence.article_text(citation.passage.article_id)
        assert text is not None
        assert text[citation.start : citation.end] == citation.quote
    for sentence in cited.sentences:
        assert sentence.text == cited.citations[sentence.citations[0] - 1].quote
    if draft.short_answer is not None:
        assert draft.short_answer in draft.sentences[0].text
    answer = Answer(
        question, draft.status, draft.confidence, "extractive", Searched(1),
        sentences=cited.sentences, citations=cited.citations,
    )  # fmt: skip
    if answer.sentences:
        numbers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
        assert numbers == {citation.number for citation in cited.citations}
    assert 0 <= draft.confidence <= 1
    assert len(draft.sentences) <= 3
