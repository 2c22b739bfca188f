"""A mapping's tables of words, by the form in which words are compared: however it is spelt, a word means one thing."""

from collections.abc import Iterable, Mapping

from streams.intake.headers import same


def by_word(pairs: Iterable[tuple[object, object]]) -> dict[str, object]:
    """What each word means. Raises :class:`ValueError` that names every two spellings of one word whose meanings
    differ: which of them counted would depend on their order."""
    found: dict[str, tuple[str, object]] = {}
    faults = []
    for word, meaning in pairs:
        spelt, known = found.setdefault(same(str(word)), (str(word), meaning))
        if str(known) != str(meaning):
            faults.append(f"{spelt!r} and {word!r} are one word with two meanings")
    if faults:
        raise ValueError("; ".join(faults))
    return {word: meaning for word, (_, meaning) in found.items()}


def one_meaning_each(names_by_code: Mapping[str, Iterable[str]]) -> None:
    """The same of a table that lists the names of each code; a code is a name of itself."""
    by_word((name, code) for code, names in names_by_code.items() for name in (code, *names))
