"""What tells how likely a sentence is to be cited with another."""

import pytest

from evals.benchmarks.reading_cases import CaseSet, CollectionEvidence, ReadingCase
from evals.parts import part_of
from evals.training.fit_belonging import cited_questions, fit
from tests.assistant.made_passages import made_article, whole_passages
from tests.assistant.test_choosing import DEARER, GLASS, MARKET, MarkingReader


def test_what_people_cite_is_told_by_its_evidence() -> None:
    intercept, slope = fit([-0.9, -0.5, 0.1, 0.4, 0.8], [0.0, 0.5, 0.5, 1.0, 1.0])
    assert slope > 1
    assert intercept > 0


def test_where_evidence_tells_nothing_the_chance_is_the_share_cited() -> None:
    intercept, slope = fit([-0.5, -0.5, 0.5, 0.5], [1.0, 0.0, 1.0, 0.0])
    assert (intercept, slope) == (pytest.approx(0.0, abs=1e-6), pytest.approx(0.0, abs=1e-6))


def test_a_question_brings_each_sentence_with_the_share_of_people_who_cited_it() -> None:
    passages = tuple(whole_passages([made_article(f"{GLASS} {MARKET} {DEARER}", title="Glass")]))
    chosen = ((GLASS, DEARER), (GLASS,))
    asked = ReadingCase("How is glass made?", passages, "Glass", selected=chosen)
    untold = ReadingCase("Who sells glass?", passages, "Glass", answerable=False)
    cases = CaseSet((asked, untold), CollectionEvidence.of([GLASS]))
    (found,) = cited_questions(cases, MarkingReader({GLASS: 8, MARKET: -8, DEARER: 6}))
    assert found.part == part_of("Glass")
    evidence, cited = zip(*sorted(zip(found.evidence, found.cited, strict=True)), strict=True)
    assert evidence[0] < 0 < evidence[1] < evidence[2]
    assert cited == (0.0, 0.5, 1.0)
    assert found.f1 == pytest.approx((1.0 + 2 / 3) / 2)
