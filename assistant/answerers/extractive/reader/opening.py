"""Which reader a setting names."""

from functools import lru_cache

from assistant.answerers.extractive.reader.readings import Reader

SHIPPED, NO_READER = "default", "none"


@lru_cache(maxsize=4)
def open_reader(setting: str) -> Reader | None:
    """The reader that ships ("default"), none ("none": words alone), or a CrossEncoder.

    Nothing is loaded before the first question, and the same setting gives the same reader again: it holds a
    model, and may be used from many threads. Another setting is the folder or the name of a
    sentence-transformers CrossEncoder that scores a question beside a sentence.
    """
    if setting == NO_READER:
        return None
    if setting == SHIPPED:
        from assistant.answerers.extractive.reader.passage_reader import PassageReader

        return PassageReader()
    from assistant.answerers.extractive.reader.cross_encoder import CrossEncoderReader

    return CrossEncoderReader(setting)
