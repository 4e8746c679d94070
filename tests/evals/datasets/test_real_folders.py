"""The adapters on the sets themselves, where they are; skipped elsewhere."""

from collections import Counter
from pathlib import Path

import pytest

from evals.datasets import open_data_set
from evals.parts import PARTS


@pytest.mark.parametrize(
    ("address", "cases", "articles", "declined"),
    [
        ("clapnq:{data}/clapnq", 303, 597, 153),
        ("squad-v1:{data}/squad", 8749, 1703, 0),
        ("squad-v2:{data}/squad", 8834, 900, 4414),
        ("timeqa:{data}/timeqa", 989, 257, 159),
        ("mtrag-un:{data}/mtrag_un", 206, 1152, 47),
        ("ikat:{data}/ikat", 175, 894, 0),
        ("bipia:{data}/bipia", 75, 75, 40),
        ("bipia:{data}/bipia?split=train", 75, 75, None),
        ("poisonedrag:{data}/poisonedrag", 300, 1800, 0),
        ("poisonedrag:{data}/poisonedrag?source=nq&planted=1", 100, 200, 0),
        ("chunking:{data}/chunking_evaluation", 472, 5, 0),
        ("beir:{data}/ikat", 175, 894, 0),
    ],
)
def test_every_question_and_article_is_read(
    shared_data: Path, address: str, cases: int, articles: int, declined: int | None
) -> None:
    suite = open_data_set(address.format(data=shared_data))
    assert suite.corpus is not None
    assert (len(suite.cases), suite.corpus.count) == (cases, articles)
    assert len({case.id for case in suite.cases}) == cases
    if declined is not None:
        assert sum(case.must_decline for case in suite.cases) == declined
    article = next(iter(suite.corpus.read()))
    assert article.text.strip()


def test_parts_share_no_article_between_the_versions_of_squad(shared_data: Path) -> None:
    titles: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    for name in ("squad-v1", "squad-v2"):
        whole = open_data_set(f"{name}:{shared_data}/squad")
        parts = [open_data_set(f"{name}:{shared_data}/squad?part={part}") for part in PARTS]
        assert sum(len(part.cases) for part in parts) == len(whole.cases)
        for part, suite in zip(PARTS, parts, strict=True):
            titles[part].update(case.within[0] for case in suite.cases)
    assert not titles["train"].keys() & (titles["report"].keys() | titles["develop"].keys())
