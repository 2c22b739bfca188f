"""What is counted of the sources themselves, declared as a domain's counters are."""

from dataclasses import dataclass
from typing import Protocol

from schemas.actions import DIRECTIVE
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Counter, Kind, Noun
from schemas.holds import HOLD


class CountedDomain(Protocol):
    """What figures, lists and pages know of a domain."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def counters(self) -> tuple[Counter, ...]: ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counted by source (in the place of the unit) and topic (in that of the part)."""

    name: str
    label: str
    part: str
    counters: tuple[Counter, ...]


SOURCES = Ledger(
    "source",
    "Nguồn",
    "chủ đề",
    (
        Counter("sources", "Nguồn", "sources, each on each topic it has sent to", Kind.NOW, Noun.SYSTEM),
        Counter("feeds", "Nguồn có nhịp", "of these with a rhythm, so not from files", Kind.NOW, Noun.SYSTEM),
        Counter("silent", "Chậm, im lặng", "of these beyond their rhythm or bound", Kind.NOW, Noun.SYSTEM),
        Counter("events", "Bản ghi", "events taken, in all", Kind.NOW, Noun.RECORD),
        Counter("duplicates", "Trùng", "events that came again, in all", Kind.NOW, Noun.RECORD),
        Counter("rejected", "Bị từ chối", "records rejected, on the day they reached Kafka", noun=Noun.RECORD),
        Counter("lost", "Mất trước Kafka", "sent and not held, by the digests of 7 days", Kind.NOW, Noun.RECORD),
    ),
)
NAMES_ACCOUNTS = frozenset({HOLD.name})  # subjects that name accounts: shown to those alone who may see these by name
OF_OWN_PAGES = frozenset({DIRECTIVE.name, HOLD.name})  # their numbers open no list: pages of their own have them
KNOWN: dict[str, CountedDomain] = {**DOMAINS, SOURCES.name: SOURCES}
