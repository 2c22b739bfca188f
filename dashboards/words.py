"""Numbers, times and ages as a screen writes them. Digits, decimal comma, no-break spaces; rounded once, here."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from dashboards import part_names, short_names, unit_keys, unit_names
from dashboards.letter_widths import EM
from dashboards.periods import Period, PeriodName
from dashboards.unnamed import UNNAMED, unnamed
from schemas.province import ZONE

NB = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "không biết"
NO_UNIT = "chưa rõ đơn vị"
NO_PROCEDURE = "chưa rõ thủ tục"

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def number(value: int) -> str:
    """1.234, with a true minus."""
    text = f"{abs(value):,}".replace(",", ".")
    return MINUS + text if value < 0 else text


def tile_number(value: int) -> str:
    """As :func:`number`, from a million on as "1,23 triệu": the list says it exactly."""
    return number(value) if abs(value) < 1_000_000 else f"{decimal(value / 1_000_000, 2)}{NB}triệu"


def decimal(value: float, places: int = 1) -> str:
    """94,2; what rounds to nothing has no sign."""
    whole, _, part = f"{abs(value):,.{places}f}".partition(".")
    text = whole.replace(",", ".") + ("," + part if part else "")
    return MINUS + text if value < 0 and text.strip("0,.") else text


def percent(share: float, places: int = 1) -> str:
    """94,2 % of a share of 0 to 1."""
    return f"{decimal(rounded_percent(share, places), places)}{NB}%"


def rounded_percent(share: float, places: int = 1) -> float:
    """In per cent. What is not whole is never rounded up to it: 99,96 % is not "100,0 %"."""
    value = round(share * 100, places)
    return round(100 - 10.0**-places, places) if value >= 100 > share * 100 else value


def shares(parts: Sequence[int]) -> list[str]:
    """Parts of one whole in whole per cent that add up to 100 (by largest remainder); what is there is never "0 %"."""
    whole = sum(parts)
    if whole == 0:
        return [f"0{NB}%" for _ in parts]
    floors = [100 * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda index: (-(100 * parts[index] % whole), index))
    for index in by_rest[: 100 - sum(floors)]:
        floors[index] += 1
    return [
        f"<{NB}1{NB}%" if floor == 0 and part else f"{floor}{NB}%" for floor, part in zip(floors, parts, strict=True)
    ]


def points(difference: float) -> str:
    """Percentage points of a difference of shares, without the word."""
    return decimal(difference * 100)


def clock(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%H:%M")


def seconds(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%H:%M:%S")


def closed(moment: datetime) -> str:
    """Of which moment a page's figures are: it does not tick, and may be left open over night."""
    return f"chốt lúc {seconds(moment)} ngày {day_of(moment):%d/%m}"


def day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


NEAR = timedelta(days=183)  # a day and a month within it are of one year only


def short_day(value: date, today: date | None = None) -> str:
    """24/11, with its year where another could be meant: 31/12 is said on 2 January as on 30 December."""
    return value.strftime("%d/%m") if today is None or abs(value - today) < NEAR else day(value)


def short_period(period: Period, today: date) -> str:
    """As it stands under a number, which needs the room."""
    first = period.first
    match period.name:
        case PeriodName.TODAY if first:
            return f"hôm{NB}nay" if first == today else short_day(first, today)
        case PeriodName.MONTH if first:
            return f"tháng{NB}{first:%m}"
        case PeriodName.QUARTER if first:
            return f"quý{NB}{quarter(first)}"
        case PeriodName.YEAR if first:
            return f"{first:%Y}"
        case _:
            return f"mọi{NB}kỳ"


def quarter(value: date) -> int:
    """Which quarter of its year, from 1."""
    return (value.month + 2) // 3


