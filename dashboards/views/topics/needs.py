"""What of the topics may need a leader: look-ups before and at their limit, tasks past their deadline, machines that
fail or are about to. JudgedKind as their own pages judge."""

from dataclasses import fields
from datetime import datetime

from dashboards import part_names
from dashboards.directives.judged_kind import JudgedKind
from dashboards.directives.needs_direction import Gravity, Needed
from dashboards.periods import PeriodName
from dashboards.readers import domains
from dashboards.readers.database import Connection
from dashboards.readers.domains import SOON, DomainBy
from dashboards.readers.figures import Filters
from dashboards.readers.queries import query
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import links
from dashboards.settings import ScreensSettings
from dashboards.views.topics import guard_reader, guard_tablet, guard_words
from dashboards.views.topics.declared import OF_DOMAIN, TOPICS
from dashboards.views.topics.guard_live import READ, GuardedDay, once
from dashboards.views.topics.guard_reader import ShownFinding
from dashboards.views.topics.live import LAST_LOOK
from dashboards.words import day, day_of, number, percent, sentence_unit, small, unbroken, unit, when
from schemas.contracts import DOMAINS
from schemas.lookup_findings import FindingRule

WATCHED = "Công an tỉnh, Văn phòng UBND tỉnh"  # who answers for the connection to the population database
FULL = 900  # ‰, as the platform's own counter has it
GUARDED = next(topic for topic in TOPICS.values() if topic.guarded)
_PLATFORM = OF_DOMAIN["certificate"]


async def _looked_up(conn: Connection, ground: Ground, settings: ScreensSettings) -> list[Needed]:
    found, _ = await guard_reader.findings(conn, ground.at, limit=READ)
    whole = {field.name: getattr(ground, field.name) for field in fields(Ground)}
    return of_lookups(GuardedDay(**whole, found=once([one for one in found if one.stands])))


def of_lookups(live: GuardedDay) -> list[Needed]:
    """The limit ahead with who makes it, which is then no thing of its own; and every other grave finding."""
    grave = [one for one in live.whose if one.grave]
    ahead = live.ahead
    why = next(iter(grave), None)
    needed = [_finding(one, live) for one in grave if ahead is None or one is not why]
    return needed if ahead is None else [_ahead(ahead, why, live), *needed]


def _ahead(ahead: ShownFinding, why: ShownFinding | None, live: GuardedDay) -> Needed:
    bold, rest = guard_words.what(ahead)
    return Needed(
        key=f"finding/{ahead.id}",
        kind="lookups",
        gravity=Gravity.GRAVE,
        what=f"Tra cứu dân cư {bold}",
        why="; ".join(filter(None, (_who(why), rest.removeprefix("; ")))),
        owner=WATCHED if why is None or not why.unit else unit(why.unit),
        limit=ahead.reaches_at,
        people=ahead.limit_lookups or 0,
        since=ahead.seen_at,
        before=live.decide_by,
        unit=None if why is None else why.unit or None,
        work=guard_words.proposed(ahead if why is None else why),
        opens=guard_tablet.address(GUARDED, id=ahead.id),
        see="Xem phát hiện",
    )


def _who(why: ShownFinding | None) -> str:
    return "" if why is None else f"{small(guard_words.who(why))}: {guard_words.what(why)[0]}"


def _finding(one: ShownFinding, live: GuardedDay) -> Needed:
    bold, rest = guard_words.what(one)
    whose = one.key if one.scope == "unit" else one.unit
    reached = one.rule == FindingRule.LIMIT_REACHED
    return Needed(
        key=f"finding/{one.id}",
        kind="lookups",
        gravity=Gravity.GRAVE if reached or live.ahead is not None else Gravity.WARNING,
        what=f"{guard_words.who(one)}: {bold}",
        why=rest.removeprefix("; ").removeprefix(", "),
        owner=unit(whose) if whose else WATCHED,
        limit=live.at if reached else None,
        people=one.lookups,
        since=one.began_at,
        unit=whose or None,
        work=f"{guard_words.proposed(one)} ({guard_words.who(one, place=False)}: {bold})",
        opens=guard_tablet.address(GUARDED, id=one.id),
        see="Xem phát hiện",
    )


