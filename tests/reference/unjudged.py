"""The columns of a case that rules judge, where nothing was: of one that is oversized or voided. See ``rules``."""

from tests.reference.facts import Json

UNJUDGED: Json = {
    "due_61": None,
    "due_766": None,
    "ended_766": None,
    "late_766": None,
    "supplement_requests": 0,
    "office_us": 0,
    "citizen_us": 0,
    "agency_us": 0,
    "payment_us": 0,
    "waits_for": None,
    "waits_since": None,
    "late_cause": None,
    "portal_learned_at": None,
    "judged_from": None,
    "judged_to": None,
    "readings": [],
    "score_flags": 0,
}
