"""Every address of the screens, in one place: built here, read here."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urlencode

from dashboards.periods import PeriodName
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import View
from schemas.counters import COUNTER

PREFIX = "/man-hinh/"
WALL = "/man-hinh/ho-so"
TABLET = "/man-hinh/may-tinh-bang"
UNITS = "/man-hinh/may-tinh-bang/don-vi"
CASE = "/man-hinh/ho-so/"
OPEN = "/man-hinh/mo"
LIST = "/man-hinh/danh-sach/"
STREAM = "/man-hinh/dong"

PERIODS: Mapping[str, PeriodName] = {
    "hom-nay": PeriodName.TODAY,
    "thang": PeriodName.MONTH,
    "nam": PeriodName.YEAR,
    "tat-ca": PeriodName.ALL,
}
PERIOD_WORD = {name: word for word, name in PERIODS.items()}

NO_UNIT_WORD = "-"  # the unit that is not named, in an address


class BadAddress(ValueError):
    """The address asks for something that is not there; its text says what."""


def period_of(word: str | None) -> PeriodName:
    """Today where the address names none."""
    if not word:
        return PeriodName.TODAY
    if word not in PERIODS:
        raise BadAddress(f"không có kỳ “{word}”: hom-nay, thang, nam, tat-ca")
    return PERIODS[word]


def unit_word(unit: str) -> str:
    return unit or NO_UNIT_WORD


def unit_of(word: str | None) -> str | None:
    if not word:
        return None
    return "" if word == NO_UNIT_WORD else word


def _with(path: str, query: Mapping[str, str | None]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def screen(path: str, view: View, **more: str | None) -> str:
    """The screen with its selection; today is not written."""
    period = None if view.period is PeriodName.TODAY else PERIOD_WORD[view.period]
    return _with(path, {"ky": period, "don-vi": None if view.unit is None else unit_word(view.unit), **more})


def stream(view: View) -> str:
    return screen(STREAM, view, man=view.screen)


def opening(counter: str, view: View, filters: Filters, *, dark: bool = False, period: PeriodName | None = None) -> str:
    """Opens a number: counts it anew with its list, and leads to that list."""
    return _with(
        OPEN,
        {
            "so": counter,
            "ky": PERIOD_WORD[period or view.period],
            "don-vi": None if filters.unit is None else unit_word(filters.unit),
            "kenh": filters.channel,
            "ngay": filters.day.isoformat() if filters.day else None,
            "truoc": filters.due_before.isoformat() if filters.due_before else None,
            "nen": "toi" if dark else None,
        },
    )


def opened(query: Mapping[str, str]) -> tuple[str, PeriodName, Filters]:
    """What an address made by :func:`opening` asks for. Raises :class:`BadAddress`."""
    counter = query.get("so", "")
    if counter not in COUNTER:
        raise BadAddress(f"không có số “{counter}”")
    try:
        day = date.fromisoformat(query["ngay"]) if query.get("ngay") else None
        due = datetime.fromisoformat(query["truoc"]) if query.get("truoc") else None
    except ValueError as exc:
        raise BadAddress("ngày hoặc giờ trong địa chỉ không đúng") from exc
    if due is not None and due.tzinfo is None:
        raise BadAddress("giờ trong địa chỉ thiếu múi giờ")
    filters = Filters(unit=unit_of(query.get("don-vi")), channel=query.get("kenh") or None, day=day, due_before=due)
    return counter, period_of(query.get("ky")), filters


def listing(opening_id: str, page: int = 1, *, dark: bool = False) -> str:
    return _with(
        LIST + quote(opening_id, safe=""), {"trang": str(page) if page > 1 else None, "nen": "toi" if dark else None}
    )


def case(code: str, back: str | None = None, *, dark: bool = False) -> str:
    """A case; ``back`` is the opening it was reached from."""
    return _with(CASE + quote(code, safe=""), {"tu": back, "nen": "toi" if dark else None})
