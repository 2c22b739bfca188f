"""The rows of the files, one class a kind. Columns are the fields, in any order; an empty cell is "not known"."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.envelope import PRINTABLE
from schemas.reference.rule_forms import RULE_FORMS
from schemas.reference.spelling import composed, spellings


class Confidence(StrEnum):
    """How sure a row is. Only LAW and SOURCED may be shown without "chưa kiểm chứng"."""

    LAW = "law"  # what the law itself says
    SOURCED = "sourced"  # an official document or catalogue was read
    SECOND_HAND = "second_hand"  # somebody else's list, form or program
    INFERRED = "inferred"
    MEMORY = "memory"
    NOT_FOUND = "not_found"  # that it exists is known, what it is is not

    @property
    def verified(self) -> bool:
        return self in (Confidence.LAW, Confidence.SOURCED)


class Tier(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


LEVELS = {
    "thành phố": Tier.DISTRICT,
    "thị xã": Tier.DISTRICT,
    "quận": Tier.DISTRICT,
    "huyện": Tier.DISTRICT,
    "phường": Tier.COMMUNE,
    "xã": Tier.COMMUNE,
    "thị trấn": Tier.COMMUNE,
    "đặc khu": Tier.COMMUNE,
    "sở": Tier.DEPARTMENT,
    "ban": Tier.DEPARTMENT,
    "ngành dọc": Tier.DEPARTMENT,
    "đơn vị khác": Tier.DEPARTMENT,
}
PROVINCE = "H19"  # Đồng Nai's identifier on the national portal; a procedure's long code ends with it

_Composed = BeforeValidator(lambda value: composed(value) if isinstance(value, str) else value)
Code = Annotated[str, _Composed, StringConstraints(min_length=1, max_length=80, pattern=PRINTABLE)]
Name = Annotated[str, _Composed, StringConstraints(min_length=1, max_length=400, pattern=PRINTABLE)]
YesNo = Annotated[bool, BeforeValidator(lambda value: {"yes": True, "no": False}.get(value, value))]


class ReferenceRow(BaseModel):
    """What every row is: no column that is not known, no cell that does not fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    DERIVED: ClassVar[tuple[str, ...]] = ()  # what the table holds beside the columns of the file

    def record(self) -> dict[str, object]:
        """The columns of the table that this row goes to."""
        derived = {name: getattr(self, name) for name in self.DERIVED}
        return self.model_dump() | {k: list(v) if isinstance(v, tuple) else v for k, v in derived.items()}


class Dated(ReferenceRow):
    """Valid from the first day to the last, both included, in the province; no last day: until further notice."""

    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to before valid_from")
        return self

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or date.max)


class Unit(Dated):
    """Province, district, commune or department. ``code`` is the General Statistics Office's for the first three and a
    key of our own for departments, whose identifiers (``h19_code``) no public source lists."""

    DERIVED = ("tier", "aliases")

    code: Code
    name: Name
    level: Literal[
        "tỉnh", "thành phố", "thị xã", "quận", "huyện", "phường", "xã", "thị trấn", "đặc khu", "sở", "ban", "ngành dọc",
        "đơn vị khác",
    ]  # fmt: skip
    parent: Code | None = None
    h19_code: Code | None = None
    confidence: Confidence
    note: str | None = None

    @property
    def tier(self) -> Tier:
        return LEVELS.get(self.level, Tier.PROVINCE) if self.parent else Tier.PROVINCE

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([self.code, *filter(None, [self.h19_code]), *spellings(self.name)]))


class Successor(Dated):
    """Which unit took the place of which on ``valid_from``. ``part``: it was divided, so no figure can be mapped."""

    DERIVED = ("usable",)

    old_code: Code
    old_name: Name
    old_district: Name | None = None
    old_province: Code
    new_code: Code
    new_name: Name
    share: Literal["whole", "part", "part, largest"]
    confidence: Confidence
    note: str | None = None

    @property
    def usable(self) -> bool:
        return self.share == "whole"


