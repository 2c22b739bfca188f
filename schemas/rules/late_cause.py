"""Why a case was late: the office, or a wait for somebody else. (Known late to the portal alone: the fold's late_sync.)
Pure."""

from collections.abc import Sequence

from schemas.rules.deadline_moves import later
from schemas.rules.in_force import Rules
from schemas.rules.waiting import Held, waited
from schemas.state import DONE_KINDS


def late_cause(
    end_kind: str | None,
    ended_at: int | None,
    due_at: int | None,
    held: Sequence[Held],
    set_at: int | None,
    rules: Rules,
) -> str | None:
    """Of a case finished after its appointment: *waiting*, where it is in time once the appointment is later by what
    was waited, which is how Quyết định 766 subtracts the citizen's part of it; else *real*."""
    if end_kind not in DONE_KINDS or ended_at is None or due_at is None or ended_at <= due_at:
        return None
    waits = waited(held, set_at)
    return "waiting" if waits and ended_at <= later(due_at, waits, rules.work) else "real"
