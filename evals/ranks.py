"""Where the demanded articles of a case stand among the passages that its answer was written from."""

from evals.judging import Judged


def article_ranks(judged: Judged) -> tuple[int | None, ...]:
    """For each demanded article, the place from 1 of its first passage, None where it was not retrieved."""
    retrieved = () if judged.reply is None else judged.reply.retrieved
    places = {passage.article_id: place for place, passage in reversed(list(enumerate(retrieved, start=1)))}
    wanted = (judged.ids_of(alternatives) for alternatives in judged.case.expect.articles)
    return tuple(min((places[one] for one in ids if one in places), default=None) for ids in wanted)
