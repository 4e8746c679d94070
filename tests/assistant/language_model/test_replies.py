"""What becomes of a model's reply, over real HTTP: citations, refusals, markup, length."""

import pytest

from assistant.answerers.base import Draft
from assistant.citing import cite
from assistant.siblings import REFUSAL
from tests.assistant.language_model.conftest import OpenModel
from tests.assistant.language_model.scripted_server import USAGE, ScriptedServer, reply
from tests.assistant.language_model.world import PASSAGES, StoredArticles, asking, quoted

GOOD = (
    "The United States sanctioned Turkey because it had bought the Russian S-400 system [1]. "
    "The ministers of Turkey and Syria met in Moscow on 28 December 2022 [2]."
)


def draft_of(open_model: OpenModel, server: ScriptedServer, text: str) -> Draft:
    server.acts = [reply(text)]
    return open_model().answer(asking(), PASSAGES, StoredArticles())


def test_good_citations_become_verbatim_quotes(open_model: OpenModel, server: ScriptedServer) -> None:
    draft = draft_of(open_model, server, GOOD)
    assert [sentence.support for sentence in draft.sentences] == ["supported", "supported"]
    assert [quoted(sentence) for sentence in draft.sentences] == [
        ["It acted because Ankara had bought the Russian S-400 air defence system."],
        ["Ministers of Turkey and Syria met in Moscow on 28 December 2022."],
    ]
    assert (draft.status, draft.model) == ("answered", "openai:scripted")
    assert "[" not in "".join(sentence.text for sentence in draft.sentences)
    cited = cite(draft, StoredArticles())
    assert (len(cited.citations), cited.dropped) == (2, 0)


def test_token_use_is_what_the_server_reports(open_model: OpenModel, server: ScriptedServer) -> None:
    use = draft_of(open_model, server, GOOD).tokens
    assert use is not None
    assert (use.prompt, use.answer, use.estimated) == (
        USAGE["prompt_tokens"],
        USAGE["completion_tokens"],
        False,
    )
    server.acts = [reply(GOOD, usage=False)]
    counted = open_model().answer(asking(), PASSAGES, StoredArticles()).tokens
    assert counted is not None
    assert counted.estimated
    assert counted.prompt > counted.answer > len(GOOD.split())


@pytest.mark.parametrize(
    ("marker", "named"), [("[0]", "(0)"), ("[4]", "(4)"), ("[-1]", "(-1)"), ("[2020]", "(2020)")]
)
def test_a_number_that_no_passage_has_cites_nothing(
    open_model: OpenModel, server: ScriptedServer, marker: str, named: str
) -> None:
    draft = draft_of(
        open_model, server, f"The loaf bakes for two hours {marker}. Rye bread needs a sourdough [3]."
    )
    first, second = draft.sentences
    assert (first.quotes, first.support) == ((), "unsupported")
    assert (quoted(second), second.support) == (["Rye bread needs a sourdough."], "supported")
    assert any(named in notice for notice in draft.notices)
    assert draft.status == "tentative"


def test_a_wrong_citation_is_marked(open_model: OpenModel, server: ScriptedServer) -> None:
    draft = draft_of(open_model, server, "Turkey was sanctioned because it bought the S-400 system [3].")
    assert [sentence.support for sentence in draft.sentences] == ["unsupported"]
    assert (draft.status, draft.confidence) == ("tentative", 0.0)
    assert draft.reason


def test_a_reply_without_citations_is_marked_unsupported(
    open_model: OpenModel, server: ScriptedServer
) -> None:
    draft = draft_of(open_model, server, "Ankara had bought the Russian S-400 air defence system.")
    assert [(sentence.support, sentence.quotes) for sentence in draft.sentences] == [("unsupported", ())]
    assert draft.status == "tentative"


