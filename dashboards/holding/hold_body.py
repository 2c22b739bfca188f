"""``/lenh-giu``: the orders as they stand, and one of them with its delivery, its history and its early end. Pure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote
from uuid import uuid4

from dashboards.access import addresses
from dashboards.directives import frame
from dashboards.holding.reader import PendingHold, ReceiverSeen, StoredHold
from dashboards.holding.words import NO_RECEIVER, SAID, SILENT, about, fact, sending, standing
from dashboards.readers.subjects import SubjectFact
from dashboards.unnamed import named
from dashboards.words import day_of, number, small


def one_address(subject: str) -> str:
    return f"{addresses.ONE_HOLD}?ma={quote(subject, safe='')}"


def new_address(finding: str) -> str:
    return f"{addresses.NEW_HOLD}?phat-hien={quote(finding, safe='')}"


def listed(
    found: Sequence[StoredHold], coming: Sequence[PendingHold], seen: ReceiverSeen, as_of: datetime
) -> list[str]:
    standing_ = [one for one in found if one.ended_at is None]
    words = f"Đang có <b>{number(len(standing_))} lệnh giữ</b> chưa kết thúc." if standing_ else "Không giữ ai."
    return [f'<p class="lead">{words}</p>', *_receiver(seen), *_coming(coming), *(_row(one, as_of) for one in found)]


def _receiver(seen: ReceiverSeen) -> list[str]:
    return [] if seen.known and not seen.silent else [frame.p(SILENT if seen.silent else NO_RECEIVER, "wrong")]


def _coming(coming: Sequence[PendingHold]) -> list[str]:
    return [
        f'<p class="pend" role="status">Đang gửi: {escape(small(named(SAID, one.kind)))}'
        f"{escape(f'. {one.sentence}' if one.sentence else '…')}</p>"
        for one in coming
    ]


def _row(one: StoredHold, as_of: datetime) -> str:
    shape, words, kind = standing(one, as_of)
    button = frame.button("Mở", one_address(one.subject), name=f"Mở: {one.sentence}")
    return (
        f'<section class="item"><div>{frame.tag(shape, words, kind)}</div><p class="say">{escape(one.sentence)}</p>'
        f'<p class="sub">{escape(about(one, as_of))}</p><div class="fl">{button}</div></section>'
    )


def one(
    found: Sequence[StoredHold],
    coming: Sequence[PendingHold],
    facts: Sequence[SubjectFact],
    seen: ReceiverSeen,
    as_of: datetime,
    *,
    lifts: bool,
) -> list[str]:
    """``found``: none while the order itself is on its way. ``lifts``: whether who asks may end it."""
    if not found:
        return [f'<p class="lead">{escape(coming[0].sentence)}</p>', *_coming([coming[0]._replace(sentence="")])]
    hold = found[0]
    shape, words, kind = standing(hold, as_of)
    said, grave = sending(hold, seen)
    way = f'<p class="{"wrong" if grave else "pend"}" role="status">{escape(said)}</p>' if said else ""
    history = "".join(_line(one_, hold, as_of) for one_ in reversed(facts))
    return [
        f"<div>{frame.tag(shape, words, kind)}</div>",
        f'<p class="lead">{escape(hold.sentence)}</p>',
        f'<p class="sub">{escape(about(hold, as_of))}</p>',
        *_coming(coming),
        way,
        *([f'<div class="fl">{_early(hold)}</div>'] if lifts and hold.may_be_lifted and not coming else []),
        f'<section><h2>Diễn biến</h2><ol class="hist">{history}</ol></section>',
    ]


def _line(told: SubjectFact, hold: StoredHold, as_of: datetime) -> str:
    at, what, who = fact(told, day_of(as_of))
    late = " (đến sau, không tính)" if told.id in (hold.detail.get("overtaken") or ()) else ""
    return (
        f'<li><span class="at n">{escape(at)}</span><span>{escape(what)}{late}'
        f' <span class="by">· {escape(who)}</span></span></li>'
    )


def _early(hold: StoredHold) -> str:
    inside = frame.hidden(ma=hold.subject, lenh=str(uuid4())) + frame.area(
        "Vì sao (không bắt buộc)", "cau", needed=False
    )
    return frame.folded("Kết thúc sớm", frame.form(addresses.ONE_HOLD, inside, "Kết thúc sớm"))
