"""Snapshots as a screen would have read them, without a database."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from dashboards import periods
from dashboards.access.settings import SignIn
from dashboards.comparison import Base
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import DayRow, Feeding, FlowRow, Live, NowRow, Selection, chart_days
from dashboards.readers.sources import Audit, Heartbeat, KnownPosition, KnownSource
from dashboards.settings import ScreensSettings
from dashboards.source_silence import Condition, State
from schemas.cases import SIMULATED
from schemas.province import ZONE

NOW = datetime(2026, 11, 24, 14, 32, 5, tzinfo=ZONE).astimezone(UTC)  # a Tuesday
SETTINGS = ScreensSettings(database_screens=SecretStr("postgresql://nowhere"), sign_in=SignIn.DEMO)
UNITS = ("Phường Trấn Biên", "Xã Long Thành", "Sở Nông nghiệp và Môi trường", "Phường Hố Nai", "Xã Trảng Bom")


def source(
    *, name: str = SIMULATED, topic: str = "ioc.cases", age: float = 4, events: int = 100, last: datetime | None = None
) -> KnownSource:
    received = NOW - timedelta(seconds=age)
    return KnownSource(name, topic, events, 0, 0, last or received, received)


def beat(age: float = 1, state: str = "running") -> Heartbeat:
    return Heartbeat("worker-1", NOW - timedelta(hours=1), NOW - timedelta(seconds=age), state, "")


def feeding(*sources: KnownSource, **parts: Any) -> Feeding:
    audit = Audit("slice", NOW, NOW - timedelta(minutes=2), 48_112, 10, 0)
    position = KnownPosition(1, 100, 100, 0, 0, NOW, NOW)
    return Feeding(position, sources or (source(),), (beat(),), parts.get("holes", ()), parts.get("audit", audit))


FLOWS = (
    FlowRow(UNITS[0], "online", 900, 400, 340, 60),
    FlowRow(UNITS[1], "online", 800, 300, 250, 50),
    FlowRow(UNITS[2], "direct", 300, 200, 180, 20),
    FlowRow(UNITS[3], "post", 60, 200, 184, 16),
    FlowRow(UNITS[4], "other", 24, 1857, 1832, 25),
)
OPEN = (
    NowRow(UNITS[0], 30_000, 1_000, 11, NOW + timedelta(hours=2), NOW + timedelta(hours=1)),
    NowRow(UNITS[4], 18_112, 412, 27, datetime(2026, 11, 24, 10, tzinfo=UTC), NOW + timedelta(hours=1)),
)


def live(**changes: Any) -> Live:
    """The wall of picture 1, near enough: 2.957 finished, 94,2 % on time, a fall since last Tuesday."""
    view = Selection("ho-so", changes.pop("period", PeriodName.TODAY), changes.pop("unit", None))
    today = periods.today(NOW)
    made: dict[str, Any] = {
        "view": view,
        "as_of": NOW,
        "at": NOW,
        "condition": Condition(State.LIVE),
        "feeding": feeding(),
        "period": periods.named(view.period, NOW),
        "flows": FLOWS,
        "now": OPEN,
        "days": tuple(DayRow(day, 3000, 90 + 3 * index) for index, day in enumerate(chart_days(today))),
        "chart_days": chart_days(today),
        "base": Base(accepted=1965, finished=3048, on_time=2932, late=116, open=47_600, overdue=1_505),
        "reach": today,
    }
    return Live(**{**made, **changes})


def dead(state: State, since: timedelta | None = timedelta(minutes=7), **changes: Any) -> Live:
    moment = None if since is None else NOW - since
    keeps = changes.pop("keeps", state in (State.SILENT, State.STOPPED) and moment is not None)
    condition = Condition(state, since=moment, who="Một cửa", retry_at=NOW + timedelta(seconds=2), keeps=keeps)
    return live(condition=condition, at=moment or NOW, **changes)


EMPTY: dict[str, Any] = {
    "condition": Condition(State.NONE),
    "feeding": Feeding(KnownPosition(1, 0, 0, 0, 0, None, None), (), (beat(),), (), None),
    "flows": (), "now": (), "days": (), "chart_days": (), "base": None, "reach": None,
}  # fmt: skip

OLD_DAY = date(2012, 1, 23)
OLD: dict[str, Any] = {
    "feeding": feeding(
        source(name="urn:file:wabo", topic="ioc.cases.history", age=600, last=datetime(2012, 1, 23, 9, tzinfo=UTC))
    ),
    "flows": (), "base": None, "reach": OLD_DAY, "chart_days": chart_days(OLD_DAY),
    "days": tuple(DayRow(day, 30, 5) for day in chart_days(OLD_DAY)),
}  # fmt: skip


def tree(component: Any) -> Any:
    """A component as the plain tree that the browser gets."""
    return json.loads(json.dumps(component, default=lambda part: part.to_plotly_json()))


def nodes(component: Any) -> Iterator[dict[str, Any]]:
    """Every component of a tree, from the outside in."""
    found = tree(component) if not isinstance(component, dict) or "props" not in component else component
    stack = [found]
    while stack:
        node = stack.pop(0)
        if isinstance(node, list):
            stack[:0] = node
        elif isinstance(node, dict):
            if "props" in node:
                yield node
                stack.insert(0, node["props"].get("children"))
            elif "children" in node:
                stack.insert(0, node["children"])


def text(component: Any) -> str:
    """What a reader reads."""

    def words(node: Any) -> str:
        if isinstance(node, list):
            return "".join(words(part) for part in node)
        if isinstance(node, dict):
            inner = node.get("props", node).get("children")
            return words(inner) + ("\n" if node.get("type") in ("H1", "H2", "P", "Li", "Div") else "")
        return "" if node is None else str(node)

    return words(tree(component))


def texts(parts: dict[str, Any]) -> str:
    return "\n".join(text(props) for props in parts.values())
