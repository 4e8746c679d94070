"""Languages that a question may be in, told by words that no other of them and no English word shares."""

from assistant.understanding.wordlists import word_set

FOREIGN_QUESTION_WORDS = {
    "de": word_set("wer wann warum wieso weshalb welche welcher welches welchen wieviel"),
    "fr": word_set("pourquoi quand quel quelle quels quelles combien où"),
    "es": word_set("quién quiénes cuándo dónde cuánto cuántos cuánta cuántas cuál cuáles cómo"),
    "pt": word_set("quem quantos quantas quais porquê onde"),
    "it": word_set("perché quale quali quanti quante"),
    "nl": word_set("wanneer waarom hoeveel welke waar wiens"),
    "pl": word_set("kto kiedy dlaczego gdzie który która które"),
    "ru": word_set("кто когда почему где сколько зачем какой какая какие"),
}
"""The words that ask, by the code of their language."""

LANGUAGE_NAMES = {
    "en": "English",
    "tr": "Turkish",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
}


def language_code(tag: str | None) -> str:
    """The primary language of a BCP 47 code, in lower case; "" where there is none."""
    return (tag or "").split("-")[0].lower()
