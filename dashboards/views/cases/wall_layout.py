"""What of the wall stays: its skeleton. Everything else comes with the first snapshot."""

from typing import Any

from dash import html

from dashboards.readers.snapshot import Selection
from dashboards.screens import nav
from dashboards.screens.parts import full_screen, live_as
from dashboards.views.cases.wall_parts import TILES, WallPart


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> html.Div:
    """The wall with these parts (those of the last snapshot; none before the first)."""

    def of(part: WallPart, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    return html.Div(
        [
            html.Header(**of(WallPart.TOP, className="top")),
            html.P(**of(WallPart.LEAD, className="lead")),
            html.Main(
                [
                    html.Section(**of(WallPart.RATE, className="A")),
                    html.Section(
                        [html.Section(**of(part, className="num")) for part, _ in TILES],
                        **of(WallPart.NUMBERS, className="B"),
                    ),
                    html.Section(**of(WallPart.UNITS, className="A C")),
                    html.Section(
                        [
                            html.Div(**of(WallPart.DAYS_HEAD)),
                            html.Div(**of(WallPart.DAYS_TAG, className="away")),
                            html.Div(**of(WallPart.DAYS_PLOT, className="plot away")),
                            html.Div(**of(WallPart.DAYS_ENDS, className="ends")),
                        ],
                        **of(WallPart.DAYS, className="D"),
                    ),
                    html.Section(**of(WallPart.CHANNELS, className="E")),
                    html.Section(**of(WallPart.DUE, className="X")),
                ],
                className="grid",
            ),
            html.Footer(**of(WallPart.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )
