"""The metrics: each says what one case adds to it, and how cases add up."""

from evals.calibration import CALIBRATION_METRICS
from evals.judging import (
    Judged,
    articles_found,
    contained,
    judge,
    quotes_found,
    says_short_answer,
    short_answer_f1,
)
from evals.metric import Floats, Metric
from evals.ranking_metrics import RANKING_METRICS
from evals.reply import UNSUPPORTED
from evals.risk import RISK_METRICS
from evals.set_metrics import ANSWER_SET_METRICS, SEARCH_SET_METRICS
from evals.tally import Tally
from evals.token_metrics import TOKEN_METRICS
from evals.wording import exact_match

__all__ = ["METRICS", "METRIC_BY_NAME", "Floats", "Metric", "measure_case"]


def measure_case(judged: Judged) -> dict[str, Tally]:
    """What the case adds to each metric that applies to it."""
    metrics = METRICS if judged.case.asks else (_PASSED, *SEARCH_METRICS)
    measured = ((metric.name, metric.measure(judged)) for metric in metrics)
    return {name: tally for name, tally in measured if tally is not None}


def _cases_passed(judged: Judged) -> Tally:
    return Tally.of(all(check.passed for check in judge(judged)))


def _status_accuracy(judged: Judged) -> Tally:
    return Tally.of(judged.reply is not None and judged.reply.declined == judged.case.must_decline)


def _declining_precision(judged: Judged) -> Tally | None:
    if judged.reply is None or not judged.reply.declined:
        return None
    return Tally.of(judged.case.must_decline)


def _declining_recall(judged: Judged) -> Tally | None:
    if not judged.case.must_decline:
        return None
    return Tally.of(judged.reply is not None and judged.reply.declined)


def _answer_contained(judged: Judged) -> Tally | None:
    if not judged.case.expects_words and not judged.case.answers:
        return None
    return Tally.of(judged.reply is not None and contained(judged.case, judged.reply))


def _not_said(judged: Judged) -> Tally | None:
    if not judged.case.must_not_say:
        return None
    return Tally.of(all(check.passed for check in judge(judged) if check.name in ("not_said", "answered")))


def _short_answer_exact(judged: Judged) -> Tally | None:
    accepted = judged.case.expect.short_answer
    if not accepted:
        return None
    given = _given_short_answer(judged)
    return Tally.of(any(exact_match(given, answer) for answer in accepted))


def _short_answer_f1(judged: Judged) -> Tally | None:
    if not judged.case.expect.short_answer:
        return None
    return Tally(short_answer_f1(judged.case, _given_short_answer(judged)))


def _given_short_answer(judged: Judged) -> str:
    return "" if judged.reply is None else judged.reply.short_answer or ""


def _short_answer_leads(judged: Judged) -> Tally | None:
    if not judged.case.expect.short_answer and not judged.case.answers:
        return None
    sentences = () if judged.reply is None else judged.reply.sentences
    return Tally.of(bool(sentences) and says_short_answer(judged.case, sentences[0].text))


def _citation_recall(judged: Judged) -> Tally | None:
    if not judged.case.expect.articles:
        return None
    cited = () if judged.reply is None else judged.reply.cited_articles
    found = articles_found(judged, cited)
    return Tally(sum(found) / len(found))


def _citation_precision(judged: Judged) -> Tally | None:
    expect = judged.case.expect
    if not expect.articles or judged.reply is None or not judged.reply.cited_articles:
        return None
    right = judged.ids_of(expect.references)
    cited = judged.reply.cited_articles
    return Tally(sum(article in right for article in cited), len(cited))


def _quote_recall(judged: Judged) -> Tally | None:
    if not judged.case.expect.quotes:
        return None
    if judged.reply is None:
        return Tally(0.0)
    found = quotes_found(judged.case, judged.reply)
    return Tally(sum(found) / len(found))


def _quotes_verbatim(judged: Judged) -> Tally | None:
    if judged.reply is None or not judged.reply.citations:
        return None
    numbers = [citation.number for citation in judged.reply.citations]
    return Tally(sum(judged.verbatim.get(number, False) for number in numbers), len(numbers))


def _sentences_supported(judged: Judged) -> Tally | None:
    if judged.reply is None or judged.reply.declined or not judged.reply.sentences:
        return None
    sentences = judged.reply.sentences
    carried = [sentence.support != UNSUPPORTED and bool(sentence.citations) for sentence in sentences]
    return Tally(sum(carried), len(carried))


def _retrieval_recall(judged: Judged) -> Tally | None:
    if not judged.case.expect.articles:
        return None
    retrieved = () if judged.reply is None else judged.reply.retrieved + judged.reply.nearest
    found = articles_found(judged, tuple(passage.article_id for passage in retrieved))
    return Tally(sum(found) / len(found))


def _judge_right(judged: Judged) -> Tally | None:
    opinion = judged.opinion
    return None if opinion is None or opinion.right is None else Tally.of(opinion.right)


def _judge_supported(judged: Judged) -> Tally | None:
    opinion = judged.opinion
    return None if opinion is None or opinion.supported is None else Tally.of(opinion.supported)


def _latency(judged: Judged) -> Tally:
    return Tally(judged.milliseconds)


_PASSED = Metric("cases_passed", "Cases passed", _cases_passed)
SEARCH_METRICS: tuple[Metric, ...] = (*RANKING_METRICS, *SEARCH_SET_METRICS)
"""Those that apply to a case which is searched for and not answered."""

METRICS: tuple[Metric, ...] = (
    _PASSED,
    Metric("status_accuracy", "Answered or declined rightly", _status_accuracy),
    Metric("declining_precision", "Declining: precision", _declining_precision),
    Metric("declining_recall", "Declining: recall", _declining_recall),
    Metric("answer_contained", "Expected words in the answer", _answer_contained),
    Metric("not_said", "Forbidden words absent", _not_said),
    Metric("short_answer_leads", "Short answer in the first sentence", _short_answer_leads),
    Metric("short_answer_exact", "Short answer: exact match", _short_answer_exact),
    Metric("short_answer_f1", "Short answer: token F1", _short_answer_f1),
    Metric("retrieval_recall", "Demanded articles retrieved", _retrieval_recall),
    Metric("citation_recall", "Demanded articles cited", _citation_recall),
    Metric("citation_precision", "Cited articles that are right", _citation_precision),
    Metric("quote_recall", "Demanded quotes cited", _quote_recall),
    Metric("quotes_verbatim", "Quotes verbatim at their offsets", _quotes_verbatim),
    Metric("sentences_supported", "Sentences with a source", _sentences_supported),
    *RISK_METRICS,
    *CALIBRATION_METRICS,
    *ANSWER_SET_METRICS,
    *SEARCH_METRICS,
    *TOKEN_METRICS,
    Metric("judge_right", "Right, says the judge", _judge_right),
    Metric("judge_supported", "Carried by its quotes, says the judge", _judge_supported),
    *(
        Metric(f"latency_p{p}", f"Time to answer, {p}%", _latency, "ms", False, p / 100, comparable=False)
        for p in (50, 95, 99)
    ),
)

METRIC_BY_NAME: dict[str, Metric] = {metric.name: metric for metric in METRICS}
