"""Questions that cannot be asked, follow-ups, and days relative to the day of asking."""

from datetime import date

import pytest

from assistant.answerers.base import Period
from assistant.conversation import Conversation
from assistant.errors import QUESTION_LIMIT_CHARACTERS, EmptyQuestionError, QuestionTooLongError
from assistant.understanding import understand
from assistant.understanding.dates import date_parts, describe_period, find_period
from assistant.understanding.question import AnswerKind, analyse, language_of
from assistant.understanding.words import keys_of, word_key, words_of
from vectorstore.query import Filters

AS_OF = date(2023, 1, 20)
SANCTIONS = Conversation.from_pairs([("Why was Turkey sanctioned?", "For buying the S-400 from Russia.")])
NATO = Conversation.from_pairs([("When did Finland join NATO?", "Finland joined NATO on 4 April 2023.")])
DEAL = Conversation.from_pairs([("Who signed the grain deal?", "The deal was signed by Sergei Shoigu.")])


@pytest.mark.parametrize("asked", ["", "   ", "\n\t", "😀🎉", "?!…", "\u200b"])
def test_a_question_without_words_is_refused_with_advice(asked: str) -> None:
    with pytest.raises(EmptyQuestionError) as caught:
        understand(asked, Conversation(), Filters(), AS_OF)
    assert caught.value.advice
    assert caught.value.exit_code == 2


def test_a_huge_question_is_refused_and_the_longest_is_not() -> None:
    with pytest.raises(QuestionTooLongError, match="100,000"):
        understand("why " * 24_999 + "why?", Conversation(), Filters(), AS_OF)
    longest = "w" * QUESTION_LIMIT_CHARACTERS
    assert understand(longest, Conversation(), Filters(), AS_OF).text == longest


@pytest.mark.parametrize(
    "asked", ["why \ud800 so", "Türkiye'ye neden yaptırım uygulandı?", "为什么?", "a\0b"]
)
def test_any_script_is_understood_without_failing(asked: str) -> None:
    understood = understand(asked, SANCTIONS, Filters(), AS_OF)
    understood.text.encode("utf-8")


@pytest.mark.parametrize(
    ("conversation", "asked", "expected"),
    [
        (NATO, "And Sweden?", "When did Sweden join NATO?"),
        (NATO, "What about Sweden?", "When did Sweden join NATO?"),
        (SANCTIONS, "and Iran?", "Why was Iran sanctioned?"),
    ],
)
def test_a_name_takes_the_place_of_the_one_before(
    conversation: Conversation, asked: str, expected: str
) -> None:
    assert understand(asked, conversation, Filters(), AS_OF).text == expected


@pytest.mark.parametrize(
    ("conversation", "asked", "carried"),
    [
        (SANCTIONS, "When did that happen?", {"Turkey", "sanctioned"}),
        (SANCTIONS, "why?", {"Turkey", "sanctioned"}),
        (DEAL, "When was he born?", {"Sergei", "Shoigu"}),
        (DEAL, "What about his brother?", {"Sergei", "Shoigu"}),
        (NATO, "Who else voted for it?", {"Finland", "NATO"}),
    ],
)
def test_a_question_that_leans_takes_over_what_it_leans_on(
    conversation: Conversation, asked: str, carried: set[str]
) -> None:
    understood = understand(asked, conversation, Filters(), AS_OF)
    assert carried <= set(understood.carried)
    assert all(word in understood.text and word in understood.understood for word in carried)


def test_no_month_is_taken_over_without_its_year() -> None:
    signed = Conversation.from_pairs([("Which law did Trump sign in August 2017?", "He signed it.")])
    assert understand("Which part of it matters?", signed, Filters(), AS_OF).carried == ("Trump",)


@pytest.mark.parametrize(
    ("asked", "answer", "carried"),
    [
        ("Who was punished under that section?", "Section 231 was used, which Turkey hates.", "Section 231"),
        ("Who signed this act?", "Trump praised the Caesar Protection Act on Friday.", "Caesar Protection"),
        ("Who signed this act?", "An act is a law. Trump likes it.", "Turkey"),
        ("Who used that section for him?", "Section 231 was used by Donald Trump.", "Donald Trump Turkey"),
    ],
)
def test_what_is_pointed_at_is_named_as_the_answer_named_it(asked: str, answer: str, carried: str) -> None:
    talk = Conversation.from_pairs([("What was used against Turkey?", answer)])
    assert " ".join(understand(asked, talk, Filters(), AS_OF).carried) == carried


