"""The order as a form: what it is about, for whom, what, until when; filled in beforehand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from html import escape
from uuid import uuid4

from dashboards import unit_names
from dashboards.counted_domains import KNOWN
from dashboards.directives import frame
from dashboards.directives.aims import AIMS, OVERDUE
from dashboards.directives.words import work_of
from dashboards.readers.openings import CASE as CASE_DOMAIN
from dashboards.words import day_of, number, small, unit, weekday
from schemas.counter_kinds import Counter
from schemas.counters import COUNTER
from schemas.identity_numbers import found
from schemas.province import ZONE, as_date
from schemas.province import day_of as day_number
from schemas.rules.worktime import WorkTime

AT = time(17)  # when a day of work ends, as the chips offer it


@dataclass(frozen=True, slots=True)
class OrderForm:
    """As it was typed or proposed. ``day``: an ISO day; ``amount``: of the number it is about."""

    id: str
    unit: str = ""
    other_unit: str = ""
    work: str = ""
    day: str = ""
    other_day: str = ""
    aim: str = ""
    domain: str = CASE_DOMAIN
    counter: str = ""
    amount: str = ""
    case: str = ""
    about: str = ""  # the key of a thing that needs direction

    @property
    def whose(self) -> str:
        """Another one that was chosen goes before the one that was proposed; so does another day."""
        return self.other_unit or self.unit

    @property
    def due_at(self) -> datetime | None:
        try:
            return datetime.combine(date.fromisoformat(self.other_day or self.day), AT, ZONE)
        except ValueError:
            return None

    @property
    def known_counter(self) -> Counter | None:
        counters = COUNTER if self.domain == CASE_DOMAIN else {}
        if self.domain in KNOWN:
            counters = {one.name: one for one in KNOWN[self.domain].counters}
        return counters.get(self.counter)

    def fields(self) -> dict[str, str]:
        return {
            "lenh": self.id,
            "don-vi": self.unit,
            "don-vi-khac": self.other_unit,
            "viec-lam": self.work,
            "han": self.day,
            "ngay": self.other_day,
            "kiem": self.aim,
            **self.context(),
        }

    @property
    def origin(self) -> tuple[str | None, str | None]:
        """What it is given from, as the contract names it, and its key."""
        found = (("case", self.case), ("alert", self.about), ("number", self.counter))
        return next(((kind, key) for kind, key in found if key), (None, None))

    def context(self) -> dict[str, str]:
        return {"mien": self.domain, "so": self.counter, "bao-nhieu": self.amount, "ho-so": self.case, "ve": self.about}

    def wrong(self, now: datetime) -> str | None:
        """What is missing, before it is read back."""
        if not self.whose:
            return "Chọn đơn vị."
        if not self.work.strip():
            return "Viết việc phải làm."
        if found(self.work):
            return "Câu có số giống số định danh của người dân; bỏ số đó ra."
        if self.due_at is None:
            return "Chọn hạn."
        return "Hạn phải ở sau lúc này." if self.due_at <= now else None


def proposed(query: Mapping[str, str]) -> OrderForm:
    """What an address asks for: a number (``mien``, ``so``, ``bao-nhieu``), a case, or the work itself about something
    (``ve``), and whose it is."""
    form = OrderForm(
        id=str(uuid4()),
        unit=query.get("don-vi", ""),
        domain=query.get("mien", CASE_DOMAIN),
        counter=query.get("so", ""),
        amount=query.get("bao-nhieu", "") if query.get("bao-nhieu", "").isdigit() else "",
        case=query.get("ho-so", "")[:80],
        about=query.get("ve", "")[:80],
    )
    counter = form.known_counter
    aim = ""
    if form.domain == CASE_DOMAIN and (counter is not None or form.case):
        aim = OVERDUE.name if counter is not None and counter.name.startswith("overdue") else "on_time"
    work = work_of(counter, int(form.amount) if form.amount else None, form.case) or query.get("viec-lam", "")[:400]
    return replace(form, work=work, aim=aim)


def typed(given: Mapping[str, str]) -> OrderForm:
    return OrderForm(
        id=given.get("lenh", ""),
        unit=given.get("don-vi", ""),
        other_unit=given.get("don-vi-khac", "").strip(),
        work=given.get("viec-lam", "").strip(),
        day=given.get("han", ""),
        other_day=given.get("ngay", ""),
        aim=given.get("kiem", "") if given.get("kiem") in AIMS else "",
        domain=given.get("mien", CASE_DOMAIN),
        counter=given.get("so", ""),
        amount=given.get("bao-nhieu", "") if given.get("bao-nhieu", "").isdigit() else "",
        case=given.get("ho-so", "")[:80],
        about=given.get("ve", "")[:80],
    )


def days(now: datetime, work: WorkTime) -> list[tuple[str, str]]:
    """The deadlines that are offered: today, the next working day, and the last one of the week."""
    today = day_of(now)
    local, number_ = now.astimezone(ZONE), day_number(round(now.timestamp() * 1_000_000))
    following = as_date(work.add_days(number_, 1))
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    offered = [("Hôm nay", today)] if local.time() < AT and work.is_working(number_) else []
    offered.append(("Mai" if following == today + timedelta(days=1) else weekday(following).capitalize(), following))
    if friday not in (today, following):
        offered.append((weekday(friday).capitalize(), friday))
    return [(one.isoformat(), f"{words} {one:%d/%m}, 17:00") for words, one in offered]


def about(form: OrderForm) -> str:
    """What it is about, in words."""
    if form.case:
        return f"hồ sơ {form.case}"
    counter = form.known_counter
    if counter is None:
        return ""
    many = f"{number(int(form.amount))} {counter.noun}: " if form.amount else ""
    return f"{many}{small(counter.label)}"


def body(form: OrderForm, offered: list[tuple[str, str]]) -> str:
    """Everything that is asked, as HTML."""
    names = unit_names.all_names()
    units = [(form.unit, unit(form.unit))] if form.unit else []
    options = "".join(
        f'<option value="{escape(key)}"{" selected" if key == form.other_unit else ""}>{escape(name)}</option>'
        for key, name in sorted(names.items(), key=lambda one: one[1])
        if key != form.unit
    )
    other = (
        '<select class="f" name="don-vi-khac" aria-label="Đơn vị khác">'
        f'<option value="">{"đơn vị khác" if units else "chọn đơn vị"}</option>{options}</select>'
        if names
        else frame.short("Mã đơn vị", "don-vi-khac", form.other_unit)
    )
    if units:
        whom = frame.picks("Giao cho", "don-vi", units, form.unit, other)
    else:
        whom = f'<fieldset><legend>Giao cho</legend><div class="fl">{other}</div></fieldset>'
    aims = [*((aim.name, aim.label) for aim in AIMS.values()), ("", "không kèm con số")]
    chosen = form.day or offered[min(1, len(offered) - 1)][0]
    date_ = (
        '<label class="beside">hoặc ngày'
        f' <input class="f" type="date" name="ngay" value="{escape(form.other_day)}"></label>'
    )
    context = "".join(frame.hidden(**{name: value}) for name, value in form.context().items())
    return "".join(
        (
            context,
            frame.hidden(lenh=form.id),
            frame.hidden(viec="doc"),
            whom,
            frame.area("Việc", "viec-lam", form.work),
            frame.picks("Hạn", "han", offered, chosen, date_),
            frame.picks("Kiểm bằng", "kiem", aims, form.aim),
        )
    )
