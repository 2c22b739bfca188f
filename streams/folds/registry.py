"""The fold of every domain that is kept as subjects, by the domain's name."""

from collections.abc import Mapping

from schemas.contracts import DOMAINS
from schemas.domain import Domain
from streams.folds import datasets, directives, holds, lookups, outreach, platform, portal, tasks
from streams.folds.subject import Fold

FOLDS: Mapping[str, Fold] = {
    "task": tasks.task,
    "dataset": datasets.dataset,
    "campaign": datasets.campaign,
    "system": platform.system,
    "certificate": platform.certificate,
    "backup": platform.backup,
    "milestone": platform.milestone,
    "portal": portal.figure,
    "petition": portal.petition,
    "activity": outreach.activity,
    "training": outreach.training,
    "staffing": outreach.staffing,
    "connection": lookups.connection,
    "limit": lookups.limit,
    "directive": directives.directive,
    "hold": holds.hold,
}
FOLDED: Mapping[str, Domain] = {name: DOMAINS[name] for name in FOLDS}
