"""How wide a line of components runs on a wall, in em of its letters. Pure: from the font's own widths."""

from collections.abc import Iterable
from typing import Any

from dashboards.words import BOLDER, WALL_NAME_EM, width

ICON = 0.72 + 0.3
STEP = 5.2 / 4.4  # a place to touch, as wall.css sets it
AGE = 4.9  # "119 phút" in equal room, so that no word comes and goes while an age ticks on
EQUAL = 0.66  # of the digits that are all as wide as the widest


def em(part: Any, *, bold: bool = False, equal: bool = False) -> float:
    """Of a component, of words, or of several in one line. ``equal``: its digits are equal ones."""
    if part is None:
        return 0.0
    if isinstance(part, list | tuple):
        return sum(em(one, bold=bold, equal=equal) for one in part)
    if isinstance(part, str):
        digits = sum(max(EQUAL - width(letter), 0) for letter in part if letter.isdigit()) if equal else 0.0
        return (width(part) + digits) * (BOLDER if bold else 1)
    if hasattr(part, "data-since") or hasattr(part, "data-until"):
        return AGE * (BOLDER if bold else 1)
    kinds = str(getattr(part, "className", "")).split()
    if "i" in kinds:
        return ICON
    if "step" in kinds:
        return STEP
    return em(getattr(part, "children", None), bold=bold or "warn" in kinds, equal=equal or "n" in kinds)


PANEL = 64 / 4.4  # of the left column, which name, bar and value share
BAR_AND_GAPS = (1.5 + 2 * 1.6 + 0.5) / 4.4


def name_beside(values: Iterable[str]) -> float:
    """What a name may take in rows of name, bar and value."""
    return min(
        WALL_NAME_EM, PANEL - BAR_AND_GAPS - max((em(text, bold=True, equal=True) for text in values), default=0)
    )
