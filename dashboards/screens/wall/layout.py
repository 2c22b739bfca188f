"""What of the wall stays: its skeleton. Everything else comes with the first snapshot."""

from typing import Any

from dash import html

from dashboards.readers.snapshot import View
from dashboards.screens import nav
from dashboards.screens.parts import full_screen, live_as
from dashboards.screens.wall.ids import TILES, Part


def layout(view: View, parts: dict[str, dict[str, Any]]) -> html.Div:
    """The wall with these parts (those of the last snapshot; none before the first)."""

    def of(part: Part, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    return html.Div(
        [
            html.Header(**of(Part.TOP, className="top")),
            html.P(**of(Part.LEAD, className="lead")),
            html.Main(
                [
                    html.Section(**of(Part.RATE, className="A")),
                    html.Section(
                        [html.Section(**of(part, className="num")) for part, _ in TILES],
                        **of(Part.NUMBERS, className="B"),
                    ),
                    html.Section(**of(Part.UNITS, className="A C")),
                    html.Section(
                        [
                            html.Div(**of(Part.DAYS_HEAD)),
                            html.Div(**of(Part.DAYS_TAG, className="away")),
                            html.Div(**of(Part.DAYS_PLOT, className="plot away")),
                            html.Div(**of(Part.DAYS_ENDS, className="ends")),
                        ],
                        **of(Part.DAYS, className="D"),
                    ),
                    html.Section(**of(Part.CHANNELS, className="E")),
                    html.Section(**of(Part.DUE, className="X")),
                ],
                className="grid",
            ),
            html.Footer(**of(Part.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )
