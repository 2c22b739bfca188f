"""What the API answers about the score of Quyết định 766."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer, Days
from dashboards.views.score import reader
from schemas.portal import PetitionKind
from schemas.rules.decision_766 import COMPONENTS, GROUPS, Band, Component, Group, Origin, Reading, band

SOURCE = "Quyết định 766/QĐ-TTg (23/6/2022)"


class ComponentWords(BaseModel):
    """One component. Maxima and thresholds are second-hand: chưa kiểm chứng."""

    code: str
    number: Annotated[str, Field(description="As the decision's description numbers it.")]
    label: Annotated[str, Field(description="As the screens write it.")]
    group: Group
    group_label: str
    maximum: Annotated[float, Field(description="Points that it gives at most.")]
    full_at: Annotated[float, Field(description="Ratio from which it gives all of them, by the reading asked for.")]
    formula: str
    origin: Annotated[Origin, Field(description="Where its figure comes from first.")]

    @classmethod
    def all(cls, reading: Reading) -> list[Self]:
        return [cls.of(component, reading) for component in COMPONENTS]

    @classmethod
    def of(cls, component: Component, reading: Reading) -> Self:
        return cls(
            code=component.code,
            number=component.number,
            label=component.label,
            group=component.group,
            group_label=GROUPS[component.group],
            maximum=component.maximum,
            full_at=component.full_at[reading],
            formula=component.formula,
            origin=component.origin,
        )


class ComponentScore(BaseModel):
    part: int
    whole: int
    points: Annotated[float | None, Field(description="null: what it is multiplied with is not known.")]
    published: Annotated[str | None, Field(description="The portal's own figure, of this period; null: counted here.")]
    lacking: Annotated[int | None, Field(description="Cases between it and its maximum; they are listed.")]


class UnitScore(BaseModel):
    unit: Annotated[str | None, Field(description="Key of the unit; null: all together; empty: none named.")]
    until: Annotated[
        date | None, Field(description="Of a former unit, whose key is another's now: its last day; else null.")
    ]
    name: Annotated[str | None, Field(description="Of a former unit, how it was called.")]
    tier: Annotated[str | None, Field(description="province, department, district or commune; null: not known.")]
    total: Annotated[float, Field(description="Points of the components that are known.")]
    possible: Annotated[float, Field(description="What these could give; 100 where all are known.")]
    band: Annotated[Band | None, Field(description="Of 100 points; null where not all components are known.")]
    rank: Annotated[int | None, Field(description="Among units of its tier, 1 the best; a total has none.")]
    ranked: Annotated[int | None, Field(description="How many units have one there.")]
    change: Annotated[float | None, Field(description="Points more than in the period before, of what is known both.")]
    change_since_yesterday: Annotated[
        float | None, Field(description="The same since the day before ended; only of the running month.")
    ]
    groups: Annotated[dict[Group, float | None], Field(description="Points by group.")]
    components: Annotated[dict[str, ComponentScore], Field(description="By code; one that is left out is not known.")]

    @classmethod
    def of(
        cls, one: reader.ScoredUnit, before: reader.ScoredUnit | None, yesterday: reader.ScoredUnit | None = None
    ) -> Self:
        points = one.score.points
        return cls(
            unit=one.unit,
            until=one.until,
            name=one.name,
            tier=one.tier,
            total=round(one.score.total, 4),
            possible=one.score.possible,
            band=None if one.score.unknown else band(one.score.total),
            rank=one.rank,
            ranked=one.ranked,
            change=reader.change(one, before),
            change_since_yesterday=reader.change(one, yesterday),
            groups={group: one.score.group(group) for group in Group},
            components={
                code: ComponentScore(
                    part=figure.counted.part,
                    whole=figure.counted.whole,
                    points=points.get(code),
                    published=figure.published,
                    lacking=one.lacking.get(code),
                )
                for code, figure in one.figures.items()
            },
        )


class Information(BaseModel):
    """What gives no points: 2.2 mean time, 5.1 petitions by what they are about."""

    model_config = ConfigDict(from_attributes=True)

    ended: Annotated[int, Field(description="Cases finished or returned in the period.")]
    mean_s: Annotated[
        int | None, Field(description="Working seconds to their end, without waiting for the citizen; null of none.")
    ]
    petitions: Annotated[
        dict[PetitionKind, int] | None, Field(description="Received in the period; null: there is no such source.")
    ]


class Scores(Answer):
    reading: Reading
    source: str
    verified: Annotated[bool, Field(description="false: the annex was not read; verify before an official report.")] = (
        False
    )
    days: Days
    before: Annotated[Days | None, Field(description="The days that `change` compares with.")]
    components: list[ComponentWords]
    information: Annotated[
        Information | None, Field(description="Of the unit asked for, or of all; null where it was not asked for.")
    ]
    rows: Annotated[list[UnitScore], Field(description="All units together, then each in the order of the keys.")]


class LackingCase(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code.")]
    unit: str
    procedure: str
    accepted_at: datetime | None
    due_766: Annotated[datetime | None, Field(description="Deadline as the decision is counted.")]
    ended_at: datetime | None
    last_unit: Annotated[str, Field(description="Where it was last seen.")]


class ScoreCases(Answer):
    component: str
    days: Days
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[LackingCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]
