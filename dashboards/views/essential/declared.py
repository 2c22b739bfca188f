"""What is counted of the essential services (53 dịch vụ công thiết yếu), declared as a domain's counters are."""

from enum import StrEnum

from dashboards.counted_domains import Ledger
from schemas.counter_kinds import Counter


class Group(StrEnum):
    """What a service's cases count as; the database function ``service_case()`` (migration 0016) says which do."""

    RECEIVED = "received"
    ONLINE = "online"
    NOT_OFFERED = "not_offered"
    OFFER_UNKNOWN = "offer_unknown"
    NOT_USED = "not_used"
    TRIED = "tried"
    REFUSED = "refused"
    SYNC = "sync"
    PORTAL = "portal"
    PORTAL_ONLINE = "portal_online"


# Why the share is low. The first three are all cases that did not come online, each once.
OFFLINE = (Group.NOT_OFFERED, Group.OFFER_UNKNOWN, Group.NOT_USED)
REASONS = (*OFFLINE, Group.REFUSED, Group.SYNC)
SERVICES = Ledger(
    "service",
    "Dịch vụ thiết yếu",
    "dịch vụ",
    (
        Counter(Group.RECEIVED, "Tiếp nhận", "cases of the service accepted, on the day of acceptance"),
        Counter(Group.ONLINE, "Nộp trực tuyến", "of these, those that came online"),
        Counter(Group.NOT_OFFERED, "Chưa cung cấp", "not online; the catalogue does not offer the procedure online"),
        Counter(Group.OFFER_UNKNOWN, "Chưa rõ có cung cấp", "not online; the catalogue does not say if it is offered"),
        Counter(Group.NOT_USED, "Có mà không nộp", "not online, though the catalogue offers the procedure online"),
        Counter(Group.TRIED, "Đã nộp trực tuyến", "came online, those refused before acceptance included"),
        Counter(Group.REFUSED, "Bị từ chối, bổ sung", "of those tried: refused, or asked for supplements"),
        Counter(Group.SYNC, "Cổng chưa có", "online, and the national portal has nothing of them"),
        Counter(Group.PORTAL, "Trên Cổng", "accepted cases that the national portal has"),
        Counter(Group.PORTAL_ONLINE, "Trực tuyến trên Cổng", "of these, those that came online"),
    ),
)
LABELS = {Group(counter.name): counter.label for counter in SERVICES.counters}