@pytest.mark.parametrize(
    "text", [REFUSAL, f"  {REFUSAL}.", f"I looked. {REFUSAL}", f"<think>hm [1]</think>{REFUSAL}"]
)
def test_a_refusal_declines(open_model: OpenModel, server: ScriptedServer, text: str) -> None:
    draft = draft_of(open_model, server, text)
    assert (draft.status, draft.sentences) == ("declined", ())
    assert REFUSAL not in draft.reason


@pytest.mark.parametrize("text", ["", "  \n ", "[1]", "<div></div>", "***"])
def test_an_empty_reply_declines(open_model: OpenModel, server: ScriptedServer, text: str) -> None:
    draft = draft_of(open_model, server, text)
    assert (draft.status, draft.sentences) == ("declined", ())


def test_half_a_refusal_keeps_what_is_cited(open_model: OpenModel, server: ScriptedServer) -> None:
    draft = draft_of(open_model, server, f"Rye bread needs a sourdough [3]. As to the price: {REFUSAL}.")
    assert [sentence.text for sentence in draft.sentences] == ["Rye bread needs a sourdough."]
    assert draft.status == "tentative"


def test_markup_is_taken_off(open_model: OpenModel, server: ScriptedServer) -> None:
    draft = draft_of(
        open_model,
        server,
        "## Answer\n\n- **Rye bread** needs a `sourdough` <b>always</b> [3].\n"
        "- It bakes <script>steal()</script>for [two hours](http://evil.example/?q) [3]"
        "![x](http://evil.example/pixel.png)\x1b[31m.\n\nSources:\n[3] Rye bread",
    )
    assert [sentence.text for sentence in draft.sentences][1:] == [
        "Rye bread needs a sourdough always.",
        "It bakes for two hours[31m.",
    ]
    assert [len(sentence.quotes) for sentence in draft.sentences] == [0, 1, 1]


def test_a_very_long_reply_is_cut_at_a_sentence(open_model: OpenModel, server: ScriptedServer) -> None:
    draft = draft_of(open_model, server, "Rye bread needs a sourdough [3]. " * 2_000)
    assert 10 < len(draft.sentences) < 400
    assert {sentence.text for sentence in draft.sentences} == {"Rye bread needs a sourdough."}
    assert any("cut off" in notice for notice in draft.notices)


def test_a_reply_cut_at_the_models_limit_loses_the_broken_sentence(
    open_model: OpenModel, server: ScriptedServer
) -> None:
    server.acts = [reply("Rye bread needs a sourdough [3]. The loaf bakes for two", finish="length")]
    draft = open_model().answer(asking(), PASSAGES, StoredArticles())
    assert [sentence.text for sentence in draft.sentences] == ["Rye bread needs a sourdough."]
    assert any("cut off" in notice for notice in draft.notices)


def test_no_passages_no_call(open_model: OpenModel, server: ScriptedServer) -> None:
    server.acts = [reply(GOOD)]
    draft = open_model().answer(asking(), (), StoredArticles())
    assert (draft.status, server.calls) == ("declined", [])


def test_pieces_come_as_they_are_written_and_the_draft_last(
    open_model: OpenModel, server: ScriptedServer
) -> None:
    server.acts = [reply(GOOD)]
    pieces = list(open_model().stream(asking(), PASSAGES, StoredArticles()))
    assert len(pieces) > 10
    assert "".join(piece for piece in pieces if isinstance(piece, str)).strip() == GOOD
    assert isinstance(pieces[-1], Draft)
    assert sum(isinstance(piece, Draft) for piece in pieces) == 1


@pytest.mark.parametrize("text", [REFUSAL, f"<think>The user asks {REFUSAL}</think> {REFUSAL}"])
def test_a_refusal_is_never_previewed(open_model: OpenModel, server: ScriptedServer, text: str) -> None:
    server.acts = [reply(text)]
    pieces = list(open_model().stream(asking(), PASSAGES, StoredArticles()))
    assert [piece for piece in pieces if isinstance(piece, str) and piece.strip()] == []
