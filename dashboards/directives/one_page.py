"""``/chi-dao/mot``: one directive, how it stands, the number it wants to move, its answers and its history. Pure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from uuid import uuid4

from dashboards.access import addresses
from dashboards.directives import drawing, frame
from dashboards.directives.aims import AIMS, AimValue, CurvePoint, better, moved
from dashboards.directives.reader import PendingCommand, StoredDirective
from dashboards.directives.words import SAID, about, fact, standing, until
from dashboards.readers.subjects import SubjectFact
from dashboards.unnamed import named
from dashboards.words import clock, day_of, small, when
from schemas.province import ZONE

DIRECT = {"accepted": "Nhận việc", "verified": "Đã kiểm, kết thúc"}  # answers of one tap


def body(
    one: StoredDirective,
    facts: Sequence[SubjectFact],
    pending: Sequence[PendingCommand],
    now: AimValue | None,
    points: Sequence[CurvePoint],
    as_of: datetime,
    may: Sequence[str],
) -> list[str]:
    """``may``: the answers that who asks may give; none while one is on its way."""
    shape, words, kind = standing(one, as_of)
    today = day_of(as_of)
    ordered = f"{one.by_name} chỉ đạo lúc {when(one.issued_at, today)}"
    answers = [] if pending else [_answer(move, one) for move in may]
    return [
        f'<div>{frame.tag(shape, words, kind)}<span class="sub">{escape(ordered)}</span></div>',
        f'<p class="lead">{escape(one.sentence)}</p>',
        f'<p class="sub">{escape(about(one, as_of))}</p>',
        *sending(pending),
        *([f'<div class="fl" role="group" aria-label="Trả lời">{"".join(answers)}</div>'] if answers else []),
        '<div class="two">',
        f"<section><h2>Con số cần đổi</h2>{_aim(one, now, points, as_of)}</section>",
        f'<section><h2>Diễn biến</h2><ol class="hist">{_history(one, facts, as_of)}</ol></section>',
        "</div>",
    ]


def sending(pending: Sequence[PendingCommand]) -> list[str]:
    return [
        f'<p class="pend" role="status">Đang gửi: {escape(small(named(SAID, one.kind)))}{escape(_more(one))}…</p>'
        for one in pending
    ]


def _more(one: PendingCommand) -> str:
    said = "" if one.kind == "issued" else str(one.data.get("sentence") or "")  # an order stands above already
    return f": {said.rstrip('.')}" if said else ""


def _aim(one: StoredDirective, now: AimValue | None, points: Sequence[CurvePoint], as_of: datetime) -> str:
    aim, then = AIMS.get(one.aim), one.ordered_at
    if aim is None or then is None or now is None:
        return frame.p("Chỉ đạo này không kèm con số.", "sub")
    told = moved(aim, then, now)
    way = {True: "đang tốt lên", False: "đang xấu đi", None: "chưa đổi"}[better(aim, then, now)]
    picture = drawing.curve(points, aim, day_of(one.issued_at), day_of(as_of))
    return (
        f'<p class="aim">{escape(told[:1].upper() + told[1:])}: {escape(way)}.</p>{picture}'
        f'<p class="sub">{escape(aim.about[:1].upper() + aim.about[1:])}; vạch đậm là lúc chỉ đạo.</p>'
    )


def _history(one: StoredDirective, facts: Sequence[SubjectFact], as_of: datetime) -> str:
    lost = set(one.detail.get("overtaken") or ())
    lines = ""
    for told in reversed(facts):
        at, what, who = fact(told, day_of(as_of))
        late = " (đến sau, không tính)" if told.id in lost else ""
        lines += (
            f'<li><span class="at n">{escape(at)}</span><span>{escape(what)}{late}'
            f' <span class="by">· {escape(who)}</span></span></li>'
        )
    return lines


def _answer(kind: str, one: StoredDirective) -> str:
    fixed = frame.hidden(
        viec=kind,
        ma=one.subject,
        lenh=str(uuid4()),
        sau="" if kind == "progressed" else str(one.revision),
    )
    to = addresses.ONE_DIRECTIVE
    text = {
        "progressed": ("Báo tiến độ", "Đã làm được gì"),
        "done": ("Báo xong", "Kết quả"),
        "cannot": ("Không làm được", "Vì sao"),
        "asked": ("Xin lùi hạn", "Vì sao"),
        "refused": ("Không cho lùi", "Lý do (không bắt buộc)"),
        "reopened": ("Yêu cầu làm lại", "Còn thiếu gì"),
        "closed": ("Đóng chỉ đạo", "Vì sao"),
    }
    if kind in DIRECT:
        return frame.form(to, fixed, DIRECT[kind], kind="one")
    if kind == "extended":
        asked = one.asked_until
        if asked is not None:
            given = frame.hidden(ngay=asked.astimezone(ZONE).date().isoformat(), gio=clock(asked))
            return frame.form(to, fixed + given, f"Cho lùi đến {until(asked)}", kind="one")
        return frame.folded("Cho lùi hạn", frame.form(to, fixed + _day("Hạn mới"), "Cho lùi hạn"))
    words, label = text[kind]
    inside = fixed + frame.area(label, "cau", needed=kind not in ("done", "refused"))
    if kind == "progressed":
        inside += frame.short("Đã xong bao nhiêu %", "phan-tram", kind="number", more=' min="0" max="100"')
    if kind in ("progressed", "done"):
        inside += frame.short("Bằng chứng: số văn bản, nơi xem", "bang-chung")
    if kind in ("asked", "reopened"):
        inside += _day("Xin đến ngày" if kind == "asked" else "Hạn mới (không bắt buộc)", needed=kind == "asked")
    return frame.folded(words, frame.form(to, inside, words))


def _day(label: str, *, needed: bool = True) -> str:
    return frame.short(label, "ngay", kind="date", needed=needed)
