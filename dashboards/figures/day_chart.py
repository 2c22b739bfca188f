"""Late cases by day, as a Plotly figure: a plain dict. Its lengths are in tenths of a rem; the browser scales them."""

from datetime import date
from typing import Any, NamedTuple

from dashboards.readers.snapshot import Ground, Live

Figure = dict[str, Any]


class Palette(NamedTuple):
    """The tokens of tokens.css that Plotly has to be told."""

    bar: str
    line: str
    warn: str
    grain: float  # how coarse lines and hatching are: a wall's are seen from six metres


WALL = Palette(bar="#7C8793", line="#66717D", warn="#FFD166", grain=1.0)
TABLET = Palette(bar="#77828D", line="#7A848F", warn="#B86E00", grain=0.55)

CONFIG = {
    "staticPlot": True,
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
}


class Days(NamedTuple):
    """Late cases of each day; ``None`` where no source can have told. ``running``: the last day is today, unfinished;
    ``lost``: it is today and nobody knows it."""

    days: tuple[date, ...]
    late: tuple[int | None, ...]
    running: bool
    lost: bool

    @property
    def usual(self) -> int | None:
        """The median of the whole days."""
        whole = sorted(late for late in (self.late[:-1] if self.running else self.late) if late is not None)
        return whole[len(whole) // 2] if whole else None

    @property
    def last(self) -> int | None:
        return self.late[-1] if self.late else None


def days_of(live: Live) -> Days:
    """Days before the first with anything in them are unknown only if nothing was ever told of them; a day within the
    sources' reach without late cases is a true zero."""
    late = {row.day: row.late for row in live.days}
    amounts = tuple(late.get(day, 0) for day in live.chart_days)
    running = bool(live.chart_days) and live.chart_days[-1] == live.today
    lost = running and live.condition.dead
    return Days(live.chart_days, amounts, running, lost)


def figure(chart: Days, palette: Palette) -> Figure:
    """Bars from zero. The running day is hatched with a dashed edge; when nobody knows it, its place is empty."""
    known = [amount or 0 for amount in chart.late]
    highest = max(known[:-1] if chart.lost else known, default=0) or 1
    count = len(known)
    shown = [*known[:-1], 0] if chart.lost else known
    hatched = [chart.running and index == count - 1 for index in range(count)]
    edge = palette.line if chart.lost else palette.warn if chart.running else palette.bar
    shapes: list[dict[str, Any]] = [
        _line(-0.5, count - 0.5, palette),
    ]
    if chart.running and count:
        height = highest if chart.lost else known[-1]
        shapes.append(
            {
                "type": "rect", "xref": "x", "yref": "y", "layer": "above",
                "x0": count - 1 - 0.31, "x1": count - 1 + 0.31, "y0": 0, "y1": height,
                "line": {"color": edge, "width": 4 * palette.grain, "dash": _dash(palette)},
                "fillcolor": "rgba(0,0,0,0)",
            }
        )  # fmt: skip
    bars = {
        "type": "bar",
        "x": list(range(count)),
        "y": shown,
        "width": 0.62,
        "marker": {
            "color": [
                palette.warn if hatch else palette.bar for hatch in hatched
            ],  # Plotly hatches in the bar's colour
            "line": {"width": 0},
            "pattern": {
                "shape": ["/" if hatch else "" for hatch in hatched],
                "fgcolor": palette.warn,
                "bgcolor": "rgba(0,0,0,0)",
                "size": 16 * palette.grain,
                "solidity": 0.45,
            },
        },
        "hoverinfo": "skip",
    }
    return {
        "data": [bars],
        "layout": {
            "autosize": True,
            "margin": {"l": 0, "r": 0, "t": 3, "b": 3},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "bargap": 0,
            "xaxis": {"visible": False, "fixedrange": True, "range": [-0.5, count - 0.5]},
            "yaxis": {"visible": False, "fixedrange": True, "range": [0, highest * 1.04]},
            "shapes": shapes,
            "transition": {"duration": 0},
        },
    }


def _dash(palette: Palette) -> str:
    return f"{10 * palette.grain:g}px,{7 * palette.grain:g}px"


def _line(left: float, right: float, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "y", "x0": left, "x1": right, "y0": 0, "y1": 0,
        "line": {"color": palette.line, "width": 3 * palette.grain},
    }  # fmt: skip


def label(day: date, live: Ground) -> str:
    return f"{day:%d/%m}" if day.year == live.today.year else f"{day:%d/%m/%Y}"
