"""What is said of a case beside its own life: its syncs, the national portal's word, its chain. Pure.

None of it moves the case itself, and nothing of it is repaired: the portal's status is what the portal says or has
taken, even where the message that it took was rewritten on the way (that is counted).
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.case_data import END_STATUSES
from schemas.history import Entry, EntryData
from schemas.rules.waiting import held_by

BESIDE = frozenset(("synced", "portal_status", "chain_step", "data_used"))
COUNTER_OF = {
    "status_rewritten": "sync_rewritten",
    "code_invented": "sync_code_invented",
    "dummy_identity": "sync_dummy_identity",
    "attachment_repeated": "sync_attachment_repeated",
    "status_missing": "sync_status_missing",
}


class Portal(NamedTuple):
    """What the national portal has of the case. Moments in microseconds. ``ended_at`` is since when it has it as ended;
    ``rewritten``: its status is one that a message had in place of another; ``learned_at``: when that it has ended came
    to it, whenever it did."""

    status: int | None = None
    code: str | None = None
    synced_at: int | None = None
    ended_at: int | None = None
    rewritten: bool = False
    learned_at: int | None = None


class ChainWaiting(NamedTuple):
    """The group that the case belongs to; the step that has waited longest, where, and since when (microseconds)."""

    chain: str | None = None
    step: str | None = None
    agency: str | None = None
    since: int | None = None


NOTHING_BESIDE = (Portal(), ChainWaiting())


def sync_counters(data: EntryData) -> list[str]:
    """What a message to the portal counts for beside being one."""
    counters = [COUNTER_OF[hazard] for hazard in data.hazards]
    if data.answer == "refused":
        counters.append("sync_refused")
    return counters


def beside(told: Sequence[Entry], ended_at: int | None) -> tuple[Portal, ChainWaiting]:
    """From the facts of these kinds that stand, in order. Of a case that has ended no step waits any more.

    A message says when the case ended, however late it is sent; the portal's own word counts when it says so.
    """
    status = code = synced_at = chain = portal_ended_at = learned_at = None
    rewritten = False
    held: dict[str, tuple[int, str]] = {}  # step → since when, at which agency
    for entry in told:
        data = entry.data
        if entry.kind == "synced" and data.answer != "refused":
            synced_at = entry.time
            code = data.portal_code or code
            if data.answer == "taken" and data.sent_status is not None:
                status, rewritten = data.sent_status, "status_rewritten" in data.hazards
                said_of = entry.time if ended_at is None else min(ended_at, entry.time)
                portal_ended_at = _ended(status, portal_ended_at, said_of)
        elif entry.kind == "portal_status" and data.portal_status is not None:
            status, rewritten = data.portal_status, False
            code = data.portal_code or code
            portal_ended_at = _ended(status, portal_ended_at, entry.time)
        elif entry.kind == "chain_step" and data.step is not None:
            chain = data.chain
            _hand_over(held, data.step, data, entry.time)
        learned_at = None if portal_ended_at is None else learned_at or entry.time
    portal = Portal(status, code, synced_at, portal_ended_at, rewritten, learned_at)
    if ended_at is not None or not held:
        return portal, ChainWaiting(chain)
    since, step, agency = min((since, step, agency) for step, (since, agency) in held.items())
    return portal, ChainWaiting(chain, step, agency, since)


def _ended(status: int, since: int | None, now: int) -> int | None:
    """Since when the portal has a case as ended that now has this status there."""
    if status not in END_STATUSES:
        return None
    return now if since is None else since


def _hand_over(held: dict[str, tuple[int, str]], step: str, data: EntryData, time: int) -> None:
    """A step that is on its way waits where it goes; the clock runs on while it stays with one agency."""
    agency = held_by(data)
    if agency is None:
        held.pop(step, None)
    elif step not in held or held[step][1] != agency:
        held[step] = (time, agency)
