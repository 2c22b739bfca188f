"""At which moment of the province a demo begins: the present one while offices work, else a working day's. Pure.

Moments are seconds since the epoch. Times of the day are those between which the simulated province has work in hand;
outside them hardly anything moves.
"""

from typing import NamedTuple

from infra.simulate.calendar import Office, day_at, seconds_of
from schemas.province_clock import AHEAD_S

BUSY_S = ((8 * 3_600, 11 * 3_600), (13 * 3_600 + 900, 16 * 3_600))  # of a working day
BEGINS_S = (9 * 3_600, 13 * 3_600 + 1_800)  # where a clock that is not the real one begins
LOOKS_BACK = 30  # days; no rest is so long


class StartMoment(NamedTuple):
    """``busy``: offices are at work then."""

    at: int
    busy: bool


def busy(moment: int, office: Office) -> bool:
    """Whether offices are at work, and will be for an hour."""
    day = day_at(moment)
    into = moment - seconds_of(day)
    return office.is_working(day) and any(begins <= into <= ends for begins, ends in BUSY_S)


def start_moment(real: int, played: int | None, office: Office) -> StartMoment:
    """For a demo that is started at ``real`` and has been played up to ``played``, which it cannot go behind. Not ahead
    of the real time where it can be helped, and never further than events may be."""
    known = played if played is not None else seconds_of(day_at(real) - LOOKS_BACK)
    for moment in (real, known if played is not None else real):
        if known <= moment <= real + AHEAD_S and busy(moment, office):
            return StartMoment(moment, True)
    days = range(day_at(real) - LOOKS_BACK, day_at(real) + 2)
    begins = [seconds_of(day) + into for day in days if office.is_working(day) for into in BEGINS_S]
    before = [moment for moment in begins if known <= moment <= real]
    if before:
        return StartMoment(before[-1], True)
    after = [moment for moment in begins if max(known, real) < moment <= real + AHEAD_S]
    return StartMoment(after[0], True) if after else StartMoment(max(known, real), False)
