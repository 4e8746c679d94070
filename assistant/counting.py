"""Numbers with their nouns."""


def count_of(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,200 articles"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