@pytest.mark.parametrize(
    "asked",
    [
        "Who won the 2022 World Cup?",
        "Did Erdogan meet his counterpart?",
        "How should bees be fed in winter?",
        "Which city that lies on the Danube has the most bridges?",
        "What is beekeeping?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(asked: str) -> None:
    understood = understand(asked, SANCTIONS, Filters(), AS_OF)
    assert (understood.text, understood.carried, understood.understood) == (asked, (), "")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("What happened in January 2023?", date(2023, 1, 1), date(2023, 1, 31)),
        ("Who met last December?", date(2022, 12, 1), date(2022, 12, 31)),
        ("Who met last January?", date(2022, 1, 1), date(2022, 1, 31)),
        ("What did he say yesterday?", date(2023, 1, 19), date(2023, 1, 19)),
        ("What happened last week?", date(2023, 1, 9), date(2023, 1, 15)),
        ("What was decided in 2017?", date(2017, 1, 1), date(2017, 12, 31)),
        ("What was decided on 5 March 2020?", date(2020, 3, 5), date(2020, 3, 5)),
        ("What was decided since May 2022?", date(2022, 5, 1), None),
        ("What was known before February 3, 2022?", None, date(2022, 2, 3)),
        ("What was said before the election on 14 May 2022?", None, date(2022, 5, 14)),
        ("What has happened since the summit of 3 June 2022?", date(2022, 6, 3), None),
        ("Who met between March and May 2022?", date(2022, 3, 1), date(2022, 5, 31)),
        ("Who led it from 2019 to 2021?", date(2019, 1, 1), date(2021, 12, 31)),
        ("What happened two years ago?", date(2021, 1, 1), date(2021, 12, 31)),
        ("What happened a month ago?", date(2022, 12, 1), date(2022, 12, 31)),
        ("What happened 3 days ago?", date(2023, 1, 16), date(2023, 1, 18)),
        ("What happened two weeks ago?", date(2023, 1, 2), date(2023, 1, 10)),
        ("Who resigned in the past six months?", date(2022, 7, 20), date(2023, 1, 20)),
        ("Who resigned over the last week?", date(2023, 1, 13), date(2023, 1, 20)),
        ("What happened this week?", date(2023, 1, 16), date(2023, 1, 20)),
    ],
)
def test_days_that_a_question_names(asked: str, first: date | None, last: date | None) -> None:
    period = find_period(asked, AS_OF)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "asked",
    [
        "What does the 2017 act say?",
        "Who won the 2018 World Cup?",
        "What broke on 30 February 2020?",
        "May he?",
        "Who met between Monday and Friday?",
        "Who won between France and Spain in the 2018 final?",
        "What happened 99999 years ago?",
        "What happened 900 centuries ago?",
    ],
)
def test_years_of_names_and_days_that_never_were_are_no_period(asked: str) -> None:
    assert find_period(asked, AS_OF) is None


@pytest.mark.parametrize(
    ("asked", "as_of"),
    [
        ("What happened on 0000-01-01?", AS_OF),
        ("Who led it as of 0000-05-05?", AS_OF),
        ("What happened yesterday?", date.min),
        ("Who won last year?", date.min),
        ("What happened two weeks ago?", date.min),
        ("What changed in May?", date.min),
        ("What was signed in 2017?", date.max),
    ],
)
def test_days_outside_of_the_calendar_are_no_period(asked: str, as_of: date) -> None:
    assert understand(asked, Conversation(), Filters(), as_of).period is None


def test_what_was_read_into_a_question_is_said() -> None:
    understood = understand("Who met last December?", Conversation(), Filters(), AS_OF)
    assert "December 2022" in understood.understood
    assert understand("Who met in January 2023?", Conversation(), Filters(), AS_OF).understood == ""


def test_periods_in_words() -> None:
    assert describe_period(Period(date(2022, 12, 1), date(2022, 12, 31), "")) == "December 2022"
    assert describe_period(Period(None, date(2022, 12, 31), "")) == "up to 2022-12-31"
    assert describe_period(Period(date(2022, 1, 1), date(2022, 12, 31), "")) == "2022"