class Tile(Dated):
    """The place of a commune on the tile map: row 0 is north, column 0 west. Our own drawing, not a fact."""

    code: Code
    tile_row: int = Field(ge=0, le=99)
    tile_col: int = Field(ge=0, le=99)


class Procedure(Dated):
    """``unverified`` names, with | between, the columns that stand lower than ``confidence``."""

    DERIVED = ("aliases",)

    code: Code
    name: Name
    sector: Code | None = None
    level: Literal["tỉnh", "huyện", "xã"] | None = None
    online: Literal["none", "partial", "whole"] | None = None
    fee: YesNo | None = None
    max_working_days: int | None = Field(default=None, ge=0, le=1000)
    confidence: Confidence
    unverified: str | None = None
    note: str | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        return (self.code, f"{self.code}.000.00.00.{PROVINCE}", *spellings(self.name))


class ReferenceService(Dated):
    """One of the essential online services. ``procedure_codes`` has | between them; ``short_name`` is our own wording,
    for a wall's row."""

    number: int = Field(ge=1)
    name: Name
    short_name: Annotated[Code | None, Field(max_length=30)] = None
    decision: Name
    lead_agency: Name
    procedure_codes: str | None = None
    confidence: Confidence
    code_confidence: Confidence
    note: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.procedure_codes or "").split("|")))


class Sector(Dated):
    """``dataset``: whether its records are followed as a data set ("đúng, đủ, sạch, sống")."""

    DERIVED = ("aliases",)

    code: Code
    name: Name
    dataset: YesNo
    confidence: Confidence
    note: str | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        names = (*spellings(self.name), *spellings(self.name[:1].lower() + self.name[1:]))
        return tuple(dict.fromkeys([self.code, *names]))


class PlanPart(Dated):
    """One part of a plan and how many tasks or models it has."""

    plan: Code
    number: Name
    part: Code
    name: Name
    amount: int = Field(ge=1)
    confidence: Confidence
    note: str | None = None


class OtherName(Dated):
    """What a source calls a unit, procedure or sector instead of its code or name."""

    kind: Literal["unit", "procedure", "sector"]
    alias: Code
    code: Code
    confidence: Confidence
    note: str | None = None


class CalendarDay(ReferenceRow):
    """A day that is not as its weekday says: Monday to Friday are working days, the others are not. ``session``: the
    row speaks of that half of the day only (a half day off, a Saturday morning that is worked)."""

    day: date
    kind: Literal["holiday", "day_off", "working"]
    name: Name
    swapped_with: date | None = None
    session: Literal["morning", "afternoon"] | None = None
    confidence: Confidence
    note: str | None = None


class WorkingHours(Dated):
    """When a half of a working day begins and ends (buổi làm việc), by the province's clock."""

    session: Literal["morning", "afternoon"]
    opens: time
    closes: time
    confidence: Confidence
    note: str | None = None

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.closes <= self.opens:
            raise PydanticCustomError("closes_before_it_opens", "closes must be after opens")
        return self


class RuleRow(Dated):
    """One rule of a set, as it is in force between its days; docs/rules.md says what each means. ``unverified`` names,
    with | between, the columns that stand lower than ``confidence``."""

    rule: Code
    value: Code
    article: Name
    confidence: Confidence
    unverified: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.rule not in RULE_FORMS:
            raise PydanticCustomError("rule_unknown", "no rule has this name")
        if self.number is None:
            raise PydanticCustomError("value_of_rule", "a count, yes or no, or HH:MM, as the rule wants")
        return self

    @property
    def number(self) -> int | None:
        """The value as a number: a count, 1 or 0 for yes and no, minutes since midnight; ``None`` where it is none."""
        match RULE_FORMS.get(self.rule):
            case "yes/no":
                return {"yes": 1, "no": 0}.get(self.value)
            case "HH:MM":
                try:
                    at = time.fromisoformat(self.value)
                except ValueError:
                    return None
                return at.hour * 60 + at.minute
            case _:
                return (
                    int(self.value) if self.value.isascii() and self.value.isdigit() and len(self.value) < 5 else None
                )
