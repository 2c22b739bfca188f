"""Where what was read of Quyết định 766 leaves more than one way to count: which one is taken (docs/rules.md)."""

from enum import StrEnum


class Dislikes(StrEnum):
    """What is late and disliked at once: 5.3 and 5.4 subtract the share of what is late and the share of what is
    disliked, and no source that was read says whether one that is both is subtracted twice."""

    TWICE = "twice"  # as the formula is written: 100 % − one share − the other
    ONCE = "once"


class RankBy(StrEnum):
    """By what units of a tier are ranked where not of all of them all components are known; no article says."""

    SHARE = "share"  # of what the known components could give: what is not known is not 0
    TOTAL = "total"  # the points as they are
