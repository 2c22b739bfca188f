"""**Cần chỉ đạo**: which few things a leader is to look at first. The rule is here alone, and in docs/directives.md.

The gravest first; of equally grave ones the one that is nearest to its limit (whatever has passed it is equally near),
then the one that concerns most people; at last by name, so that the order does not flicker.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

MOST = 5
_NEVER = datetime.max.replace(tzinfo=UTC)


class Gravity(IntEnum):
    GRAVE = 2  # the centre itself is cut off, or will be
    WARNING = 1  # a deadline is past
    OPINION = 0  # somebody waits for an answer


@dataclass(frozen=True, slots=True)
class Needed:
    """``limit``: when it is, or was, too late. ``people``: cases or people that it concerns. ``what`` begins with the
    number, which stands out; ``owner`` answers for it."""

    key: str
    gravity: Gravity
    what: str
    rest: str
    owner: str
    limit: datetime | None
    people: int
    since: datetime | None = None
    before: datetime | None = None  # by when it is best decided
    unit: str | None = None
    directive: str | None = None  # what waits for an answer
    counter: str | None = None  # the number that opens its list


def chosen(found: Iterable[Needed], as_of: datetime, most: int = MOST) -> list[Needed]:
    """At most so many, by the rule."""
    return sorted(found, key=lambda one: (-one.gravity, max(one.limit or _NEVER, as_of), -one.people, one.key))[:most]
