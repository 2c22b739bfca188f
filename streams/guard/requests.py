"""What a busy account asked for in the last while: the same person, the same request, the persons of one case. Pure.

Kept of accounts alone that are busy just now, and bounded for each: counts by Misra and Gries, so that what makes more
than a 24th of all is always among those kept, and of a case at most 40 persons.
"""

PLACES = 24
CASES = 16
MOST_PERSONS = 40
SPAN = 60  # minutes after which it begins anew


class Heavy:
    """The keys that come most often. A count is never more than there were."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, key: str, error: bool) -> list[int] | None:
        """How often it came, and with errors; ``None`` where there is no place for it."""
        counts = self.counts
        row = counts.get(key)
        if row is not None:
            row[0] += 1
            row[1] += error
            return row
        if len(counts) < PLACES:
            row = counts[key] = [1, int(error)]
            return row
        for other in [other for other, kept in counts.items() if _less(kept)]:
            del counts[other]
        return None


def _less(row: list[int]) -> bool:
    row[0] -= 1
    row[1] = min(row[1], row[0])
    return row[0] <= 0


class Requests:
    """Of one account. ``again``: the most that one request came with errors, ``same``: one person without, ``many``:
    persons of one case; each with what it was."""

    __slots__ = ("_cases", "_heavy", "again", "began", "many", "persons", "same")

    def __init__(self, minute: int) -> None:
        self.began = minute
        self._heavy = Heavy()
        self._cases: dict[str, set[str]] = {}
        self.persons: set[str] = set()
        self.again, self.same, self.many = (0, 0, ""), (0, ""), (0, "")

    def add(self, case: str | None, person: str | None, error: bool) -> None:
        if person is None and case is None:
            return
        row = self._heavy.add(f"{case or ''}|{person or ''}", error)
        if row is not None:
            times, errors = row
            if errors >= 3 and times > self.again[0]:
                self.again = (times, errors, person or "")
            if person is not None and times - errors > self.same[0]:
                self.same = (times - errors, person)
        if person is None:
            return
        if len(self.persons) < MOST_PERSONS:
            self.persons.add(person)
        if case is not None:
            of_case = self._cases.get(case)
            if of_case is None:
                if len(self._cases) >= CASES:
                    self._cases.pop(min(self._cases, key=lambda one: len(self._cases[one])))
                of_case = self._cases[case] = set()
            if len(of_case) < MOST_PERSONS:
                of_case.add(person)
            if len(of_case) > self.many[0]:
                self.many = (len(of_case), case)
