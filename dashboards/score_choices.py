"""What is chosen of the score of Quyết định 766."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.rules.score_choices import Dislikes, RankBy


@dataclass(frozen=True, slots=True)
class Choices:
    """Where sources leave more than one reading, the one taken (docs/rules.md). ``granted``: by tier, the codes of
    components that do not apply to it."""

    granted: Mapping[Any, frozenset[str]] = field(default_factory=dict)
    dislikes: Dislikes = Dislikes.TWICE
    rank_by: RankBy = RankBy.SHARE


USUAL = Choices()
