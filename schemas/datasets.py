"""``ioc.datasets``: how far the sectors' data (dữ liệu chuyên ngành) are digitised and "đúng – đủ – sạch – sống".

The four checks are those of the committee's notice of 31/01/2024: valid (đúng), complete (đủ), clean of duplicates and
conflicts (sạch), refreshed in time (sống). A measurement's subject is ``sector/unit/YYYY-MM``, the month of its moment
in the province, so that a data set may be measured for ever without its history growing without end.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from schemas.counter_kinds import Counter, DueLook, Kind, Noun
from schemas.domain import Breach, Count, Day, Domain
from schemas.envelope import Frozen, Key, Text
from schemas.province import ZONE


class Measurement(Frozen):
    """The state of one data set of one unit. Each count is of ``records``, so none is greater."""

    sector: Annotated[Key, Field(description="hộ tịch, đất đai, lao động, bảo hiểm, thuế or any other, by its key.")]
    unit: Key
    records: Annotated[Count, Field(description="Records that the unit has to have in all.")]
    digitised: Annotated[Count, Field(description="Đã số hóa.")]
    valid: Annotated[Count, Field(description="Đúng.")]
    complete: Annotated[Count, Field(description="Đủ.")]
    clean: Annotated[Count, Field(description="Sạch: no duplicate, no conflict.")]
    fresh: Annotated[Count, Field(description="Sống: refreshed in time.")]
    shared: Annotated[bool, Field(description="Shared with the data integration centre.")] = False


class CampaignPlan(Frozen):
    """A cleaning or digitising campaign (chiến dịch làm sạch, số hóa) with its plan and deadline."""

    title: Text
    sector: Key
    unit: Key
    planned: Annotated[Count, Field(description="Records to be done.")]
    due_on: Day


class CampaignProgress(Frozen):
    done: Annotated[Count, Field(description="Records done since its beginning.")]


class CampaignEnd(Frozen):
    """The campaign is over, whatever was done."""


CHECKS = ("digitised", "valid", "complete", "clean", "fresh")


def _check(subject: str, time: datetime, data: Any) -> None:
    for name in CHECKS:
        if getattr(data, name) > data.records:
            raise Breach(f"data.{name}", "more_than_records")
    if subject != f"{data.sector}/{data.unit}/{time.astimezone(ZONE):%Y-%m}":
        raise Breach("subject", "sector_unit_month")


def _level(name: str, label: str, meaning: str) -> Counter:
    return Counter(name, label, meaning, kind=Kind.LEVEL, noun=Noun.RECORD)


DATASET = Domain(
    "dataset",
    "Dữ liệu chuyên ngành",
    {"measured": Measurement},
    counters=(
        _level("records", "Tổng số bản ghi", "records that the units have to have, as last measured"),
        _level("digitised", "Đã số hóa", "of these digitised"),
        _level("valid", "Đúng", "of these valid"),
        _level("complete", "Đủ", "of these complete"),
        _level("clean", "Sạch", "of these without duplicates and conflicts"),
        _level("fresh", "Sống", "of these refreshed in time"),
        _level("shared", "Đã chia sẻ", "records of data sets that are shared"),
        Counter("measurements", "Lượt đo", "measurements that stand", noun=Noun.TIME),
    ),
    part="lĩnh vực",
    check=_check,
)
CAMPAIGN = Domain(
    "campaign",
    "Chiến dịch dữ liệu",
    {"planned": CampaignPlan, "progressed": CampaignProgress, "ended": CampaignEnd},
    counters=(
        Counter("planned", "Chiến dịch", "campaigns, on the day of their plan", noun=Noun.CAMPAIGN),
        Counter("ended", "Đã kết thúc", "campaigns that ended", noun=Noun.CAMPAIGN),
        Counter("running", "Đang chạy", "planned and not ended", Kind.NOW, Noun.CAMPAIGN, standings=("running",)),
        Counter("overdue", "Quá hạn", "running and past the day", Kind.NOW, Noun.CAMPAIGN, ("running",), DueLook.PAST),
    ),
    part="lĩnh vực",
    rules=2,
)