def test_parts_of_dates() -> None:
    assert date_parts("January 5, 2023") == {"year": 2023, "month": 1, "day": 5}
    assert date_parts("2020-12-14") == {"year": 2020, "month": 12, "day": 14}
    assert date_parts("Monday") == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Why was Turkey sanctioned?", AnswerKind.REASON),
        ("what caused the crash", AnswerKind.REASON),
        ("When did it open?", AnswerKind.TIME),
        ("In which year did it open?", AnswerKind.TIME),
        ("Who signed it?", AnswerKind.PERSON),
        ("Which president signed it?", AnswerKind.PERSON),
        ("Where did they meet?", AnswerKind.PLACE),
        ("Which country left?", AnswerKind.NAMED_PLACE),
        ("How many people died?", AnswerKind.NUMBER),
        ("How much did it cost?", AnswerKind.MONEY),
        ("What was the club's prize money for the cup?", AnswerKind.MONEY),
        ("Where does the name of the act come from?", AnswerKind.STATEMENT),
        ("What percentage voted?", AnswerKind.PERCENT),
        ("By how much did the bank raise its rate?", AnswerKind.CHANGE),
        ("how far did shares drop", AnswerKind.CHANGE),
        ("How much have prices risen since May?", AnswerKind.CHANGE),
        ("How far is Birch from Alder?", AnswerKind.NUMBER),
        ("How long did it last?", AnswerKind.DURATION),
        ("How does it work?", AnswerKind.MANNER),
        ("Did Sweden join?", AnswerKind.YES_NO),
        ("Which popular show was renewed?", AnswerKind.NAME),
        ("Who is Mensur Akgun?", AnswerKind.DEFINITION),
        ("Who was sanctioned?", AnswerKind.PERSON),
        ("S-400 yaptırımları neden uygulandı?", AnswerKind.REASON),
    ],
)
def test_the_kind_of_answer(text: str, kind: AnswerKind) -> None:
    assert analyse(text).kind is kind


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Which resolution limits the sale of oil?", "resolution"),
        ("Which team won the cup?", "team"),
        ("Which company builds its own boats?", "company"),
        ("Which group of the alliance left?", "group"),
        ("Which popular show was renewed?", "show"),
    ],
)
def test_the_noun_asked_for_is_not_the_object_of_its_verb(text: str, focus: str) -> None:
    assert analyse(text).focus == (word_key(focus),)


def test_that_something_lasts_need_not_be_said_where_a_length_of_time_is_asked_for() -> None:
    assert analyse("How long does the deal last?").keys == (word_key("deal"),)
    assert word_key("last") in analyse("How long did the last war take?").keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the United States", "American"),
        ("U.S.", "US"),
        ("Turkey", "Türkiye"),
        ("Turkish", "TÜRKİYE"),
        ("Erdoğan", "Erdogan"),
        ("Kyiv", "Kiev"),
        ("S-400", "S400"),
        ("F-16s", "F-16"),
        ("1,000", "1000"),
        ("sanctioned", "sanctions"),
        ("enrolled", "enrol"),
        ("travelled", "travels"),
        ("won", "winner"),
        ("IRAK", "Irak"),
        ("DIŞ", "dış"),
    ],
)
def test_words_that_compare_equal(one: str, other: str) -> None:
    assert keys_of(words_of(one)) == keys_of(words_of(other)) != frozenset()


def test_words_keep_their_places() -> None:
    text = "İstanbul’da, the United States met 2,017 ısı."
    for word in words_of(text):
        assert text[word.start : word.end].split()[0] == word.surface.split()[0]


def test_a_question_as_of_a_day_is_asked_on_that_day() -> None:
    understood = understand("Who led the party as of 3 March 2022?", Conversation(), Filters(), AS_OF)
    assert (understood.as_of, understood.asked_on) == (date(2022, 3, 3), date(2022, 3, 3))
    assert understood.filters.not_after == date(2022, 3, 3)
    assert understood.period is None
    assert "2022-03-03" in understood.understood
    assert understood.text == "Who led the party?"
    opening = understand("As of 3 March 2022, who led the party?", Conversation(), Filters(), AS_OF)
    assert (opening.text, opening.asked_on) == ("who led the party?", date(2022, 3, 3))
    later = understand("Who led the party as of 3 March 2029?", Conversation(), Filters(), AS_OF)
    assert (later.as_of, later.asked_on) == (AS_OF, None)


@pytest.mark.parametrize(
    ("asked", "past"),
    [("Who won the 2018 World Cup?", True), ("Who won the 2022 World Cup?", False), ("Who won?", False)],
)
def test_a_year_long_gone_makes_a_question_of_history(asked: str, past: bool) -> None:
    assert understand(asked, Conversation(), Filters(), AS_OF).is_about_past is past


def test_a_decade_is_not_its_first_year() -> None:
    assert word_key("1990s") != word_key("1990")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Why was Turkey sanctioned?", "en"),
        ("Was Turkey sanctioned?", "en"),
        ("who's Akgun", "en"),
        ("ABD neden yaptırım uyguladı?", "tr"),
        ("S-400", None),
    ],
)
def test_a_question_tells_its_language_by_its_own_words(question: str, language: str | None) -> None:
    assert language_of(analyse(question)) == language


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chadian", "Chad"),
        ("Viennese", "Vienna"),
        ("Muscovites", "Moscow"),
        ("Ivorian", "Ivory Coast"),
        ("New Yorkers", "New York"),
        ("6.00", "6"),
    ],
)
def test_what_means_the_same_has_one_key(one: str, other: str) -> None:
    assert keys_of(words_of(one)) == keys_of(words_of(other))
