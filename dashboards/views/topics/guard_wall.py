"""The wall of look-ups: will we be cut off? The day's curve against the operator's own limit, when it will be reached,
by whom and why. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dash import html

from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, dead, up_to
from dashboards.readers.snapshot import Selection
from dashboards.screens import nav
from dashboards.screens.parts import (
    Component,
    Props,
    dead_icon,
    dead_panel,
    full_screen,
    icon,
    live_as,
    sentence,
    value_text,
    was,
)
from dashboards.screens.wall.foot_bar import foot_bar
from dashboards.screens.wall.measured import em
from dashboards.screens.wall.top_bar import top_bar
from dashboards.settings import ScreensSettings
from dashboards.source_silence import DEAD, SHOWN, State
from dashboards.views.topics import guard_words
from dashboards.views.topics.declared import ShownTopic
from dashboards.views.topics.guard_chart import ChartOf, picture
from dashboards.views.topics.guard_live import LOOKUPS, GuardedDay
from dashboards.views.topics.guard_reader import ShownFinding
from dashboards.views.topics.ids import Guarded
from dashboards.views.topics.parts import chosen, link
from dashboards.words import NB, clock, number, percent, sentence_unit, tile_number, unbroken
from schemas.province import day_number, day_start, moment

TITLE = "Tra cứu dân cư"
SHOWN_FINDINGS = 3
CUTS = "18/09/2023, 23/01/2024"  # when the provider cut the province off: its notice of 31/01/2024
NEAR_LIMIT = 0.8
LINE_OF_FINDING = (192 - 2 * 4.8 - 5.6) / 4.4 - 0.5  # em
UNUSUAL = 2.0  # times the usual rate


def layout(view: Selection, parts: dict[str, dict[str, Any]], topic: ShownTopic) -> Component:
    def of(part: Guarded, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    return html.Div(
        [
            html.Header(**of(Guarded.TOP, className="top")),
            html.P(**of(Guarded.LEAD, className="lead")),
            html.Main(
                [
                    html.Section(**of(Guarded.CURVE, className="GC")),
                    html.Section(**of(Guarded.SIDE, className="GS")),
                    html.Section(**of(Guarded.FOUND, className="GF")),
                ],
                className="grid guard",
            ),
            html.Footer(**of(Guarded.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )


def render(
    live: GuardedDay, settings: ScreensSettings, before: Rule | None, topic: ShownTopic
) -> tuple[dict[str, Props], Rule]:
    lead = headline(live)
    said = sentence(lead, live.as_of)
    props: Props = {"children": said, "className": "lead"}
    if lead.rule is Rule.DEAD:
        framed = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), html.Span(said, className="w")]
        props = {"children": framed, "className": "lead band"}
    elif live.ahead is not None and live.shows:
        props = {"children": [html.Span(icon("grave"), className="grave"), " ", *said], "className": "lead alarm"}
    parts: dict[str, Props] = {
        Guarded.TOP: {"children": top_bar(TITLE, live, settings)},
        Guarded.LEAD: props,
        Guarded.CURVE: _curve(live),
        Guarded.SIDE: _side(live),
        Guarded.FOUND: _found(live),
        Guarded.FOOT: {"children": foot_bar(live, settings, nav.place(topic.name, short=True), _cuts())},
    }
    return {str(part): one for part, one in parts.items()}, lead.rule


def headline(live: GuardedDay) -> Sentence:
    """Silence; nothing yet; the limit that will be reached, by whom, and by when to decide; what was found; else how
    much of the limit is used."""
    if live.standing(True) in DEAD:
        return Sentence(Rule.DEAD, dead(live, "tra cứu dân cư"))
    if live.condition.state is State.NONE or not live.has_period:
        said = Words("Chưa có dữ liệu tra cứu dân cư hôm nay.", bold=True)
        return Sentence(Rule.NOTHING, (said, Words(" Màn hình tự hiện số khi có lượt đầu tiên.")))
    ahead, by = live.ahead, live.decide_by
    if ahead is not None and ahead.reaches_at is not None and by is not None:
        opening = Words(f"Với nhịp này, {clock(ahead.reaches_at)} chạm giới hạn ngày.", bold=True)
        decide = Words(
            f"cần quyết trước{NB}{clock(by)}" if by > live.at else f"cần quyết ngay{NB}bây{NB}giờ", bold=True
        )
        endings = [(Words(f" {who}; "), decide) for who in _doing(live)]
        return Sentence(Rule.BELOW, fitting((opening,), [*endings, (Words(" "), decide), ()]))
    grave = [one for one in live.whose if one.grave]
    if grave:
        bold, rest = guard_words.what(grave[0])
        said = Words(f"{guard_words.who(grave[0])}: {bold}", bold=True)
        more = Words(f"; cùng {len(grave) - 1}{NB}phát hiện gấp khác") if len(grave) > 1 else Words("")
        return Sentence(Rule.BELOW, fitting((*up_to(live), said), [(Words(rest), more), (more,), ()]))
    used, limit = live.used, live.curve.limit
    calm = Words("Tra cứu trong mức thường", bold=True)
    if limit is None:
        tail = Words(f": {tile_number(used)}{NB}lượt hôm nay; chưa đặt giới hạn ngày nên không biết khi nào bị ngắt")
        return Sentence(Rule.USUAL, fitting((*up_to(live), calm), [(tail,), ()]))
    if used >= limit:
        over = Words(f"Đã vượt giới hạn ngày tự đặt {number(limit)}{NB}lượt", bold=True)
        return Sentence(Rule.BELOW, fitting((*up_to(live), over), [(Words(f": {number(used)}{NB}lượt"),), ()]))
    tail = Words(f": {percent(used / limit, 0)} giới hạn ngày; với nhịp này hôm nay không chạm")
    return Sentence(Rule.USUAL, fitting((*up_to(live), calm), [(tail,), ()]))


def _doing(live: GuardedDay) -> list[str]:
    """Who makes most of it, from the longest to the shortest words."""
    one = next((one for one in live.whose if one.scope == "account" and one.grave), None)
    ten, own = live.curve.ten, live.curve.of_account
    if one is None or not ten or not own:
        return []
    part = percent(own / ten, 0)
    unit = f" ở {unbroken(sentence_unit(one.unit))}" if one.unit else ""
    return [f"Một tài khoản{unit} làm {part} lượt của 10{NB}phút qua", f"Một tài khoản làm {part} lượt"]


def _curve(live: GuardedDay) -> Props:
    state = live.standing(live.has_period)
    known = f" là {number(live.used)}{NB}lượt"
    if gone := dead_panel(live, state, "GC", "Lượt tra cứu trong ngày", known):
        return gone
    chart = _chart(live)
    scale = chart.scale
    now, used = chart.points[-1] if chart.points else (0, 0)
    labels: list[Component] = []
    if chart.limit is not None:
        words = f"giới hạn ngày tự đặt: {number(chart.limit)}{NB}lượt"
        labels.append(html.Span(words, className="lim", style={"bottom": f"{100 * (1 - scale.y(chart.limit)):.1f}%"}))
    left = scale.x(now) > 0.35
    side = {"right": f"{100 * (1 - scale.x(now)) + 1.6:.1f}%"} if left else {"left": f"{100 * scale.x(now) + 1.6:.1f}%"}
    low = {"bottom": f"{min(max(100 * (1 - scale.y(used)) - 7, 2), 76):.1f}%"}
    words = number(live.used)
    opens = link(live, LOOKUPS, words, live.used, chosen(live), dark=True, className="n o", **{"data-k": "used"})
    labels.append(html.Span(opens, className="at", style={**side, **low}))
    if chart.reaches is not None and live.ahead is not None and live.ahead.reaches_at is not None:
        at = {
            "left": f"{min(100 * scale.x(chart.reaches) + 2.4, 82):.1f}%",
            "bottom": f"{100 * (1 - scale.y(chart.limit or 0)) - 29:.1f}%",
        }
        labels.append(html.Span(clock(live.ahead.reaches_at), className="to grave", style=at))
    if chart.high:
        end = chart.high[min(scale.last // 60, 24) - 1]
        under = chart.low[min(scale.last // 60, 24) - 1]
        bottom = 100 * (1 - scale.y(under)) - 19
        room = bottom if bottom > 2 else 100 * (1 - scale.y(end)) + 2
        labels.append(html.Span("mức thường", className="us", style={"bottom": f"{room:.1f}%"}))
    middle = (scale.first + scale.last) // 120
    ends = [html.Span(f"{hour}:00", className="n") for hour in (scale.first // 60, middle, scale.last // 60)]
    said = f"Lượt tra cứu cộng dồn trong ngày: {number(live.used)}"
    drawn = html.Img(src=picture(chart), alt=said)
    return {
        "children": [html.Div([drawn, *labels], className="gp"), html.Div(ends, className="ends")],
        "className": "GC",
    }


def _chart(live: GuardedDay) -> ChartOf:
    begins, ahead, curve = day_start(day_number(live.today)), live.ahead, live.curve
    reaches = bent = None
    if ahead is not None and ahead.reaches_at is not None:
        reaches = (moment(ahead.reaches_at) - begins) / 60_000_000
        began = min((one.began_at for one in live.whose if one.grave), default=None)
        now = curve.points[-1][0] if curve.points else 0
        bent = now - 30 if began is None else round((moment(began) - begins) / 60_000_000)
    return ChartOf(curve.points, curve.low, curve.high, curve.limit, reaches, bent)


def _side(live: GuardedDay) -> Props:
    state = live.standing(live.has_period)
    if gone := dead_panel(live, state, "GS", "Giới hạn và nhịp"):
        return gone
    curve, used = live.curve, live.used
    parts: list[Component] = [html.H2("Đã dùng giới hạn", className="l")]
    if curve.limit:
        share = used / curve.limit
        tone = " grave" if live.ahead is not None or share >= 1 else " warn" if share >= NEAR_LIMIT else ""
        mark = [icon("grave"), NB] if tone == " grave" else [icon("warn"), NB] if tone else []
        parts += [
            html.P([*mark, *_whole(share)], className=f"v v1{tone}"),
            html.P("giới hạn chưa kiểm chứng", className="quiet nb"),
        ]
    else:
        parts += [html.P("không biết", className="v v3"), html.P("chưa đặt giới hạn ngày", className="quiet nb")]
    rate, usual = curve.rate, curve.usual_rate
    much = usual is not None and usual > 0 and rate >= UNUSUAL * usual and rate >= 2
    parts += [
        html.H2("Lượt mỗi phút", className="l"),
        html.P(value_text(round(rate)), className="v v1" + (" grave" if much else "")),
    ]
    if usual is None:
        parts.append(html.P("chưa biết mức thường", className="quiet nb"))
    else:
        said = f"thường {number(round(usual))}" if usual >= 1 else f"thường dưới{NB}1"
        parts.append(
            html.P([icon("grave"), NB, said] if much else said, className="nb" + (" grave" if much else " quiet"))
        )
    return {"children": parts, "className": "GS"}


def _whole(share: float) -> list[Component]:
    whole, _, sign = percent(share, 0).partition(NB)
    return [whole, html.Small(f"{NB}{sign}")]


def _found(live: GuardedDay) -> Props:
    state = live.standing(live.has_open)
    head = html.H2("Ai, vì sao", className="h")
    if state not in SHOWN:
        return {"children": [html.H2(was("Ai, vì sao")), html.P(was("không biết"))], "className": "GF dead"}
    if not live.whose:
        none = html.Li(
            [icon("live"), html.Span("Không tài khoản, đơn vị hay ứng dụng nào bất thường trong 30 phút qua.")]
        )
        return {"children": [head, html.Ol(none, className="quiet")], "className": "GF"}
    rows = [_finding(one, first=place == 0) for place, one in enumerate(live.whose[:SHOWN_FINDINGS])]
    more = len(live.whose) - SHOWN_FINDINGS
    counted = html.Span(f"và {more}{NB}phát hiện khác", className="quiet") if more > 0 else None
    return {"children": [html.Div([head, counted], className="hh"), html.Ol(rows)], "className": "GF"}


def _finding(one: ShownFinding, *, first: bool) -> Component:
    bold, rest = guard_words.what(one)
    tone = "grave" if one.grave else "warn"
    opening = f"{guard_words.who(one)}: {bold}"
    fits = em(opening, bold=True) + em(rest) <= LINE_OF_FINDING or first
    said: list[Any] = [html.B(opening), f"{rest}." if fits else "."]
    if first:
        said += [" ", icon("next"), f" Đề xuất {guard_words.proposed(one)}"]
    return html.Li([html.Span(icon(tone), className=tone), html.Span(said)], className="two" if first else "")


def _cuts() -> list[Component]:
    return [html.Span(["Bị ngắt: ", html.Span(CUTS, className="n")])]
