"""Answers of the right kind to another question are none."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from assistant.answerers.base import Draft
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.mistaking.roles import names_the_other_side
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reading import read
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from tests.assistant.test_choosing import MarkingReader
from tests.assistant.test_judging import read_answer
from vectorstore.retrieved import RetrievedPassage

SURE, UNSURE = 5.0, 2.5


def shown(draft: Draft) -> str | None:
    return None if draft.status == "declined" else draft.sentences[0].text


@pytest.mark.parametrize(
    ("question", "told", "is_shown"),
    [
        ("How many soldiers marched on Alder?", "The march on Alder lasted 12 days.", False),
        ("How many soldiers marched on Alder?", "For twelve days 900 soldiers marched on Alder.", True),
        ("How many soldiers marched on Alder?", "For 12 days several soldiers marched on Alder.", True),
        ("How many days did the march on Alder last?", "The march on Alder lasted 12 days.", True),
    ],
)
def test_a_number_of_days_counts_nothing_else(question: str, told: str, is_shown: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is not None) == is_shown


@pytest.mark.parametrize(
    ("question", "told", "is_shown"),
    [
        ("How much honey does Alder need?", "In Alder 50,000 bees look for honey.", False),
        ("How much honey does Alder need?", "Alder needs 20 kilograms of honey.", True),
        ("How much honey does Alder need?", "Alder needs 1/3 of the honey.", True),
        ("How much honey does Alder need?", "Alder needs little honey for its 50,000 bees.", True),
        ("How much karma does Alder ask for?", "Alder asks for 10 karma and 3 friends.", True),
        ("How much honey does Alder need?", "Alder needs honey.", True),
    ],
)
def test_a_number_of_things_is_no_amount(question: str, told: str, is_shown: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is not None) == is_shown


def test_the_amount_is_told_where_another_sentence_has_it() -> None:
    told = "In Alder 50,000 bees need honey for the winter. Alder needs 20 kilograms for its winter."
    first = shown(read_answer("How much honey does Alder need for the winter?", told, SURE))
    assert first == "Alder needs 20 kilograms for its winter."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many people were injured in Alder?", "The storm killed 41 people in Alder."),
        ("How many people died in Alder?", "The storm injured 41 people in Alder."),
        ("How many people were arrested in Alder?", "Some 41 people were wounded in Alder."),
    ],
)
def test_a_figure_of_another_fate_is_no_answer(question: str, told: str) -> None:
    assert shown(read_answer(question, told, SURE)) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many people were injured in Alder?", "The storm hurt 41 people in Alder."),
        ("How many people died in Alder?", "The storm killed 41 people in Alder and injured 90."),
        ("How many people voted in Alder?", "On the day of the dead 41 people voted in Alder."),
    ],
)
def test_a_figure_of_the_same_fate_is_one(question: str, told: str) -> None:
    assert shown(read_answer(question, told, SURE)) == told


class PhraseReader:
    """A reader that takes a phrase for the answer."""

    name = "phrase"

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        return [self._reading(item.passage.text) for item in passages]

    def _reading(self, text: str) -> PassageReading:
        first = text.index(self._phrase)
        last = first + len(self._phrase)
        offsets = np.array([found.span() for found in re.finditer(r"\w+", text)])
        starts = np.where(offsets[:, 0] == first, 5.0, -5.0).astype(np.float32)
        ends = np.where(offsets[:, 1] == last, 5.0, -5.0).astype(np.float32)
        return PassageReading(SURE, offsets, np.full(len(offsets), 4.0, np.float32), starts, ends)


@pytest.mark.parametrize(
    ("builder", "answers"),
    [
        ("The town council", False),
        ("The City Council of Alder", False),
        ("A bakery of the town", False),
        ("Germany", False),
        ("Germany and France", False),
        ("German Rail", True),
        ("The Holt Works", True),
        ("Bridges and Sons", True),
    ],
)
def test_which_company_asks_for_a_name(builder: str, answers: bool) -> None:
    article = made_article(f"{builder} will build the Alder bridge.")
    draft = ExtractiveAnswerer(PhraseReader(builder)).answer(
        asked("Which company will build the Alder bridge?"),
        whole_passages([article]),
        MadeEvidence([article]),
    )
    assert draft.short_answer == (builder if answers else None)
    assert (draft.status == "declined") != answers


@pytest.mark.parametrize(
    ("told", "answers", "declines"),
    [
        ("The Alder library opened on 14 May 2022.", UNSURE, True),
        ("The Alder library opened on 14 May 2022.", SURE, False),
        ("The Alder library burnt down on 14 May 2022.", UNSURE, False),
        ("The Alder library had burned. It closed on 14 May 2022.", UNSURE, False),
    ],
)
def test_the_day_of_another_deed_is_no_answer(told: str, answers: float, declines: bool) -> None:
    draft = read_answer("In which year did the Alder library burn down?", told, answers)
    assert (shown(draft) is None) == declines


@pytest.mark.parametrize(
    ("question", "told", "declines"),
    [
        ("How much does one Alder boat cost?", "The navy paid $90 million for Alder boats.", True),
        ("What did a single Alder boat cost?", "Alder boats came at a price of $90 million.", True),
        ("How much does one Alder boat cost?", "The navy paid $9 million a boat to Alder.", False),
        ("How much does one Alder boat cost?", "Alder boats cost $9 million each.", False),
        ("How much did the Alder boats cost?", "The navy paid $90 million for Alder boats.", False),
    ],
)
def test_the_price_of_many_is_not_that_of_one(question: str, told: str, declines: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is None) == declines


@pytest.mark.parametrize(
    ("told", "declines"),
    [
        ("The raid named Alder came a week after a bomb killed six people in Bellmere.", True),
        ("The raid came a week after bombs at Alder killed six people in Bellmere.", False),
        ("After months of calm, the raid named Alder killed six people in Bellmere.", False),
        ("The raid named Alder killed six people after a night of bombs in Bellmere.", False),
        ("The raid of Alder has since killed six people.", False),
    ],
)
def test_the_figure_of_another_event_is_no_answer(told: str, declines: bool) -> None:
    draft = read_answer("How many people were killed in Alder?", told, SURE)
    assert (shown(draft) is None) == declines


@pytest.mark.parametrize(
    ("told", "answers", "declines"),
    [
        ("Alder wrote that nothing would change at the museum.", UNSURE, True),
        ("Alder was replaced by Berta Cole at the museum.", UNSURE, False),
    ],
)
def test_who_did_it_is_not_answered_by_what_names_nobody(told: str, answers: float, declines: bool) -> None:
    assert (shown(read_answer("Who replaced Alder?", told, answers)) is None) == declines


@pytest.mark.parametrize(
    ("told", "declines"),
    [
        ("The Alder telescope cost $10 billion.", True),
        ("The launch of the Alder telescope was priced at $10 million.", False),
    ],
)
def test_the_cost_of_another_thing_is_no_answer(told: str, declines: bool) -> None:
    draft = read_answer("What did the launch of the Alder telescope cost?", told, UNSURE)
    assert (shown(draft) is None) == declines


@pytest.mark.parametrize(
    ("question", "told", "answers", "declines"),
    [
        ("How many votes did the bill on Finland get?", "The bill on Sweden got 287 votes.", UNSURE, True),
        ("How many votes did the bill on Finland get?", "The bill on Sweden got 287 votes.", SURE, False),
        ("How many votes did the bill on Finland get?", "The bill on Finland got 287 votes.", UNSURE, False),
        ("Who signed the bill on Finland?", "Berta Cole signed the bill on Sweden.", UNSURE, True),
        (
            "Who signed the bill on Finland?",
            "In Helsinki Berta Cole signed the bill on Sweden.",
            UNSURE,
            False,
        ),
    ],
)
def test_what_is_told_of_another_country_is_no_answer(
    question: str, told: str, answers: float, declines: bool
) -> None:
    text = f"{told} The day after that, people spoke of the weather. Finland waits."
    draft = read_answer(question, text, answers)
    assert (told not in (shown(draft) or "")) == declines


@pytest.mark.parametrize(("answers", "declines"), [(UNSURE, True), (SURE, False)])
def test_another_name_before_the_deed_counts_where_the_reader_is_unsure(
    answers: float, declines: bool
) -> None:
    told = "In Alder, Rossi paid 40 crowns."
    draft = read_answer("What did Holt pay in Alder?", f"Holt keeps the inn. {told}", answers)
    assert (shown(draft) != told) == declines


def test_what_sort_of_company_asks_for_no_name() -> None:
    told = "A bakery of the town will build the Alder bridge."
    article = made_article(told)
    answerer = ExtractiveAnswerer(PhraseReader("A bakery of the town"))
    for asking, declines in (("What sort of company", False), ("Which company", True)):
        draft = answerer.answer(
            asked(f"{asking} will build the Alder bridge?"),
            whole_passages([article]),
            MadeEvidence([article]),
        )
        assert (shown(draft) is None) == declines


@pytest.mark.parametrize(
    ("question", "told", "declines"),
    [
        ("When did the Alder embassy reopen?", "The Alder embassy closed in March 2012.", True),
        ("When did the Alder embassy close?", "The Alder embassy closed in March 2012.", False),
        ("When did it reopen in Alder?", "It closed in 2012 and reopened in Alder in May 2020.", False),
        ("Who runs the smallest mill of Alder?", "Berta Cole runs the largest mill of Alder.", True),
        ("When did rents fall in Alder?", "In Alder rents rose in March 2012.", True),
        (
            "How did the winner of the Alder vote travel?",
            "Who won the Alder vote, and Cole lost, came to Alder in a van.",
            False,
        ),
        (
            "How did the winner of the Alder vote travel?",
            "In Alder Cole lost the vote to Holt, who would travel in a van.",
            False,
        ),
        (
            "Alder reopened it. When did the bridge move?",
            "In Alder the bridge moved, closed, in 2012.",
            False,
        ),
    ],
)
def test_the_opposite_of_what_is_asked_is_no_answer(question: str, told: str, declines: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is None) == declines


@pytest.mark.parametrize(
    ("question", "told", "declines"),
    [
        ("Which mill was never repaired in Alder?", "The Holt Mill was repaired in Alder.", True),
        ("Which mill wasn't repaired in Alder?", "The Holt Mill was repaired in Alder.", True),
        ("Which mill wasn't repaired in Alder?", "In Alder the Holt Mill was left unrepaired.", False),
        ("Which mill was repaired in Alder?", "The Holt Mill was repaired in Alder.", False),
        ("Alder never sleeps. Which mill was repaired?", "The Holt Mill was repaired in Alder.", False),
        ("What does it cost not to vote in Alder?", "To stay at home costs 47 dollars in Alder.", False),
        ("Where do Alder's sick go if not to the mill?", "Alder's sick go to the church.", False),
        ("Why wasn't the mill used in Alder?", "In Alder the mill was excluded because of rats.", False),
        ("Why wasn't the mill used in Alder?", "In Alder the mill was used because of rats.", True),
    ],
)
def test_what_is_not_so_is_not_answered_by_what_is(question: str, told: str, declines: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is None) == declines


@pytest.mark.parametrize(
    ("question", "told", "answers"),
    [
        ("How much does the Alder bell weigh?", "The Alder bell cost the town $10 million.", False),
        ("How much does the Alder bell weigh?", "The Alder bell is as heavy as 40 tonnes of sand.", True),
        ("How heavy is the Alder bell?", "The Alder bell is rung by 6 people.", False),
        ("How long is the Alder bridge?", "The Alder bridge was opened on 4 April 2023.", False),
        ("How long is the Alder bridge?", "The Alder bridge spans 90 metres.", True),
        ("How long was the Alder bridge shut?", "The Alder bridge was shut from May to June.", True),
        ("How long was the Alder bridge shut?", "The Alder bridge was shut for 2 weeks.", True),
        ("How tall is the Alder tower?", "The Alder tower has 12 bells.", False),
        ("How tall is the Alder tower?", "The Alder tower has 12 storeys.", True),
        ("How fast is the Alder tram?", "The Alder tram has 40 seats.", False),
        ("How fast is the Alder tram?", "The Alder tram is 40 metres long.", False),
        ("How fast is the Alder tram?", "The Alder tram runs at 40 km/h.", True),
        ("How much did Alder pay for the houses?", "Alder paid for the houses of a million people.", False),
        ("How much did Alder pay for the houses?", "Alder paid 10 million euros for the houses.", True),
        ("How much did Alder pay for the houses?", "Alder paid 40 million riyals for the houses.", True),
        ("How much did Alder pay for the houses?", "Alder paid 3,000 crore for the houses.", True),
        ("How much did Alder pay for the houses?", "Alder paid eleven million crowns for the houses.", True),
        ("How much did the Alder houses cost?", "The Alder houses cost eleven million kwela.", True),
        ("How old is the mayor of Alder?", "The mayor of Alder was chosen on 4 April 2023.", False),
        (
            "What is the age of the mayor of Alder?",
            "The mayor of Alder, Ida Holt, 43, was chosen again.",
            True,
        ),
        ("How old is the Alder bridge?", "The Alder bridge was built 90 years ago.", True),
        ("How far is Birch from Alder?", "Birch and Alder have 12 bridges.", False),
        ("How far is Birch from Alder?", "Birch is 12 miles from Alder.", True),
    ],
)
def test_a_figure_of_another_measure_is_no_answer(question: str, told: str, answers: bool) -> None:
    assert shown(read_answer(question, told, SURE)) == (told if answers else None)


@pytest.mark.parametrize(("victim", "answers"), [("a young volunteer", False), ("Ida Holt", True)])
def test_a_persons_name_is_no_description(victim: str, answers: bool) -> None:
    told = f"The Alder fire killed {victim}."
    article = made_article(told)
    draft = ExtractiveAnswerer(MarkingReader({told: 8}, span=victim)).answer(
        asked("What was the name of the volunteer that the Alder fire killed?"),
        whole_passages([article]),
        MadeEvidence([article]),
    )
    assert (draft.status != "declined") == answers


def test_the_opposite_change_is_no_reason() -> None:
    told = "The Alder bank raised its rate because bread was dear."
    assert shown(read_answer("Why did the Alder bank cut its rate?", told, SURE)) is None
    assert shown(read_answer("Why did the Alder bank raise its rate?", told, SURE)) == told


@pytest.mark.parametrize(("further", "declines"), [("", True), (" Norway was there from the start.", False)])
def test_a_place_that_the_article_never_names_is_asked_for_in_vain(further: str, declines: bool) -> None:
    told = f"One more joined the Alder union, as Finland had hoped, on 4 April 2023.{further}"
    draft = read_answer("When did Norway join the Alder union?", told, 3.5)
    assert (draft.status == "declined") == declines


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        ("Ida Holt won the Alder cup after the final.", False),
        ("Ida Holt thanked the town of Alder after the final.", True),
        ("Ida Holt of Alder: “We won the final.”", True),
    ],
)
def test_what_somebody_said_is_told_by_words_of_speech(told: str, answers: bool) -> None:
    question = "What did Ida Holt of Alder say after the final?"
    assert (shown(read_answer(question, told, SURE)) is not None) == answers


@pytest.mark.parametrize(
    ("question", "told", "declines"),
    [
        ("Who came third in Alder?", "Berta Cole won the race in Alder.", True),
        ("Who came third in Alder?", "Berta Cole came third in Alder.", False),
        ("What was Alder's prize money for the cup?", "Alder won the cup on 18 December 2022.", True),
        ("What was Alder's prize money for the cup?", "Alder got $5 million for the cup.", False),
    ],
)
def test_another_rank_or_prize_is_no_answer(question: str, told: str, declines: bool) -> None:
    assert (shown(read_answer(question, told, SURE)) is None) == declines


def test_who_came_third_is_told_by_another_sentence() -> None:
    told = "Berta Cole came first in the race of Alder. Adam Moor came third in the race."
    first = shown(read_answer("Who came third in the race of Alder?", told, SURE))
    assert first == "Adam Moor came third in the race."


COMPARED = "It is more than in 2022."
GIVEN = "Berta Cole won the peace prize of Alder."
RAIN = "In 2022 there was rain."


@pytest.mark.parametrize(
    ("published", "told", "declines"),
    [
        (date(2023, 10, 9), (GIVEN, COMPARED), True),
        (date(2023, 10, 9), (RAIN, GIVEN), False),
        (date(2023, 1, 20), (GIVEN, COMPARED), False),
        (date(2022, 10, 9), (GIVEN, COMPARED), False),
        (None, (GIVEN, COMPARED), False),
    ],
)
def test_a_report_of_another_year_is_no_answer(
    published: date | None, told: Sequence[str], declines: bool
) -> None:
    article = made_article(" ".join(told), published_at=published)
    reader = MarkingReader({sentence: 8.0 if sentence == GIVEN else -8.0 for sentence in told}, "Berta Cole")
    question = asked("Who won the peace prize of Alder in 2022?")
    draft = ExtractiveAnswerer(reader).answer(question, whole_passages([article]), MadeEvidence([article]))
    assert (shown(draft) is None) == declines


def test_the_year_of_a_name_need_not_be_that_of_the_report() -> None:
    article = made_article(f"{GIVEN} {COMPARED}", published_at=date(2023, 10, 9))
    reader = MarkingReader({GIVEN: 8.0, COMPARED: -8.0}, "Berta Cole")
    question = asked("Who won the 2022 peace prize of Alder?")
    draft = ExtractiveAnswerer(reader).answer(question, whole_passages([article]), MadeEvidence([article]))
    assert shown(draft) is not None


@pytest.mark.parametrize(
    ("told", "holder", "declines"),
    [
        ("The city council of Alder voted for more bridges.", "The city council", True),
        ("Berta Cole, mayor of Alder, voted on Thursday.", "Berta Cole", False),
    ],
)
def test_an_office_is_held_by_somebody_with_a_name(told: str, holder: str, declines: bool) -> None:
    article = made_article(told)
    answerer = ExtractiveAnswerer(MarkingReader({told: 8.0}, holder))
    draft = answerer.answer(
        asked("Who is the mayor of Alder?"), whole_passages([article]), MadeEvidence([article])
    )
    assert (shown(draft) is None) == declines


@pytest.mark.parametrize(
    ("name", "age"), [("Berta", "38"), ("Berta Cole", "38"), ("Adam Moor", "41"), ("Celia Dean", None)]
)
def test_an_age_stands_right_after_the_name_that_it_belongs_to(name: str, age: str | None) -> None:
    told = "Berta Cole, 38, won the race in Alder with Celia Dean. Adam Moor, 41, came second in it."
    draft = read_answer(f"How old is {name}?", told, UNSURE)
    assert draft.short_answer == age


@pytest.mark.parametrize(
    ("question", "told", "declines"),
    [
        ("When will the Alder mill start?", "The Alder mill was shut in 2019.", True),
        ("When will the Alder mill start?", "The Alder mill was to start last November.", True),
        ("When will the Alder mill start?", "The Alder mill will start in 2028.", False),
        ("When was the Alder mill shut?", "The Alder mill was shut in 2019.", False),
    ],
)
def test_the_past_does_not_tell_when_something_will_be(question: str, told: str, declines: bool) -> None:
    article = made_article(told, published_at=date(2024, 9, 20))
    when = next(words for words in ("in 2019", "last November", "in 2028") if words in told)
    answerer = ExtractiveAnswerer(MarkingReader({told: 8.0}, when))
    draft = answerer.answer(asked(question), whole_passages([article]), MadeEvidence([article]))
    assert (shown(draft) is None) == declines


def test_a_title_alone_is_nobody() -> None:
    told = "The mill of Alder is led by its CEO and by nobody else."
    answerer = ExtractiveAnswerer(MarkingReader({told: 8.0}, "CEO"))
    article = made_article(told)
    draft = answerer.answer(
        asked("Who leads the mill of Alder?"), whole_passages([article]), MadeEvidence([article])
    )
    assert draft.short_answer is None


def test_what_an_article_used_to_say_is_no_answer_where_another_sentence_is() -> None:
    told = (
        "An earlier version of this article gave 912 deaths in Alder. In Alder 40 people died in the quake."
    )
    draft = read_answer("How many people died in the quake in Alder?", told, SURE)
    assert shown(draft) == "In Alder 40 people died in the quake."


def test_how_strong_a_quake_was_is_told_by_its_magnitude() -> None:
    told = "The quake killed 912 people in Alder. A quake of magnitude 7.8 struck Alder before dawn."
    draft = read_answer("How strong was the quake in Alder?", told, SURE)
    assert shown(draft) == "A quake of magnitude 7.8 struck Alder before dawn."
    assert (
        shown(read_answer("How strong was the quake in Alder?", "The quake killed 912 in Alder.", SURE))
        is None
    )


@pytest.mark.parametrize(
    ("question", "told", "is_right"),
    [
        ("Who bought the Alder yard?", "The Alder yard was sold by Mira Holt in May.", False),
        ("Who bought the Alder yard?", "The Alder yard was sold to Mira Holt in May.", True),
        ("Who bought the Alder yard?", "The Alder yard was sold last May to a rival, Mira Holt.", True),
        ("Who bought the Alder yard?", "Mira Holt sold the Alder yard in May.", False),
        ("Who bought the Alder yard?", "Mira Holt bought the Alder yard in May.", True),
        ("Who bought the Alder yard?", "Mira Holt paid 3 million for the Alder yard, sold in May.", True),
        ("Who sold the Alder yard?", "The council bought the Alder yard from Mira Holt.", True),
        ("Who sold the Alder yard?", "Mira Holt bought the Alder yard in May.", False),
        ("Who was the Alder yard bought from?", "The Alder yard was sold by Mira Holt in May.", True),
        ("Who lent Alder the boats?", "Alder borrowed the boats from Mira Holt.", True),
        ("Who borrowed the boats of Alder?", "Mira Holt lent the boats of Alder to a friend.", False),
    ],
)
def test_the_seller_is_not_the_buyer(question: str, told: str, is_right: bool) -> None:
    article = made_article(told)
    passages = whole_passages([article])
    reading = read(asked(question), passages, MadeEvidence([article]))
    assert names_the_other_side(reading, reading.ranked[0]) != is_right
