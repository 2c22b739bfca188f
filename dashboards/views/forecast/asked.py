"""What an address of these lists asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.views.forecast import VIEW
from dashboards.views.forecast.reader import ListName

WORDS: Mapping[str, ListName] = {"den-han": ListName.DUE_TOMORROW, "nguy-co": ListName.AT_RISK}
_WORD_OF = {name: word for word, name in WORDS.items()}


@dataclass(frozen=True, slots=True)
class ForecastAddress:
    """A list, of all units or one."""

    which: ListName
    unit: str | None = None

    def address(self, page: int = 1) -> str:
        more = {"ds": _WORD_OF[self.which], "trang": str(page) if page > 1 else None}
        return links.screen(VIEW.tablet, Selection("may-tinh-bang", unit=self.unit), **more)


def asked_of(query: Mapping[str, str]) -> ForecastAddress:
    """Raises :class:`links.BadAddress`."""
    word = query.get("ds", "nguy-co")
    if word not in WORDS:
        raise links.BadAddress("danh sách trong địa chỉ không đúng")
    return ForecastAddress(WORDS[word], links.unit_of(query.get("don-vi")))
