"""What an address of the score asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.views.score import VIEW
from dashboards.views.score.reader import LISTED
from schemas.rules.decision_766 import COMPONENT, Component, Reading

READINGS: Mapping[str, Reading] = {"cong": Reading.PORTAL, "phu-luc": Reading.ANNEX}
WORD = {reading: word for word, reading in READINGS.items()}
LABELS = {Reading.PORTAL: "Như Cổng tính", Reading.ANNEX: "Như phụ lục"}
PERIODS = VIEW.periods


@dataclass(frozen=True, slots=True)
class ScoreAddress:
    """``view.unit`` narrows it; ``component`` is of a list of cases."""

    view: Selection
    reading: Reading
    component: Component | None = None

    def address(self, path: str, page: int = 1) -> str:
        more = {
            "cach": WORD[self.reading],
            "thanh-phan": None if self.component is None else self.component.number,
            "trang": str(page) if page > 1 else None,
        }
        return links.dated(path, self.view, **more)

    def of_period(self, period: PeriodName) -> "ScoreAddress":
        return replace(self, view=self.view._replace(period=period))

    def of_unit(self, unit: str | None) -> "ScoreAddress":
        return replace(self, view=self.view._replace(unit=unit))


def asked_of(view: Selection, query: Mapping[str, str], usual: Reading, *, cases: bool) -> ScoreAddress:
    """``usual``: the reading where the address names none. Raises :class:`links.BadAddress`."""
    word = query.get("cach") or WORD[usual]
    if word not in READINGS:
        raise links.BadAddress("cách tính điểm trong địa chỉ không đúng: cong, phu-luc")
    if view.period not in PERIODS:  # a single day has no score, nor has every time together
        view = view._replace(period=PeriodName.MONTH)
    if not cases:
        return ScoreAddress(view, READINGS[word])
    found = [COMPONENT[code] for code in LISTED if COMPONENT[code].number == query.get("thanh-phan")]
    if not found:
        raise links.BadAddress("thành phần này không đếm theo hồ sơ")
    return ScoreAddress(view, READINGS[word], found[0])
