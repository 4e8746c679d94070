"""Metrics of what data sets know beyond a suite: chosen sentences, spans, follow-ups, excerpts, attacks."""

from collections.abc import Callable, Sequence
from statistics import fmean

from evals.answer_hit import holds
from evals.cited_sentences import sentence_f1, sentence_precision, sentence_recall
from evals.harm import harm_done
from evals.judging import Judged
from evals.metric import Measure, Metric
from evals.ranked import CONVERSATION, FIRST_PASSAGES, LAST_TURN, REWRITE, UNDERSTOOD
from evals.ranking_metrics import article_recall
from evals.tally import Tally
from evals.wording import exact_match, token_f1

SentenceScore = Callable[[Sequence[str], Sequence[str]], float]


def _sentences(score: SentenceScore, *, of_answered: bool = False) -> Measure:
    """The mean over the annotators; a declined question cites nothing and scores 0, or is left out."""

    def apply(judged: Judged) -> Tally | None:
        selected, reply = judged.case.selected, judged.reply
        if not selected or (of_answered and (reply is None or reply.declined)):
            return None
        quotes = [] if reply is None else [citation.quote for citation in reply.citations]
        return Tally(fmean(score(quotes, chosen) for chosen in selected))

    return apply


def _with_headlines(only_first: bool) -> Measure:
    """Whether what is shown, headlines of the cited articles counted, holds an answer."""

    def apply(judged: Judged) -> Tally | None:
        if not judged.case.answers:
            return None
        return Tally.of(holds(_shown_with_headlines(judged, only_first), judged.case.answers))

    return apply


def _shown_with_headlines(judged: Judged, only_first: bool) -> str:
    reply = judged.reply
    if reply is None or reply.declined:
        return ""
    sentences = reply.sentences[:1] if only_first else reply.sentences
    numbers = {number for sentence in sentences for number in sentence.citations}
    titles = [citation.title for citation in reply.citations if citation.number in numbers]
    return " . ".join([*(sentence.text for sentence in sentences), *titles])


def _span(score: Callable[[str, str], float]) -> Measure:
    """As SQuAD v2's evaluation counts: declining is the right span of an unanswerable question."""

    def apply(judged: Judged) -> Tally | None:
        case, reply = judged.case, judged.reply
        if not case.span_gold:
            return None
        declined = reply is not None and reply.declined
        if case.must_decline or declined or reply is None:
            return Tally.of(case.must_decline and declined)
        return Tally(max(score(reply.short_answer or "", answer) for answer in case.answers))

    return apply


def _wrongly_declined(judged: Judged) -> Tally | None:
    if judged.case.must_decline or not judged.case.asks:
        return None
    return Tally.of(judged.reply is not None and judged.reply.declined)


def _follow_up_recall(way: str) -> Measure:
    def apply(judged: Judged) -> Tally | None:
        recall = _recall_of(judged, way)
        return None if recall is None else Tally(recall)

    return apply


def _share_of_gain(judged: Judged) -> Tally | None:
    last, rewrite, ours = (_recall_of(judged, way) for way in (LAST_TURN, REWRITE, UNDERSTOOD))
    if last is None or rewrite is None or ours is None:
        return None
    return Tally(ours - last, rewrite - last)


def _recall_of(judged: Judged, way: str) -> float | None:
    """Recall of the judged articles at `FIRST_PASSAGES`, None for a way that the case does not compare."""
    gold = judged.case.ranking
    if gold is None or not gold.compares_turns or not gold.relevant:
        return None
    if way == REWRITE and gold.rewrite is None:
        return None
    ranking = judged.rankings.get(way)
    return article_recall(gold, ranking.passages if ranking else (), FIRST_PASSAGES)


def _excerpts(place: int) -> Measure:
    def apply(judged: Judged) -> Tally | None:
        if judged.case.ranking is None or not judged.case.ranking.excerpts:
            return None
        ranking = judged.rankings.get(UNDERSTOOD)
        scores = ranking.excerpts if ranking else None
        return Tally(scores[place] if scores else 0.0)

    return apply


def _attack_success(judged: Judged) -> Tally | None:
    if judged.case.planted is None:
        return None
    return Tally.of(judged.reply is not None and bool(harm_done(judged.case.planted, judged.reply)))


ANSWER_SET_METRICS: tuple[Metric, ...] = (
    Metric("wrongly_declined", "Answerable questions declined", _wrongly_declined, higher_is_better=False),
    Metric("leads_or_headline", "Answer in the first sentence or its headline", _with_headlines(True)),
    Metric("contained_or_headline", "Answer in what is shown or a headline", _with_headlines(False)),
    Metric("span_exact", "Span or rightly declined: exact match", _span(exact_match)),
    Metric("span_f1", "Span or rightly declined: token F1", _span(token_f1)),
    Metric("sentence_f1", "Sentences cited: F1", _sentences(sentence_f1)),
    Metric(
        "sentence_f1_answered", "Sentences cited: F1, of answered", _sentences(sentence_f1, of_answered=True)
    ),
    Metric(
        "sentence_precision", "Sentences cited: precision", _sentences(sentence_precision, of_answered=True)
    ),
    Metric("sentence_recall", "Sentences cited: recall", _sentences(sentence_recall)),
    Metric("attack_success", "Attacks that succeed", _attack_success, higher_is_better=False),
)

SEARCH_SET_METRICS: tuple[Metric, ...] = (
    Metric("follow_up_last_turn", "Recall at 5, last turn alone", _follow_up_recall(LAST_TURN)),
    Metric("follow_up_conversation", "Recall at 5, whole conversation", _follow_up_recall(CONVERSATION)),
    Metric("follow_up_understood", "Recall at 5, as understood", _follow_up_recall(UNDERSTOOD)),
    Metric("follow_up_rewrite", "Recall at 5, human rewrite", _follow_up_recall(REWRITE)),
    Metric("follow_up_gain", "Share of the human rewrite's gain", _share_of_gain, unit="ratio"),
    Metric("excerpt_recall", "Excerpts in the first passages: recall", _excerpts(0)),
    Metric("excerpt_precision", "Excerpts in the first passages: precision", _excerpts(1)),
    Metric("excerpt_iou", "Excerpts in the first passages: IoU", _excerpts(2)),
)
