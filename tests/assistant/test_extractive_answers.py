"""The sentences that are picked, their order, and the short answers in them."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.candidates import collect_candidates
from assistant.answerers.extractive.features import leans_on_context
from ingest.article import Article
from tests.assistant.made_passages import (
    BRIDGE,
    PRIZE,
    MadeEvidence,
    answer_from,
    asked,
    made_article,
    paragraph_passages,
    texts,
    whole_passages,
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Why was the Alder bridge closed?", "because rust had weakened its cables"),
        ("When was the Alder bridge closed?", "March 2019"),
        ("Who got the music prize of Alder?", "Maria Lopez"),
        ("When was the Alder music prize given?", "4 May 2021"),
    ],
)
def test_the_short_answer_is_of_the_kind_asked_for(question: str, short: str) -> None:
    draft = answer_from(question, made_article(BRIDGE, "bridge"), made_article(PRIZE, "prize"))
    assert draft.status == "answered"
    assert draft.short_answer == short
    assert short in draft.sentences[0].text


@pytest.mark.parametrize(
    ("sentence", "question", "short"),
    [
        ("The firm was fined for hiding the leak.", "Why was the firm fined?", "for hiding the leak"),
        ("The frontier of Alder runs for 1,340 kilometres.", "How long is the frontier?", "1,340 kilometres"),
        ("The firm was fined over its oil spill.", "Why was the firm fined?", "over its oil spill"),
        ("Due to fog, the ferry turned back.", "Why did the ferry turn back?", "Due to fog"),
        ("The storm killed 42 people in Alder.", "How many people did the storm kill in Alder?", "42"),
        ("The Alder bridge cost $3.2 million.", "How much did the Alder bridge cost?", "$3.2 million"),
        ("The strike in Alder lasted three weeks.", "How long did the strike in Alder last?", "three weeks"),
        ("Alder FC won the cup in Porto.", "Who won the cup?", "Alder FC"),
        ("The envoys met in Geneva in 2020.", "Where did the envoys meet?", "Geneva"),
        ("Norway and Chad signed the pact in Rome.", "Which countries signed the pact?", "Norway and Chad"),
        ("The hymn was written by Jo Park for Ann Lee.", "Who wrote the hymn?", "Jo Park"),
        ("The camp lies 12 km from Birch.", "How far from Birch does the camp lie?", "12"),
        ("Jo Park, a painter, lives there.", "Who is Jo Park?", "a painter"),
        (
            "The new Resolution 12 limits the sale of oil.",
            "Which resolution limits the sale of oil?",
            "Resolution 12",
        ),
        (
            "Resolution 12 limits the sale of oil.",
            "Which resolution limits the sale of oil?",
            "Resolution 12",
        ),
        (
            "Alder acted under the Warmth Through Winter Act, a law of 2017.",
            "Which law did Alder use?",
            "Warmth Through Winter Act",
        ),
    ],
)
def test_kinds_of_short_answer(sentence: str, question: str, short: str) -> None:
    assert answer_from(question, made_article(sentence)).short_answer == short


def test_other_spellings_of_a_place_are_the_same_place() -> None:
    article = made_article("The United States sanctioned Türkiye in 2020 for buying missiles.")
    draft = answer_from("Why did America sanction Turkey?", article)
    assert draft.status == "answered"
    assert draft.short_answer == "for buying missiles"


def test_a_sentence_that_leans_brings_the_one_before() -> None:
    article = made_article("Maria Lopez is a cellist. She moved to Oslo in 2015 to teach.")
    draft = answer_from("When did Lopez move to Oslo?", article)
    assert texts(draft)[0] == "Maria Lopez is a cellist. She moved to Oslo in 2015 to teach."
    assert draft.short_answer == "2015"


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("It was opened by the mayor.", True),
        ("It is the first time that a mayor came.", False),
        ("It is still unclear whether she came.", False),
        ("It is reported to be open.", True),
        ("They said so.", True),
    ],
)
def test_an_it_that_points_ahead_leans_on_nothing(text: str, leans: bool) -> None:
    [candidate] = collect_candidates(whole_passages([made_article(text)])).candidates
    assert leans_on_context(candidate) is leans


def test_the_sentence_it_leans_on_may_stand_in_another_passage() -> None:
    article = made_article("Maria Lopez is a cellist.\n\nShe moved to Oslo in 2015 to teach at the opera.")
    found = paragraph_passages(article)[::-1]
    draft = answer_from("When did Lopez move to Oslo?", article, passages=found)
    quote = draft.sentences[0].quotes[0]
    assert article.text[quote.start : quote.end].startswith("Maria Lopez is a cellist.")


def test_a_copy_is_neither_repeated_nor_cited() -> None:
    copies = [made_article(BRIDGE, "first"), made_article(BRIDGE, "second", title="Another headline")]
    draft = answer_from("Why was the Alder bridge closed?", *copies)
    assert texts(draft) == [BRIDGE]
    assert len(draft.sentences[0].quotes) == 1


def test_independent_reports_of_one_fact_are_cited_together() -> None:
    other = made_article(
        "Engineers say that the council closed the Alder bridge in March 2019 after cables rusted.", "other"
    )
    draft = answer_from("When was the Alder bridge closed?", made_article(BRIDGE, "bridge"), other)
    cited = {quote.passage.article.title for quote in draft.sentences[0].quotes}
    assert cited == {"Report bridge", "Report other"}
    assert len(draft.sentences) == 1


def test_sources_that_differ_are_both_shown_with_publisher_and_day() -> None:
    early = made_article(
        "The flood in Alder killed 12 people, police said.", "early", published_at=date(2023, 2, 1)
    )
    late = made_article(
        "The flood in Alder killed 31 people, the police said later.", "late", published_at=date(2023, 2, 9)
    )
    draft = answer_from("How many people did the flood in Alder kill?", early, late)
    assert len(draft.sentences) == 2
    (notice,) = draft.notices
    assert all(part in notice for part in ("12", "31", "Early Daily, 2023-02-01", "Late Daily, 2023-02-09"))


def _versions(earlier: str, later: str, publisher: str = "Alder Daily") -> list[Article]:
    stated = {"url": "https://alder.example/flood", "published_at": date(2023, 2, 1)}
    return [
        made_article(earlier, "early", publisher="Alder Daily", **stated),
        made_article(later, "late", publisher=publisher, modified_at=date(2023, 2, 9), **stated),
    ]


def test_a_later_version_of_an_article_supersedes_the_earlier() -> None:
    versions = _versions("The flood in Alder killed 12 people.", "The flood in Alder killed 31 people.")
    draft = answer_from("How many people did the flood in Alder kill?", *versions)
    assert (draft.short_answer, draft.notices) == ("31", ())


def test_what_only_the_earlier_version_says_is_answered_and_said_to_be_earlier() -> None:
    versions = _versions("The flood in Alder injured 12 people.", "The mayor of Alder went to Oslo by train.")
    draft = answer_from("How many people did the flood in Alder injure?", *versions)
    assert (draft.short_answer, len(draft.notices)) == ("12", 1)
    assert "earlier version" in draft.notices[0]


def test_another_publishers_article_at_the_same_address_supersedes_nothing() -> None:
    versions = _versions(
        "The flood in Alder killed 12 people, police said.",
        "The flood in Alder killed 31 people, police said.",
        "Birch Daily",
    )
    (notice,) = answer_from("How many people did the flood in Alder kill?", *versions).notices
    assert "12" in notice
    assert "31" in notice


def test_rounded_figures_do_not_differ() -> None:
    one = made_article("The flood in Alder killed 1,000 people, police said.", "one")
    two = made_article("The flood in Alder killed 1,004 people, police counted.", "two")
    assert answer_from("How many people did the flood in Alder kill?", one, two).notices == ()


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2018 World Cup?",
        "Why was the Cedar tunnel closed?",
        "When was the Alder bridge closed in 1987?",
        "What do bees eat in winter?",
    ],
)
def test_what_the_articles_do_not_hold_is_declined(question: str) -> None:
    draft = answer_from(question, made_article(BRIDGE, "bridge"), made_article(PRIZE, "prize"))
    assert draft.status == "declined"
    assert draft.sentences == ()
    assert draft.reason


def test_no_passages_no_answer() -> None:
    assert answer_from("Why was the Alder bridge closed?").status == "declined"


def test_a_page_that_only_asks_is_no_answer() -> None:
    quiz = made_article("Why was the Alder bridge closed? Test yourself in our quiz.", "quiz")
    draft = answer_from("Why was the Alder bridge closed?", quiz, made_article(BRIDGE, "bridge"))
    assert texts(draft)[0] == BRIDGE


def test_a_year_may_be_met_by_the_day_of_publication() -> None:
    article = made_article("Alder FC won the regional cup.", published_at=date(2019, 5, 2))
    dated = answer_from("Who won the regional cup in 2019?", article)
    undated = answer_from("Who won the regional cup in 2019?", made_article("Alder FC won the regional cup."))
    assert dated.status != "declined"
    assert undated.status == "declined"


def test_a_stream_ends_with_the_answer_it_previewed() -> None:
    articles = [made_article(BRIDGE, "bridge")]
    answerer, question = ExtractiveAnswerer(), asked("Why was the Alder bridge closed?")
    *pieces, draft = answerer.stream(question, whole_passages(articles), MadeEvidence(articles))
    assert draft == answerer.answer(question, whole_passages(articles), MadeEvidence(articles))
    assert "".join(str(piece) for piece in pieces) == BRIDGE


def test_nothing_depends_on_the_scale_of_scores() -> None:
    articles = [made_article(PRIZE, "prize"), made_article(BRIDGE, "bridge")]
    scaled = [replace(item, score=item.score * 100) for item in whole_passages(articles)]
    question = "Why was the Alder bridge closed?"
    assert (
        answer_from(question, *articles, passages=scaled).short_answer
        == answer_from(question, *articles).short_answer
    )


BOTH_PLACES = "The quake that struck Turkey and Syria in May killed at least 912 people in Turkey alone."


def test_a_figure_of_the_place_asked_about_comes_before_that_of_another() -> None:
    syria = made_article("The quake killed 641 people in Syria, a monitor said.", "syria")
    draft = answer_from(
        "How many people did the quake in May kill in Syria?", made_article(BOTH_PLACES), syria
    )
    assert draft.short_answer == "641"
    assert draft.notices == ()


def test_why_is_never_answered_with_a_disagreement_about_dates() -> None:
    one = made_article("The town sanctioned the mill in 2017 because the mill had dumped oil.", "one")
    two = made_article("The town sanctioned the mill in 2020 because the mill had dumped oil again.", "two")
    assert answer_from("Why did the town sanction the mill?", one, two).notices == ()


@pytest.mark.parametrize(("country", "notices"), [("Syria", 1), ("Turkey", 0)])
def test_figures_differ_only_where_they_are_of_the_same_place(country: str, notices: int) -> None:
    monitor = made_article("The quake of May killed 641 people in Syria, a monitor said.", "monitor")
    agency = made_article(
        f"The latest toll announced for {country} was 500.",
        "agency",
        title="Toll of the quake in Turkey and Syria",
        published_at=date(2023, 5, 9),
    )
    draft = answer_from("How many people did the quake in May kill in Syria?", monitor, agency)
    assert draft.short_answer == "641"
    assert len(draft.notices) == notices
    assert ("500" in " ".join(texts(draft))) == bool(notices)


@pytest.mark.parametrize(
    ("sentence", "question", "declines"),
    [
        ("Maria Lopez coached Alder FC in the cup final.", "Who was the coach of Alder FC?", False),
        ("Alder FC won the cup final of 2021 in Porto.", "Who was the referee of the 2021 cup final?", True),
        ("The Alder library holds 32,000 books.", "How many books did the Alder library lend in May?", True),
        ("The Alder library lent 32,000 books.", "How many books did the Alder library lend?", False),
        ("The Alder flood left 12 people dead.", "How many people were killed in the Alder flood?", False),
        ("The Alder flood killed 12 people.", "How many people were injured in the Alder flood?", True),
        ("The Alder stadium cost $3 million.", "What was the price of the Alder stadium?", False),
        ("The Alder bank has for years owned the B-300, an old ship.", "How many B-300 does it own?", True),
        ("Jo Park scored twice for Alder in the cup.", "What did Jo Park earn for winning the cup?", True),
        ("Alder paid Jo Park $2 million for the cup.", "What did Alder pay Jo Park for the cup?", False),
        ("Jo al-Park fled from Alder on 8 May 2021.", "When was Jo al-Park born?", True),
        ("Jo al-Park was born in Alder on 8 May 1961.", "When was Jo al-Park born?", False),
        ("A court in Alder released Jo Park on 8 May 2021.", "When was Jo Park allowed to go home?", False),
    ],
)
def test_what_is_asked_about_a_thing_must_be_met(sentence: str, question: str, declines: bool) -> None:
    assert (answer_from(question, made_article(sentence)).status == "declined") == declines


def test_a_figure_that_may_be_of_the_other_place_of_the_headline_is_no_answer() -> None:
    article = made_article(
        "The mayor said that the quake had injured 641 people.", title="Quake in Turkey and Syria"
    )
    assert answer_from("How many people were injured by the quake in Syria?", article).status == "declined"
    assert answer_from("How many people were injured by the quake?", article).status != "declined"


def test_a_settled_answer_is_not_padded() -> None:
    prize = made_article(
        "The town of Alder gave its music prize to Maria Lopez. She was born in Lisbon in 1980. "
        "The mayor, Jo Park, praised the orchestra at dinner.",
    )
    assert len(answer_from("Who got the music prize of Alder?", prize).sentences) == 1


def test_the_sentence_that_names_who_did_it_comes_first() -> None:
    text = (
        "The council of Alder voted on the bridge amendment in Porto. The amendment was written by Jo Park."
    )
    draft = answer_from("Who wrote the bridge amendment in Alder?", made_article(text))
    assert draft.short_answer == "Jo Park"
    assert texts(draft)[0].startswith("The amendment was written")


def test_the_sentence_that_names_the_thing_by_its_number_comes_first() -> None:
    text = (
        "The Alder Security Council voted to limit the sale of oil to Birch. "
        "Resolution 12 answers the test that Birch carried out."
    )
    draft = answer_from("Which resolution limits the sale of oil to Birch?", made_article(text))
    assert draft.short_answer == "Resolution 12"
    assert texts(draft)[0].startswith("Resolution 12")


def test_the_sentence_that_states_the_place_comes_first() -> None:
    text = (
        "Turkish Foreign Minister Jo Park said that he had met the Syrian foreign minister in October. "
        "The two ministers met in Porto."
    )
    draft = answer_from("Where did the Turkish and Syrian foreign ministers meet?", made_article(text))
    assert draft.short_answer == "Porto"
    assert texts(draft)[0].startswith("The two ministers")


def test_a_country_that_did_what_is_asked_is_who() -> None:
    draft = answer_from(
        "Who won the Alder Cup final?",
        made_article(
            "Argentina won the Alder Cup final on Sunday. "
            "In the shoot-out Maria Lopez struck the kick that decided who won the Alder title."
        ),
    )
    assert draft.short_answer == "Argentina"


def test_the_date_comes_from_the_sentence_that_speaks_of_what_is_asked() -> None:
    draft = answer_from(
        "When was Jo Park arrested?",
        made_article(
            "Alder punished two ministers of Birch on 1 August 2018 over the pastor Jo Park. "
            "Park, who lives in Birch, was arrested in October 2016."
        ),
    )
    assert draft.short_answer == "October 2016"


def test_a_month_may_be_met_by_the_day_of_publication() -> None:
    text = "The bank of Alder had the assets of Jo Park frozen."
    published = made_article(text, published_at=date(2020, 12, 14))
    assert answer_from("Whose assets were frozen in December 2020?", published).status != "declined"
    earlier = made_article(text, published_at=date(2014, 3, 17))
    assert answer_from("Whose assets were frozen in December 2020?", earlier).status == "declined"


def test_a_sentence_of_another_year_adds_nothing() -> None:
    asked_about = made_article(
        "The bank of Alder had the assets of Jo Park frozen.", published_at=date(2020, 12, 14)
    )
    other = made_article(
        "The bank of Alder had assets of Maria Lopez, a painter from Lisbon, frozen at noon.",
        "two",
        published_at=date(2014, 3, 17),
    )
    draft = answer_from("Whose assets were frozen by the bank in December 2020?", asked_about, other)
    assert len(draft.sentences) == 1


def test_a_time_of_day_answers_when_where_no_day_is_told() -> None:
    fell = "The Alder bridge fell at 4:17 a.m. while the town slept."
    assert answer_from("When did the Alder bridge fall?", made_article(fell)).short_answer == "4:17 a.m."
    dated = made_article("The Alder bridge fell on 4 May 2021 at 4:17 a.m. while the town slept.")
    assert answer_from("When did the Alder bridge fall?", dated).short_answer == "4 May 2021"
    result = made_article("The Alder bridge team won by 2:1 and 31:30 in the town.")
    assert answer_from("When did the Alder bridge team win?", result).short_answer != "2:1"


def test_a_dateline_is_no_sentence_that_may_answer() -> None:
    told = ["The tram of Alder was opened today.", "Its bell - the oldest in Birch - rang."]
    article = made_article("\n".join(["Alder, Birch CNN —", *told, "BIRCH --"]))
    assert [item.text for item in collect_candidates(whole_passages([article])).candidates] == told
