"""**Cần chỉ đạo**: which few things a leader is to look at first. The rule is here alone, and in docs/directives.md.

What nobody has ordered yet goes before what an open directive is about. Then the gravest first; of equally grave ones
the one that is nearest to its limit (whatever has passed it is equally near), then the one that concerns most people;
at last by name, so that the order does not flicker. Of equally grave things of one kind, the third and all further ones
come after those of other kinds: forty units with overdue cases do not hide a certificate that ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum

MOST = 5
OF_A_KIND = 2
_NEVER = datetime.max.replace(tzinfo=UTC)


class Gravity(IntEnum):
    GRAVE = 2  # the centre itself is cut off, or will be
    WARNING = 1  # a deadline or a bound is past, or about to be
    OPINION = 0  # somebody waits for an answer


@dataclass(frozen=True, slots=True)
class Directed:
    """An open directive, as far as a thing that it is about says so. ``about``: the key of that thing."""

    subject: str
    unit: str
    by_name: str
    at: datetime
    due_at: datetime
    aim: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing. ``what`` begins with its number, and stands out; ``where`` and ``why`` follow it; ``owner`` answers
    for it. ``limit``: when it is, or was, too late; ``people``: cases or people that it concerns."""

    key: str
    kind: str
    gravity: Gravity
    what: str
    owner: str
    limit: datetime | None
    people: int
    where: str = ""
    why: str = ""
    since: datetime | None = None
    before: datetime | None = None  # by when it is best decided
    unit: str | None = None  # to whom an order about it goes
    work: str = ""  # what is to be done, as the order proposes it; "" where its counter says that
    counter: str | None = None  # of cases, that the order is about
    aims: frozenset[str] = frozenset()  # an open directive to the unit with one of these is about it
    directive: str | None = None  # it is a directive, which waits for an answer
    opens: str = ""  # the page or list that it leads to
    see: str = ""  # words of the way there
    directed: Directed | None = None


def paired(found: Iterable[Needed], directives: Sequence[Directed]) -> list[Needed]:
    """Each thing with the open directive about it. Where that waits for an answer it stands here itself, and says so;
    then the thing is left out."""
    things = list(found)
    waiting = {one.directive for one in things if one.directive is not None}
    kept = []
    for one in things:
        of = None if one.directive is not None else next((by for by in directives if _about(by, one)), None)
        if of is None or of.subject not in waiting:
            kept.append(replace(one, directed=of))
    return kept


def _about(directive: Directed, one: Needed) -> bool:
    return directive.about == one.key or (one.unit == directive.unit and directive.aim in one.aims)


def in_order(found: Iterable[Needed], as_of: datetime) -> list[Needed]:
    def plainly(one: Needed) -> tuple[bool, int, datetime, int, str]:
        return one.directed is not None, -one.gravity, max(one.limit or _NEVER, as_of), -one.people, one.key

    before: defaultdict[tuple[bool, Gravity, str], int] = defaultdict(int)
    ranked = []
    for one in sorted(found, key=plainly):
        directed, gravity, *rest = plainly(one)
        place = before[directed, one.gravity, one.kind]
        before[directed, one.gravity, one.kind] += 1
        ranked.append(((directed, gravity, place >= OF_A_KIND, *rest), one))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def chosen(found: Iterable[Needed], as_of: datetime, most: int = MOST) -> list[Needed]:
    """At most so many, by the rule."""
    return in_order(found, as_of)[:most]