def weekday(value: date) -> str:
    return WEEKDAYS[value.weekday()]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """As it stands within a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def when(moment: datetime, today: date) -> str:
    """14:25 of today, 23/11 16:58 of another day."""
    own = day_of(moment)
    return clock(moment) if own == today else f"{clock(moment)} {short_day(own, today)}"


DAY_HOURS = 8  # only the unit in which long spans are written; what was worked is counted by the calendar's hours


def worked(minutes: int) -> str:
    """45 phút, 3,5 giờ, 2,1 ngày of working time; rounded once, to one decimal, from a hundred days on to none."""
    if minutes < 60:
        return f"{minutes}{NB}phút"
    hours = minutes / 60
    if hours < 2 * DAY_HOURS:
        return f"{decimal(hours)}{NB}giờ"
    days = hours / DAY_HOURS
    return f"{decimal(days, 1 if days < 100 else 0)}{NB}ngày"


def deadline(moment: datetime) -> str:
    """The time of day of a deadline; midnight is the end of the day before, 24:00."""
    text = clock(moment)
    return "24:00" if text == "00:00" else text


def deadline_day(moment: datetime) -> date:
    """The day by whose end a deadline falls: 24:00 belongs to the day that ends."""
    return day_of(moment - timedelta(microseconds=1))


def age(span: timedelta) -> str:
    """4 giây, 7 phút, 3 giờ, 2 ngày: one unit, rounded down. ``live.js`` says the same while it ticks."""
    total = max(int(span.total_seconds()), 0)
    for size, word in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút")):
        if total >= size * (2 if word != "phút" else 1):
            return f"{number(total // size)}{NB}{word}"
    return f"{total}{NB}giây"


def unbroken(name: str) -> str:
    """A name that no line break may cut."""
    return name.replace(" ", NB)


def unit(key: str) -> str:
    """The name of a unit as the reference data has it, or as it was written where that is a name."""
    if not key:
        return NO_UNIT
    return unit_names.name(key) if unit_names.knows(key) else unnamed(key.removeprefix(UNNAMED))


def procedure(key: str) -> str:
    """The name of a procedure as the reference data has it, or as it was written where that is a name."""
    return part_names.procedure(key) if key else NO_PROCEDURE


WALL_NAME_EM = 48 / 4.4  # the longest name a wall's row holds, in em: "VP ĐKĐĐ Long Khánh" just fits
_UNKNOWN_EM = 0.75


def width(text: str) -> float:
    """How wide it runs, in em, at weight 500."""
    return sum(EM.get(letter, _UNKNOWN_EM) for letter in text)


def short_unit(key: str, most: float = WALL_NAME_EM) -> str:
    """The name as a wall writes it: by the abbreviations of the reference data and known words, never cut; of an opaque
    key its two ends."""
    return short_name(unit(key), most, unit_names.abbreviations(key))


def short_name(name: str, most: float = WALL_NAME_EM, abbreviations: Sequence[str] = ()) -> str:
    """The same of a name that is said already."""
    if name.startswith(UNNAMED):
        return _unnamed(name, most)
    if (then := unit_keys.plain(name)) is not None and width(name) > most:
        short = short_names.fitting(then, unit_names.abbreviations(then), most - width(_FORMER), width)
        return f"{short or _middle_out(then, most - width(_FORMER))}{_FORMER}"
    return short_names.fitting(name, abbreviations, most, width) or _middle_out(name, most)


_FORMER = f"{NB}(cũ)"  # in place of its last day, for which a wall has no room


def _unnamed(name: str, most: float) -> str:
    """Said whole, else the key alone, else its two ends."""
    key = name.removeprefix(UNNAMED)
    return name if width(name) <= most else _middle_out(key, most)


def short_procedure(key: str, most: float) -> str:
    return procedure_name(procedure(key), key, most)


def procedure_name(name: str, key: str, most: float) -> str:
    """A procedure's name as a wall writes it: known words abbreviated as far as needed, then its first clause, then the
    short name of the reference data; without one its code, since no name is cut."""
    if name.startswith(UNNAMED):
        return _unnamed(name, most)
    name = _shorter(name, short_names.SHORTER_PROCEDURES, most)
    forms = [
        name,
        re.split(r"[,;(]", name)[0].strip(),
        *sorted(part_names.short_procedure(key), key=width, reverse=True),
    ]
    fits = next((form for form in forms if width(form) <= most), None)
    return fits or short_names.fitting(name, part_names.short_procedure(key), most, width) or _middle_out(key, most)


def _shorter(name: str, words: Iterable[tuple[str, str]], most: float) -> str:
    """With these words abbreviated, one after the other, until it fits."""
    for long, short in words:
        if width(name) <= most:
            break
        name = name.replace(long, short)
    return name


def sentence_unit(key: str) -> str:
    """The name as a wall's sentence writes it: without the kind of commune, which the row beside it says."""
    return short_unit(key).removeprefix("P. ").removeprefix("X. ")


def _middle_out(name: str, most: float) -> str:
    """An opaque key without words, where it does not fit: its two ends, which tell keys apart, with the gap shown."""
    if width(name) <= most:
        return name
    keep = len(name)
    while keep > 2 and width(name[: keep // 2] + "··" + name[-(keep // 2) :]) > most:
        keep -= 1
    return name[: keep // 2] + "··" + name[-(keep // 2) :]


BOLDER = 1.045  # weight 700 runs so much wider than 500


def lines(parts: Iterable[tuple[str, bool]], room: float) -> int:
    """How many lines of ``room`` em the text takes; each part with whether it is bold."""
    runs = [(letter, width(letter) * (BOLDER if bold else 1)) for text, bold in parts for letter in text]
    count, used, word = 1, 0.0, 0.0
    for letter, advance in [*runs, (" ", 0.0)]:
        if letter != " ":
            word += advance
            continue
        if used and used + width(" ") + word > room:
            count, used = count + 1, word
        else:
            used += (width(" ") if used else 0) + word
        word = 0.0
    return count


def letters(text: str) -> int:
    """How many letters a reader has to take in: spaces do not count."""
    return sum(not letter.isspace() for letter in text)
