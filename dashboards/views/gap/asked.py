"""What an address of own and portal figures asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.live import MAIN
from dashboards.views.gap.reader import Cause

INDICATORS: Mapping[str, Indicator] = {
    "tiep-nhan": Indicator.RECEIVED,
    "da-xong": Indicator.FINISHED,
    "dung-han": Indicator.ON_TIME,
    "tre-han": Indicator.LATE,
}
CAUSE_WORDS: Mapping[str, Cause] = {
    "chua-gui": Cause.NOT_SENT,
    "cham": Cause.STATUS_BEHIND,
    "khac-ma": Cause.OTHER_CODE,
    "ghi-de": Cause.REWRITTEN_STATUS,
    "khac-ky": Cause.OTHER_PERIOD,
    "tinh-cham": Cause.OWN_BEHIND,
}
_WORD_OF = {value: word for words in (INDICATORS, CAUSE_WORDS) for word, value in words.items()}


@dataclass(frozen=True, slots=True)
class GapAddress:
    """What an address asks for; a unit of the view narrows it."""

    view: Selection
    indicator: Indicator
    cause: Cause | None = None

    def of_api(self) -> dict[str, str | None]:
        """The same as the data API calls it, without the days."""
        return {"indicator": self.indicator, "cause": self.cause, "unit": self.view.unit}

    def address(self, path: str, page: int = 1) -> str:
        cause = None if self.cause is None else _WORD_OF[self.cause]
        more = {"chi-tieu": _WORD_OF[self.indicator], "ly-do": cause, "trang": str(page) if page > 1 else None}
        return links.dated(path, self.view, **more)


def asked_of(view: Selection, query: Mapping[str, str]) -> GapAddress:
    """What the wall shows where the address names no indicator. Raises :class:`links.BadAddress`."""
    indicator, cause = query.get("chi-tieu", _WORD_OF[MAIN]), query.get("ly-do")
    if indicator not in INDICATORS or (cause is not None and cause not in CAUSE_WORDS):
        raise links.BadAddress("chỉ tiêu hoặc lý do trong địa chỉ không đúng")
    return GapAddress(view, INDICATORS[indicator], CAUSE_WORDS[cause] if cause else None)
