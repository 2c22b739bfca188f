"""Whether the figures of a page that is read now may be shown, as a wall's may: the same sources, bounds and period."""

from collections.abc import Iterable
from dataclasses import replace

from dash import html

from dashboards.figures.headline import dead
from dashboards.periods import PeriodName
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Ground, Selection, feeding, ground_of
from dashboards.readers.worktime import worktime
from dashboards.screens.parts import Component, at_words, dead_tag, was
from dashboards.screens.tablet.periods import NAMES
from dashboards.settings import ScreensSettings
from dashboards.source_silence import DEAD

CASES = ("cases",)
LASTING = (PeriodName.MONTH, PeriodName.YEAR)


class Gone(Exception):
    """What is asked for is not known now: its source is silent past the bound of these figures."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground.condition.state)
        self.ground = ground


async def ground_at(
    snapshot: Snapshot, view: Selection, settings: ScreensSettings, contracts: Iterable[str] | None
) -> Ground:
    """What figures of these topics (``None``: all) stand on in this snapshot, and the period that the view means."""
    conn, as_of = snapshot
    known = replace(await feeding(conn), work=await worktime(conn))
    return ground_of(Ground, known.of(contracts), view, as_of, settings, own=contracts is not None)


async def stand(
    snapshot: Snapshot,
    view: Selection,
    settings: ScreensSettings,
    contracts: Iterable[str] | None = CASES,
    *,
    finished: bool | None = None,
) -> Ground:
    """The same where its figures may be shown. ``finished`` as in :meth:`Ground.standing`. Raises :class:`Gone`."""
    ground = await ground_at(snapshot, view, settings, contracts)
    hold(ground, finished=finished)
    return ground


def hold(ground: Ground, *, finished: bool | None = None) -> None:
    """Raises :class:`Gone` where such figures may not be shown."""
    if ground.standing(True, finished=finished) in DEAD:
        raise Gone(ground)


def said(
    ground: Ground, of_period: dict[PeriodName, str], of: str = "hồ sơ", system: str = "Hệ thống một cửa"
) -> list[Component]:
    """Instead of figures: why, since when, and the periods of which something is known. ``of_period``: addresses;
    ``of`` and ``system`` as the wall's sentence has them."""
    why = html.Div([dead_tag(ground), was(at_words(ground).removesuffix(" là"))], className="off dead")
    spoken = "".join(word.text for word in dead(ground, of, system))
    words = html.P(spoken.removesuffix(" Số dưới đây là số cũ."), className="lead small")
    kept = LASTING if ground.condition.keeps else ()
    chips = [html.A(NAMES[name], href=of_period[name], className="chip") for name in kept if name in of_period]
    return [words, why, html.Div(chips, className="fl")]
