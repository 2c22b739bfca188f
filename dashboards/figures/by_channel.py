"""How the cases came in. Pure."""

from dashboards.readers.snapshot import Live
from schemas.cases import Channel

LABELS: dict[str, str] = {
    Channel.ONLINE: "Trực tuyến",
    Channel.DIRECT: "Trực tiếp",
    Channel.POST: "Bưu chính",
    Channel.OTHER: "Khác",
}
NONE_ACCEPTED = "Chưa tiếp nhận hồ sơ nào"


def by_channel(live: Live) -> dict[str, int]:
    """Accepted cases by channel, each of the four always there."""
    amounts = {str(channel): 0 for channel in LABELS}
    for row in live.flows:
        amounts[row.channel if row.channel in amounts else str(Channel.OTHER)] += row.accepted
    return amounts
