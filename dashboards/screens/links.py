"""Every address of the screens, in one place: built here, read here."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from urllib.parse import quote, urlencode

from dashboards.address import BadAddress as BadAddress
from dashboards.counted_domains import KNOWN, OF_OWN_PAGES
from dashboards.periods import PeriodName
from dashboards.readers.figures import Filters
from dashboards.readers.openings import CASE as CASE_DOMAIN
from dashboards.readers.snapshot import Selection
from dashboards.views import VIEWS
from dashboards.views.view import TABLET as TABLET
from dashboards.views.view import WALLS
from schemas.counters import COUNTER

PREFIX = WALLS
WALL = "/man-hinh/ho-so"
UNITS = "/man-hinh/may-tinh-bang/don-vi"
CATALOGUE = "/man-hinh/may-tinh-bang/chi-tieu"
TERMS = "/man-hinh/may-tinh-bang/tu-ngu"
CASE = "/man-hinh/ho-so/"
SUBJECT = "/man-hinh/doi-tuong/"
OPEN = "/man-hinh/mo"
LIST = "/man-hinh/danh-sach/"
DOWNLOAD = "/man-hinh/tai-ve/"
STREAM = "/man-hinh/dong"

PERIODS: Mapping[str, PeriodName] = {
    "hom-nay": PeriodName.TODAY,
    "thang": PeriodName.MONTH,
    "quy": PeriodName.QUARTER,
    "nam": PeriodName.YEAR,
    "tat-ca": PeriodName.ALL,
}
PERIOD_WORD = {name: word for word, name in PERIODS.items()}

TABLE = "bang"
FINDINGS = "phat-hien"
TABLE_BY = {"unit": "don-vi", "part": "phan"}
BY_OF_WORD = {word: by for by, word in TABLE_BY.items()}

NO_UNIT_WORD = "-"  # the unit that is not named, in an address


def period_of(word: str | None) -> PeriodName:
    """Today where the address names none."""
    if not word:
        return PeriodName.TODAY
    if word not in PERIODS:
        raise BadAddress("không có kỳ này: hom-nay, thang, quy, nam, tat-ca")
    return PERIODS[word]


def unit_word(unit: str) -> str:
    return unit or NO_UNIT_WORD


def unit_of(word: str | None) -> str | None:
    if not word:
        return None
    return "" if word == NO_UNIT_WORD else word


def view_of(name: str, query: Mapping[str, str], period: PeriodName = PeriodName.TODAY) -> Selection:
    """A screen with the selection of an address; ``period`` where it names none. Raises :class:`BadAddress`."""
    chosen = period_of(query["ky"]) if query.get("ky") else period
    return Selection(name, chosen, unit_of(query.get("don-vi")), unit_of(query.get("phan")))


def _with(path: str, query: Mapping[str, str | None]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def screen(path: str, view: Selection, **more: str | None) -> str:
    """The screen with its selection; today is not written."""
    period = None if view.period is PeriodName.TODAY else PERIOD_WORD[view.period]
    unit = None if view.unit is None else unit_word(view.unit)
    part = None if view.part is None else unit_word(view.part)
    return _with(path, {"ky": period, "don-vi": unit, "phan": part, **more})


def again(path: str, query: Mapping[str, str], period: PeriodName) -> str:
    """The same address with another period, from its first page."""
    return _with(path, {**query, "ky": PERIOD_WORD[period], "trang": None})


def dated(path: str, view: Selection, **more: str | None) -> str:
    """A screen whose own period is not today: it is always written."""
    return screen(path, view, ky=PERIOD_WORD[view.period], **more)


def catalogue(**more: str | None) -> str:
    """Every indicator with its definition."""
    return _with(CATALOGUE, more)


def terms(group: str = "", page: int = 1) -> str:
    """What the words of the screens mean."""
    return _with(TERMS, {"nhom": group, "trang": str(page) if page > 1 else None})


def stream(view: Selection) -> str:
    return screen(STREAM, view, man=view.screen)


def home(name: str, *, dark: bool) -> str:
    """A topic's page as a list leads back to it: the wall from a dark list."""
    return PREFIX + name if dark else f"{TABLET}/{name}"


