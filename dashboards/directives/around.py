"""What stands around every tablet page, for pages that are made without Dash: source and age, badges; and whether the
figures of cases may be shown at all."""

from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboards.access.asker import Asker
from dashboards.access.pages_seen import seen_by
from dashboards.directives.need_live import Needing
from dashboards.hub import Hub
from dashboards.periods import PeriodName
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Selection
from dashboards.screens import standing
from dashboards.screens.screen import Name
from dashboards.screens.standing import Gone
from dashboards.screens.tablet.shell import ShellPart
from dashboards.settings import ScreensSettings

PATIENCE = 4.0  # seconds that a page waits for what is read for the first time


class Around:
    def __init__(self, hub: Hub, settings: ScreensSettings) -> None:
        self._hub, self._settings = hub, settings

    def header(self) -> str:
        """The live frame's source line and badge as they stand now."""
        parts = self._hub.parts(Selection(Name.FRAME))
        return "".join(
            _markup(parts.get(name.value, {}).get("children")) for name in (ShellPart.SOURCE, ShellPart.BADGE)
        )

    async def needing(self, asker: Asker) -> Needing | None:
        """What needs a leader, as the hub read it last for all who may see the same; ``None`` while it is being read
        for the first time."""
        live = await self._hub.latest(seen_by(asker, Selection(Name.NEED)), PATIENCE)
        return live if isinstance(live, Needing) else None

    async def known(self, snapshot: Snapshot) -> bool:
        """Whether what is said of cases at this moment may be shown: a silent source is not a zero."""
        try:
            await standing.stand(snapshot, Selection("", PeriodName.TODAY), self._settings)
        except Gone:
            return False
        return True


def _markup(part: Any) -> str:
    """A component as HTML: spans and words, with their classes."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(map(_markup, part))
    if not isinstance(part, Component):
        return escape(str(part))
    props = part.to_plotly_json()["props"]
    kind = f' class="{escape(str(props["className"]))}"' if props.get("className") else ""
    return f"<span{kind}>{_markup(props.get('children'))}</span>"
