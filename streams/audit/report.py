"""What an audit found."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

EXAMPLES = 20  # named per check; the count goes on
Scope = Literal["full", "slice"]


@dataclass(slots=True)
class Check:
    """One comparison: how much was compared, how much differs, and the first of it by name."""

    name: str
    compared: int = 0
    differences: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def differ(self, **example: Any) -> None:
        self.differences += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass(slots=True)
class AuditReport:
    """What an audit found. ``ok`` when nothing differs."""

    scope: Scope
    as_of: str
    seconds: float = 0.0
    cases: int = 0
    buckets: int = 0
    checks: list[Check] = field(default_factory=list)
    old_rules: int = 0  # cases and other subjects that still stand under older rules or names
    shared_ids: int = 0  # ids that name events of more than one case
    subjects: int = 0  # of every other domain
    until: str = ""  # where a slice ended; empty: behind the last case
    until_subject: tuple[str, str] = ("", "")  # (domain, subject), likewise

    def step(self, watch: "Watch", name: str) -> None:
        """A comparison begins, or has come as far as its name says."""
        watch(len(self.checks), name)

    @property
    def differences(self) -> int:
        return sum(check.differences for check in self.checks)

    @property
    def ok(self) -> bool:
        return self.differences == 0

    def plain(self) -> dict[str, Any]:
        return {"ok": self.ok, "differences": self.differences, **asdict(self)}


Watch = Callable[[int, str], None]  # how many comparisons have ended, and what is compared now
FULL_CHECKS = 19  # comparisons of a full audit


def unwatched(_ended: int, _now: str) -> None:
    """Nobody looks."""
