"""What stands around a topic's lists and subjects, live: the age of the topic's own sources, badge and clock."""

from dashboards.figures.headline import Rule
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Selection, ground_of
from dashboards.screens.parts import Props
from dashboards.screens.tablet import shell
from dashboards.settings import ScreensSettings
from dashboards.views.topics.live import Topical


def name_of(topic: str) -> str:
    return f"khung-{topic}"


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Topical:
    return ground_of(Topical, known, view, snapshot.as_of, settings)


def render(live: Topical, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    return shell.frame(live, settings, beside_a_page=True), Rule.USUAL
