"""The registry of indicators (chỉ tiêu): every number that is shown, with its definition and where its figure is.

Counters come from ``schemas``, components of the score from ``schemas.rules.decision_766``, what is no counter from
:mod:`dashboards.views`. A new one stands here by being declared there; page, API and document follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.counted_domains import KNOWN
from dashboards.definitions import ARTICLES, DEFINITIONS, QD766
from dashboards.views import VIEWS
from dashboards.views.view import IndicatorGroup, Shown
from dashboards.words import capital
from schemas.case_counters import CASE_COUNTERS
from schemas.counter_kinds import Counter, Kind
from schemas.rules.decision_766 import COMPONENTS, GROUPS, INFORMATION, Component, Origin, ShownFigure

CASE = "case"
SCORE = "score"
KINDS = {Kind.FLOW: "cộng theo ngày", Kind.NOW: "tại lúc hỏi", Kind.LEVEL: "lần đo gần nhất"}
ORIGINS = {
    Origin.EVENTS: "từ hồ sơ của tỉnh",
    Origin.PORTAL: "theo Cổng DVCQG",
    Origin.CATALOGUE: "theo danh mục TTHC",
}


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """``key`` is ``domain.name``. ``verified``: its rule was read in an official text, or needs none. ``figure`` is the
    data API's address that answers it, from ``/api/v1`` on. ``listed``: its number opens a list."""

    domain: str
    name: str
    group: str
    label: str
    unit: str
    kind: str
    definition: str
    article: str | None
    verified: bool
    figure: str
    listed: bool

    @property
    def key(self) -> str:
        return f"{self.domain}.{self.name}"


def all_indicators() -> tuple[ListedIndicator, ...]:
    """In the order of the page: cases, score, essential services, every other topic, views."""
    return tuple(_all())


def _all() -> Iterator[ListedIndicator]:
    for counter in CASE_COUNTERS:
        yield _counter(CASE, "Hồ sơ", counter, "/figures")
    for component in COMPONENTS:
        yield _component(component)
    for shown in INFORMATION:
        yield _shown(shown)
    for view in VIEWS:
        if view.counted is not None:
            for counter in view.counted.counters:
                yield _counter(view.counted.name, view.counted.label, counter, view.groups[0].figure)
    for counted in KNOWN.values():
        address = "/sources" if counted.name == "source" else f"/topics/{counted.name}/figures"
        for counter in counted.counters:
            yield _counter(counted.name, counted.label, counter, address)
    for view in VIEWS:
        for group in view.groups:
            for one in group.shown:
                yield _of_view(group, one)


def _of_view(group: IndicatorGroup, one: Shown) -> ListedIndicator:
    return ListedIndicator(
        group.domain,
        one.name,
        group.label,
        one.label,
        one.unit,
        one.kind,
        one.definition,
        one.rule,
        one.rule is None,
        group.figure,
        listed=False,
    )


def _counter(domain: str, group: str, counter: Counter, figure: str) -> ListedIndicator:
    article, verified = ARTICLES.get(counter.name, (None, True)) if domain == CASE else (None, True)
    return ListedIndicator(
        domain,
        counter.name,
        group,
        counter.label,
        str(counter.noun),
        KINDS[counter.kind],
        DEFINITIONS[domain][counter.name],
        article or (QD766 if counter.scored else None),
        verified and not counter.scored,
        figure,
        listed=counter.kind is not Kind.LEVEL,
    )


def _component(component: Component) -> ListedIndicator:
    return ListedIndicator(
        SCORE,
        component.code,
        f"Điểm 766, {GROUPS[component.group].lower()}",
        f"{component.number} {component.label}",
        "điểm",
        ORIGINS[component.origin],
        f"{capital(component.formula)}; tối đa {component.maximum:g} điểm.",
        QD766,
        verified=False,
        figure="/scores",
        listed=False,
    )


def _shown(shown: ShownFigure) -> ListedIndicator:
    return ListedIndicator(
        SCORE,
        shown.code,
        "Điểm 766, không tính điểm",
        f"{shown.number} {shown.label}",
        shown.unit,
        ORIGINS[shown.origin],
        f"{capital(shown.formula)}.",
        QD766,
        verified=False,
        figure="/scores?information=true",
        listed=False,
    )