def table(name: str, view: Selection, domain: str | None = None, by: str | None = None, **more: str | None) -> str:
    """A topic's table of all units or parts."""
    words = {"mien": domain, "theo": TABLE_BY[by] if by else None, **more}
    return screen(f"{TABLET}/{name}/{TABLE}", view, ky=PERIOD_WORD[view.period], **words)


def topic(name: str, view: Selection, *, wall: bool = False, **more: str | None) -> str:
    """A topic's page with its selection. The period is always written: what a page shows without one is its own."""
    path = PREFIX + name if wall else f"{TABLET}/{name}"
    return screen(path, view, ky=PERIOD_WORD[view.period], **more)


def opening(
    counter: str,
    view: Selection,
    filters: Filters,
    *,
    dark: bool = False,
    period: PeriodName | None = None,
    domain: str = CASE_DOMAIN,
) -> str:
    """Opens a number: counts it anew with its list, and leads to that list."""
    return _with(
        OPEN,
        {
            "mien": None if domain == CASE_DOMAIN else domain,
            "so": counter,
            "ky": PERIOD_WORD[period or view.period],
            "don-vi": None if filters.unit is None else unit_word(filters.unit),
            "phan": None if filters.part is None else unit_word(filters.part),
            "thu-tuc": None if filters.procedure is None else unit_word(filters.procedure),
            "kenh": filters.channel,
            "ngay": filters.day.isoformat() if filters.day else None,
            "truoc": filters.due_before.isoformat() if filters.due_before else None,
            "nen": "toi" if dark else None,
        },
    )


def opened(query: Mapping[str, str]) -> tuple[str, str, PeriodName, Filters]:
    """What an :func:`opening` asks for: domain, counter, period, filters. Raises :class:`BadAddress`."""
    domain, counter = query.get("mien", CASE_DOMAIN), query.get("so", "")
    if counter not in counters_of(domain):
        raise BadAddress("không có số này")
    try:
        day = date.fromisoformat(query["ngay"]) if query.get("ngay") else None
        due = datetime.fromisoformat(query["truoc"]) if query.get("truoc") else None
    except ValueError as exc:
        raise BadAddress("ngày hoặc giờ trong địa chỉ không đúng") from exc
    if due is not None and due.tzinfo is None:
        raise BadAddress("giờ trong địa chỉ thiếu múi giờ")
    filters = Filters(
        unit=unit_of(query.get("don-vi")),
        part=unit_of(query.get("phan")),
        channel=query.get("kenh") or None,
        procedure=unit_of(query.get("thu-tuc")),
        day=day,
        due_before=due,
    )
    return domain, counter, period_of(query.get("ky")), filters


def counters_of(domain: str) -> Collection[str]:
    """The counters that can be opened of a domain; none of one that there is not."""
    if domain == CASE_DOMAIN:
        return COUNTER
    if domain in OF_OWN_PAGES:
        return ()
    known = KNOWN | {view.counted.name: view.counted for view in VIEWS if view.counted}
    return [counter.name for counter in known[domain].counters] if domain in known else ()


def listing(opening_id: str, page: int = 1, *, dark: bool = False) -> str:
    return _with(
        LIST + quote(opening_id, safe=""), {"trang": str(page) if page > 1 else None, "nen": "toi" if dark else None}
    )


def opening_file(opening_id: str, form: str) -> str:
    """The same list as a file; ``form`` is its ending."""
    return f"{DOWNLOAD}danh-sach/{quote(opening_id, safe='')}.{form}"


def cases_file(view: str, form: str, query: Mapping[str, str | None]) -> str:
    """A view's list of cases as a file, both as the data API calls them; an empty value is none named."""
    return f"{DOWNLOAD}{view}.{form}?{urlencode({name: word for name, word in query.items() if word is not None})}"


def case(code: str, back: str | None = None, *, dark: bool = False) -> str:
    """A case; ``back`` is the opening it was reached from."""
    return _with(CASE + quote(code, safe=""), {"tu": back, "nen": "toi" if dark else None})


def subject(domain: str, key: str, back: str | None = None, *, dark: bool = False) -> str:
    """A subject of another domain than cases; ``back`` is the opening it was reached from."""
    path = f"{SUBJECT}{quote(domain, safe='')}/{quote(key, safe='')}"
    return _with(path, {"tu": back, "nen": "toi" if dark else None})
