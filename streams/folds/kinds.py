"""What the kinds of a case's events say and count by themselves."""

from schemas.cases import Status

# What a kind says about the national status where its source says nothing (domain.md 4.1).
IMPLIED_STATUS = {
    "submitted": int(Status.REGISTERED),
    "accepted": int(Status.ACCEPTED),
    "refused": int(Status.REFUSED),
    "step": int(Status.IN_PROCESS),
    "supplement_requested": int(Status.SUPPLEMENT),
    "supplement_received": int(Status.IN_PROCESS),
    "stopped": int(Status.STOPPED),
    "finished": int(Status.FINISHED),
    "returned": int(Status.RETURNED),
    "withdrawn": int(Status.WITHDRAWN),
}

# Kinds that may happen more than once, and the counter each of them adds to.
FLOW_OF = {
    "step": "steps",
    "supplement_requested": "supplements",
    "supplement_received": "supplements_received",
    "extended": "extensions",
    "suspended": "suspensions",
    "resumed": "resumptions",
    "paid": "paid",
    "digitised": "digitised",
    "rated": "rated",
    "synced": "synced",
    "chain_step": "chain_steps",
    "data_used": "data_used",
}
SETS_DEADLINE = frozenset(("accepted", "extended", "supplement_received", "resumed"))
