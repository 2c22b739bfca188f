"""The sentence above the essential services: the first rule that applies, from the data alone, on two lines."""

from collections.abc import Callable, Sequence

from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, period_word, unknown, up_to
from dashboards.settings import ScreensSettings
from dashboards.views.essential.live import Essential
from dashboards.views.essential.reader import Known, ServiceShare
from dashboards.views.essential.reasons import cause_words, main_reason
from dashboards.words import NB, percent, small, unbroken

NAMED = 3


def headline(live: Essential, settings: ScreensSettings) -> Sentence:
    """Silence; nothing known; very low; behind their paths; else which is the lowest."""
    if (said_first := unknown(live, "dịch vụ thiết yếu")) is not None:
        return said_first
    counted = live.counted
    if not counted:
        return Sentence(Rule.NOTHING, _none(live))
    low = [service for service in counted if (service.share or 0) < settings.essential_low]
    if low:
        said = Words(f"{len(low)}{NB}dịch vụ thiết yếu dưới {percent(settings.essential_low, 0)} trực tuyến", bold=True)
        return Sentence(Rule.BELOW, fitting((*up_to(live), said), _named(low, live)))
    behind = [service for service in counted if service.standing is not None and service.standing.behind]
    if behind:
        said = Words(f"{len(behind)} trong {len(counted)}{NB}dịch vụ có số chậm lộ trình", bold=True)
        return Sentence(Rule.BELOW, fitting((*up_to(live), said), _named(behind, live)))
    said = Words("Không dịch vụ nào chậm lộ trình", bold=True)
    if not any(service.standing is not None and service.standing.behind is not None for service in counted):
        said = Words(f"{len(counted)}{NB}dịch vụ có số, chưa rõ lộ trình", bold=True)
    lowest = Words(f", thấp nhất là {_name(counted[0])}")
    return Sentence(Rule.USUAL, fitting((*up_to(live), said), [(lowest,), ()]))


def _none(live: Essential) -> tuple[Words, ...]:
    without = sum(service.known in (Known.NO_CODE, Known.NO_NAME) for service in live.services)
    said = Words(f"Chưa dịch vụ nào có số {period_word(live)}:", bold=True)
    if not live.services:
        return (said, Words(" chưa nạp danh mục dịch vụ thiết yếu."))
    return (said, Words(f" {without} trong {len(live.services)}{NB}dịch vụ chưa có mã thủ tục."))


def _named(services: Sequence[ServiceShare], live: Essential) -> list[tuple[Words, ...]]:
    """The lowest of them by name, from as many as may be named down to one; with the cause that all of those share."""
    endings: list[tuple[Words, ...]] = []
    for count in range(min(NAMED, len(services)), 0, -1):
        rest = len(services) - count
        whole, broken = (
            ": " + ", ".join(_name(service, how) for service in services[:count]) for how in (unbroken, str)
        )
        others = f" và {rest}{NB}dịch vụ khác" if rest else ""
        reasons = {main_reason(live.why.get(service.number, {})) for service in services[:count]}
        reason = next(iter(reasons))
        why = f", {'đều ' if count > 1 else ''}vì {cause_words(reason)}" if len(reasons) == 1 and reason else ""
        endings += [(Words(names + others + more),) for more in dict.fromkeys((why, "")) for names in (whole, broken)]
    return [*endings, ()]


def _name(service: ServiceShare, how: Callable[[str], str] = unbroken) -> str:
    """The name within a sentence with its share; ``how`` says where a line may break."""
    name = service.short_name
    return f"{how(small(name))}{NB}{percent(service.share or 0, 2)}"
