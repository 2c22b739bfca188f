"""What the operator may set of the score of Quyết định 766, for screens and data API, from ``IOC_*`` variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.reference.rows import Tier
from schemas.rules.decision_766 import COMPONENT, Reading
from schemas.rules.score_choices import Dislikes, RankBy


def _component(code: str) -> str:
    if code not in COMPONENT:
        raise ValueError(f"one of {', '.join(sorted(COMPONENT))}")
    return code


Code = Annotated[str, AfterValidator(_component)]


@dataclass(frozen=True, slots=True)
class Choices:
    """Where sources leave more than one reading, the one taken (docs/rules.md). ``granted``: by tier, the codes of
    components that do not apply to it."""

    granted: Mapping[Any, frozenset[str]] = field(default_factory=dict)
    dislikes: Dislikes = Dislikes.TWICE
    rank_by: RankBy = RankBy.SHARE


USUAL = Choices()


class ScoreSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    score_reading: Reading = Field(
        default=Reading.PORTAL, description="How points are given where nobody chooses: portal or annex."
    )
    score_granted: dict[Tier, frozenset[Code]] = Field(
        default={},
        description="By tier (commune, department, …), the codes of components that do not apply to it and give their"
        " maximum. Five rows of the portal's list do not apply to communes; no source that was read says which.",
    )
    score_dislikes: Dislikes = Field(
        default=Dislikes.TWICE,
        description="Whether what is late and disliked at once is subtracted twice in 5.3 and 5.4, as the formula is"
        " written, or once.",
    )
    score_rank_by: RankBy = Field(
        default=RankBy.SHARE,
        description="Whether units of a tier are ranked by their share of what the known components could give, or by"
        " total: the points as they are.",
    )

    @property
    def score_choices(self) -> Choices:
        return Choices(self.score_granted, self.score_dislikes, self.score_rank_by)
