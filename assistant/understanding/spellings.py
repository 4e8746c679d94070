"""Names that are written in several ways, and how else the words of a question may be written.

Case and marks on letters make no difference to the keyword index or to `fold`. What is left are names that
were transliterated in several ways or changed, and letters that carry no mark of their own (ı, ł, ø).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from assistant.understanding.words import fold

MOST_SPELLINGS = 12
"""A phrase has at most so many spellings, its own included."""

_LINES = """
Turkey|Türkiye
Kyiv|Kiev
Kharkiv|Kharkov
Lviv|Lvov
Odesa|Odessa
Mykolaiv|Nikolaev|Mykolayiv
Zaporizhzhia|Zaporizhia|Zaporozhye|Zaporizhzhya
Dnipro|Dnepr|Dnieper
Luhansk|Lugansk
Chornobyl|Chernobyl
Donbas|Donbass
Bakhmut|Artemivsk|Artyomovsk
Zelensky|Zelenskyy|Zelenskiy|Zelenskyi
Zaluzhny|Zaluzhnyi|Zaluzhnyy
Navalny|Navalnyi|Navalniy
Shoigu|Shoygu
Tsikhanouskaya|Tikhanovskaya
Lukashenko|Lukashenka
Czech Republic|Czechia
Myanmar|Burma
Yangon|Rangoon
Eswatini|Swaziland
Ivory Coast|Côte d'Ivoire
Cape Verde|Cabo Verde
East Timor|Timor-Leste
Mumbai|Bombay
Kolkata|Calcutta
Chennai|Madras
Bengaluru|Bangalore
Beijing|Peking
Xinjiang|Sinkiang
Uyghur|Uighur|Uygur
Gaddafi|Qaddafi|Gadhafi|Kadhafi|Qadhafi
Al Qaeda|Al Qaida|Alqaeda
Hezbollah|Hizbollah|Hizbullah
Houthi|Huthi
Islamic State|ISIS|ISIL|Daesh
Quran|Koran|Qur'an
Muhammad|Mohammed|Mohammad|Mohamed
Raisi|Raeisi
Idlib|Idleb
Kobani|Kobane
Raqqa|Rakka
Deir ez-Zor|Deir al-Zor|Deir Ezzor|Deir al-Zour
United Kingdom|UK
United Arab Emirates|UAE
European Union|EU
United Nations|UN
Astana|Nur-Sultan|Nursultan
Chisinau|Kishinev
Almaty|Alma-Ata
Ho Chi Minh City|Saigon
Tchaikovsky|Chaikovsky
Yeltsin|Eltsin
Gorbachev|Gorbachov
Dostoevsky|Dostoyevsky
Djokovic|Đoković
Hanukkah|Chanukah
monkeypox|mpox
"""
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ß": "ss",
     "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)  # fmt: skip
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"}
)
_WORD = re.compile(r"[^\W_]+")
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]{1,8})(\d{1,4})")
_INITIALS = frozenset({"un", "eu", "uk", "uae", "isis", "isil"})
"""Names in capitals only: in another case they are other words."""


def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text.translate(_PLAIN_LETTERS))))


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _LINES.strip().splitlines():
        forms = line.split("|")
        for form in forms:
            table[_plain_words(form)] = tuple(other for other in forms if other != form)
    return table


_OTHERS = _table()
_LONGEST = max(map(len, _OTHERS))


def spellings(phrase: str) -> tuple[str, ...]:
    """The phrase and its other spellings, at most `MOST_SPELLINGS`, its own first.

    "Kyiv's mayor" is also "Kiev's mayor", "Łódź" also "Lodz".
    """
    choices = list(_choices(phrase))
    combined = ("".join(parts) for parts in product(*choices))
    return tuple(islice(dict.fromkeys(combined), MOST_SPELLINGS))


def other_spellings(text: str) -> tuple[str, ...]:
    """How else the names and words of a text are spelled: each other spelling once, in order."""
    found = (form for options in _choices(text) for form in options[1:])
    return tuple(dict.fromkeys(found))


def spelled_as_in(sources: Sequence[str], text: str) -> list[str]:
    """A text as each source would spell it: names and words in that of their spellings which the source has.

    Their own comes first; a word whose spellings a source has none of stays.
    """
    pieces = list(_choices(text))
    if all(len(options) == 1 for options in pieces):
        return [text] * len(sources)
    return ["".join(_chosen(options, source.casefold()) for options in pieces) for source in sources]


def _chosen(options: tuple[str, ...], folded: str) -> str:
    if len(options) == 1:
        return options[0]
    return next((form for form in options if _stands_in(form, folded)), options[0])


def _stands_in(form: str, folded: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form.casefold())}s?(?!\w)", folded) is not None


def _choices(text: str) -> Iterator[tuple[str, ...]]:
    """The text in pieces, each in its own and its other spellings."""
    words = list(_WORD.finditer(text))
    written = 0
    at = 0
    while at < len(words):
        length = _known_length(text, words, at)
        start, end = words[at].start(), words[at + max(length, 1) - 1].end()
        yield (text[written:start],)
        yield _forms(text[start:end], known=length > 0)
        written, at = end, at + max(length, 1)
    yield (text[written:],)


def _known_length(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words from `at` on are a name of the table; 0 where none is."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        piece = text[words[at].start() : words[at + length - 1].end()]
        if _plain_words(piece) in _OTHERS and (piece.isupper() or fold(piece) not in _INITIALS):
            return length
    return 0


def _forms(piece: str, *, known: bool) -> tuple[str, ...]:
    others = _OTHERS[_plain_words(piece)] if known else ()
    letters = (piece.translate(_PLAIN_LETTERS), piece.translate(_WRITTEN_OUT))
    joined = _LETTERS_AND_NUMBER.fullmatch(piece)
    hyphened = ("-".join(joined.groups()),) if joined else ()
    return tuple(dict.fromkeys((piece, *others, *letters, *hyphened)))
