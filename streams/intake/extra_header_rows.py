"""Rows below a header that are no records: a second row of it, its repetition on each page, the numbers of columns."""

import re
from collections.abc import Sequence

from streams.intake.headers import BETWEEN, Wanted, same

LEAST = 3  # columns; fewer numbers may be a record
_NUMBER_OF_COLUMN = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-Za-z])\s*\)?(?:\s*=[-+/*()%0-9\s]*)?")


def is_aside(wanted: Wanted, values: Sequence[str]) -> bool:
    """Whether the values of the wanted columns repeat their headings, or number them: (1), (2), (3)=(1)+(2)."""
    said = [(heading, text) for heading, text in zip(wanted.values(), values, strict=True) if heading and text.strip()]
    if said and all(same(text) in map(same, (heading, *heading.split(BETWEEN))) for heading, text in said):
        return True
    texts = {text.strip() for _, text in said}
    return len(texts) == len(said) >= LEAST and all(map(_NUMBER_OF_COLUMN.fullmatch, texts))
