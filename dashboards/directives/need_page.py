"""The tablet's first page, ``/chi-dao``: the same few things as on the first wall, each with the way to order. Pure."""

from datetime import datetime, timedelta
from html import escape

from dashboards.access.asker import Asker, Right
from dashboards.access.pages_seen import needed as right_of
from dashboards.directives import frame, need_words
from dashboards.directives.list_page import one_address, order_address
from dashboards.directives.need_live import Needing
from dashboards.directives.needs_direction import Needed
from dashboards.words import age, capital

NOT_READ = "Đang đọc số; trang tự hiện khi đọc xong."


def body(live: Needing, asker: Asker) -> list[str]:
    """``live``: as this asker may see it."""
    said = need_words.headline(live).words
    lead = "".join(f"<b>{escape(part.text)}</b>" if part.bold else escape(part.text) for part in said)
    if live.condition.dead:
        return [f'<p class="lead">{lead}</p>']
    items = [_item(one, asker, live.as_of) for one in live.items]
    if not items:
        items = [frame.p(need_words.none_of(live), "sub")]
    more = need_words.further(live)
    rule = f"{need_words.RULE} {capital(more)}." if more else need_words.RULE
    blind = f"{need_words.not_known(live.unknown, live.as_of)}." if live.unknown else ""
    return [f'<p class="lead">{lead}</p>', frame.wrong(blind), *items, frame.p(rule, "sub rule")]


def _item(one: Needed, asker: Asker, as_of: datetime) -> str:
    shape, words, kind = need_words.tag(one)
    waited = "" if one.since is None else f'<span class="sub">{escape(_waited(as_of - one.since))}</span>'
    why = f"; {one.why}." if one.why else "."
    under = [f"Trách nhiệm: {one.owner}", need_words.directed(one, as_of)]
    if one.directed is None:
        under.append(need_words.by_when(one, as_of))
    return (
        f'<section class="item need"><div>{frame.tag(shape, words, kind)}{waited}</div>'
        f'<p class="say"><b>{escape("".join(need_words.what(one)))}</b>{escape(why)}</p>'
        f'<p class="sub">{escape(" · ".join(filter(None, under)))}</p>'
        f'<div class="fl">{"".join(_buttons(one, asker))}</div></section>'
    )


def _waited(span: timedelta) -> str:
    return f"từ {age(max(span, timedelta()))} trước"


def _buttons(one: Needed, asker: Asker) -> list[str]:
    found = []
    if one.directive is not None:
        found.append(frame.button("Mở chỉ đạo", one_address(one.directive), first=True))
    elif one.directed is not None:
        found.append(frame.button("Mở chỉ đạo", one_address(one.directed.subject)))
    elif asker.may(Right.DIRECT):
        name = f"Chỉ đạo: {one.what}, {one.owner}"
        found.append(frame.button("Chỉ đạo", order_of(one), first=True, name=name))
    if one.opens and asker.may(right_of(one.opens.partition("?")[0])):
        found.append(frame.button(one.see, one.opens))
    return found


def order_of(one: Needed) -> str:
    """Where an order about it begins, filled in with its unit and its number."""
    if one.counter is not None:
        return order_address(don_vi=one.unit, so=one.counter, bao_nhieu=one.people or None)
    return order_address(don_vi=one.unit, viec_lam=one.work, ve=one.key)
