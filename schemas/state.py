"""What a case has come to: the state its history folds to, and what that state adds to the rollups."""

import msgspec

from schemas.rules.chain_stays import Stay
from schemas.rules.verdicts import Move

RULES_VERSION = 12  # raise it with any change of the fold or of the contribution

NO_UNIT = ""  # the case names none (chưa rõ)
END_KINDS = ("finished", "returned", "stopped", "refused", "withdrawn")
DONE_KINDS = ("finished", "returned")

# (counter, unit that did it or "" for the accepting unit, day in the province, how many)
Flow = tuple[str, str, int, int]


class CaseState(msgspec.Struct, frozen=True, gc=False):
    """Derived from a history alone. Moments in microseconds since the epoch; ``None`` where it never happened.

    Open is: accepted and not ended. A case of which too many events came keeps no state but ``oversized``; one that was
    voided as a whole keeps ``voided_at``.
    """

    unit: str = NO_UNIT  # that accepted it, or that refused it where none has accepted it
    procedure: str = ""
    channel: str = ""
    submitted_at: int | None = None
    accepted_at: int | None = None
    due_at: int | None = None
    ended_at: int | None = None
    end_kind: str | None = None
    returned_at: int | None = None
    status: int | None = None
    status_raw: str | None = None
    last_at: int | None = None  # no row of its contribution lies on a later day
    last_unit: str = NO_UNIT  # where it was last seen (đang ở đơn vị)
    flows: tuple[Flow, ...] = ()
    voided_at: int | None = None
    oversized: bool = False
    simulated: bool = False
    portal_status: int | None = None  # the national portal's, by its own word or by what it has taken
    portal_code: str | None = None  # the case's code there, if another
    synced_at: int | None = None  # last message to it that was not refused
    portal_ended_at: int | None = None  # since when the portal has it as ended
    portal_rewritten: bool = False  # the portal's status is one that was rewritten on the way
    chain: str | None = None  # group of interlinked services that the case belongs to
    chain_step: str | None = None  # the step that has waited longest; ``None`` when nothing waits
    chain_agency: str | None = None  # where that step waits
    chain_since: int | None = None  # since when it waits there
    due_61: int | None = None  # the deadline of Nghị định 61/2018 (schemas.rules.deadlines); none runs: None
    due_766: int | None = None  # and as Quyết định 766 is counted
    ended_766: int | None = None  # the end by that counting; one open request for supplements is one
    late_766: bool | None = None  # of an ended case; before the end only ``True``, where nothing can mend it any more
    supplement_requests: int = 0
    office_us: int = 0  # working time in microseconds up to the end, or to ``waits_since`` (schemas.rules.waiting)
    citizen_us: int = 0
    agency_us: int = 0
    payment_us: int = 0
    waits_for: str | None = None  # office, citizen, agency, payment; ``None``: not accepted, or ended
    waits_since: int | None = None
    late_cause: str | None = None  # of a case finished after its appointment: real (the office), waiting
    portal_learned_at: int | None = None  # when the national portal learned that it has ended
    judged_from: int | None = None  # days: the rules and the calendar of no other were asked for it
    judged_to: int | None = None
    score_flags: int = 0  # what it adds to the numerators of Quyết định 766 (schemas.rules.score_flags)
    path: tuple[str, ...] | None = None  # its steps in order (schemas.rules.paths); ``None``: not accepted
    path_office_s: tuple[int, ...] = ()  # of an ended case: working seconds of each step and of the end
    path_waited_s: tuple[int, ...] = ()
    path_since: int | None = None  # of an open case: its last step, or its acceptance
    loops: int = 0  # how often it turned back
    loop_reason: str | None = None  # why it first did: supplement, chain, repeated
    chain_stays: tuple[Stay, ...] = ()  # where the steps of its chain were and are (schemas.rules.chain_stays)
    names: tuple[str, ...] = ()  # of units and procedures in its events (streams.folds.naming)
    deadline_moves: tuple[Move, ...] = ()  # what moved its deadlines; of an appointment that nothing moved, none
    readings: tuple[str, ...] = ()  # those that would judge it otherwise (schemas.rules.readings)


class Contribution(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one case adds to every rollup. Each row is (unit, day in the province, counter, amount), sorted."""

    procedure: str
    channel: str
    rows: tuple[tuple[str, int, str, int], ...]


NOTHING = Contribution("", "", ())