async def _late_tasks(conn: Connection, ground: Ground, settings: ScreensSettings) -> list[Needed]:
    rows = await domains.read(conn, ground.at, DOMAINS["task"], ground.period, DomainBy.UNIT)
    view = Selection("", PeriodName.ALL)
    needed = []
    for row in rows:
        key, counts = row.key, row.counts
        late = counts["overdue"]
        if not late or not key:
            continue
        blocked = counts["blocked"]
        opens = links.opening("overdue", view, Filters(unit=key), domain="task")
        needed.append(
            Needed(
                key=f"task/{key}",
                kind="task",
                gravity=Gravity.WARNING,
                what=f"{number(late)} nhiệm vụ quá hạn",
                where=f"ở {unbroken(sentence_unit(key))}",
                why=f"{number(blocked)} đang vướng, chờ nơi khác" if blocked else "",
                owner=unit(key),
                limit=ground.at,
                people=0,
                unit=key,
                work=f"hoàn thành {number(late)} nhiệm vụ quá hạn",
                opens=opens,
                see=f"Xem {number(late)} nhiệm vụ",
            )
        )
    return needed


async def _failing(conn: Connection, ground: Ground, settings: ScreensSettings) -> list[Needed]:
    asked = {"as_of": ground.at, "soon": ground.at + SOON, "since": ground.at - LAST_LOOK, "full": FULL}
    rows = await (await conn.execute(query("topics/failing"), asked)).fetchall()
    return [_machine(ground.at, *row) for row in rows]


def _machine(
    as_of: datetime, what: str, system: str, whose: str, many: int, at: datetime, permille: int | None
) -> Needed:
    """``what``: as the query names it. A certificate's list opens; how a system is, its topic's page says."""
    name, counter, limit = part_names.known_system(system) or system, what, at
    domain, view = "certificate", Selection("", PeriodName.ALL)
    opens = links.opening(counter, view, Filters(part=system), domain=domain)
    match what:
        case "expired":
            said, why, see = f"{number(many)} chứng thư hết hạn", f"từ {day(day_of(at))}", "chứng thư"
            work = f"thay {number(many)} chứng thư hết hạn của {name}"
        case "expiring":
            said, why, see = f"{number(many)} chứng thư sắp hết hạn", f"hạn {day(day_of(at))}", "chứng thư"
            work = f"thay {number(many)} chứng thư sắp hết hạn của {name}"
        case "milestone":
            said, why, see = f"{number(many)} mốc nâng cấp quá hạn", f"hạn {day(day_of(at))}", "mốc"
            work = f"đạt {number(many)} mốc nâng cấp quá hạn của {name}"
            opens = links.opening("overdue", view, Filters(part=system), domain="milestone")
        case "down":
            said, why, see, limit = "Không kết nối được", f"lần xem cuối {when(at, day_of(as_of))}", "", as_of
            work = f"khôi phục kết nối của {name}"
        case _:
            used = percent((permille or 0) / 1000, 0)
            said, why, see, limit = f"Tài nguyên đã dùng {used}", "từ 90 % là gần đầy", "", as_of
            work = f"giải phóng hoặc thêm tài nguyên cho {name}"
    if not see:
        opens = links.topic(_PLATFORM.name, Selection("", _PLATFORM.period, part=system))
    return Needed(
        key=f"{what}/{system}"[:80],
        kind="system" if what in ("down", "full") else "platform",
        gravity=Gravity.WARNING,
        what=said,
        where=f"ở {unbroken(name)}",
        why=why,
        owner=unit(whose) if whose else f"đơn vị vận hành {name}",
        limit=limit,
        people=0,
        unit=whose or None,
        work=work,
        opens=opens,
        see=f"Xem {number(many)} {see}" if see else "Xem hạ tầng",
    )


JUDGED = (
    JudgedKind("tra cứu dân cư", (GUARDED.contract,), PeriodName.TODAY, _looked_up),
    JudgedKind("nhiệm vụ", ("tasks",), PeriodName.TODAY, _late_tasks),
    JudgedKind("hạ tầng", (_PLATFORM.contract,), PeriodName.TODAY, _failing, finished=True),
)
