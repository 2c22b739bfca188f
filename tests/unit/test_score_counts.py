"""Numerators within denominators, totals beside their parts, and what a unit without cases has. Pure."""

from itertools import product

import hypothesis
import pytest
from hypothesis import strategies as st

from dashboards.views.score.counts import Disliked, Listed, Open, Petitions, ScoreCounts, figures_of, satisfied
from dashboards.views.score.figure import Figure
from dashboards.views.score.published import levels
from schemas.reference.rows import Tier
from schemas.rules.decision_766 import COMPONENTS, CountedPart, Reading, score
from schemas.rules.score_choices import Dislikes

CODES = [f"1.00{n}" for n in range(6)]
UNITS = {"xa": Tier.COMMUNE, "so": Tier.DEPARTMENT, "75": Tier.PROVINCE}
_few = st.integers(0, 3)
_listed = st.builds(
    Listed,
    st.sampled_from(CODES),
    st.sampled_from((None, "tỉnh", "huyện", "xã")),
    st.sampled_from((None, True, False)),
    st.sampled_from((None, True, False)),
)


@st.composite
def one_unit(draw: st.DrawFn) -> ScoreCounts:
    """What may be read of one unit, however many of its cases were online, late or disliked."""
    accepted, fee = draw(_few), draw(_few)
    on_time, late, within, overdue = (draw(_few) for _ in range(4))
    procedures = draw(st.integers(0, accepted))
    counts = ScoreCounts(catalogue=tuple({one.code: one for one in draw(st.lists(_listed))}.values()), tiers=UNITS)
    unit = draw(st.sampled_from((None, "xa", "so", "75", "?")))
    counts.cases[unit] = {
        "accepted": accepted,
        "fee_cases": min(fee, accepted),
        "paid_online": draw(st.integers(0, min(fee, accepted))),
        "accepted_online": draw(st.integers(0, accepted)),
        "on_time_766": on_time,
        "late_766": late,
        "procedures": procedures,
        "population_procedures": draw(st.integers(0, procedures)),
        # of any procedure there is, of whatever level
        "online_codes": draw(st.lists(st.sampled_from([*CODES, "MP.1"]), unique=True)),
        "paid_codes": draw(st.lists(st.sampled_from([*CODES, "MP.1"]), unique=True)),
    }
    counts.open[unit] = Open(within, overdue)
    counts.disliked[unit] = Disliked(draw(st.integers(0, on_time + within)), draw(st.integers(0, late + overdue)))
    in_time, too_late = draw(_few), draw(_few)
    told = Petitions(in_time + too_late, 0, in_time, draw(st.integers(0, in_time)), draw(st.integers(0, too_late)))
    counts.petitions = {unit: told}
    return counts


@hypothesis.given(one_unit(), st.sampled_from(Dislikes))
def test_no_component_counts_more_than_its_whole(counts: ScoreCounts, dislikes: Dislikes) -> None:
    (unit,) = counts.cases
    figures = figures_of(counts, unit, dislikes)
    for code, figure in figures.items():
        assert 0 <= figure.counted.part <= figure.counted.whole, code
        assert figure.lacking is None or 0 <= figure.lacking <= figure.counted.whole, code
    for reading in Reading:
        points = score({code: figure.counted for code, figure in figures.items()}, reading).points
        assert all(0 <= points[one.code] <= one.maximum for one in COMPONENTS if one.code in points)


def test_only_procedures_of_the_unit_s_own_level_count() -> None:
    """Five of another level beside four of its own: 5/4 gave all points."""
    listed = [Listed(f"x{n}", "xã", online=True, fee=True) for n in range(4)]
    above = [Listed(f"t{n}", "tỉnh", online=True, fee=True) for n in range(5)]
    used = ["x0", *(one.code for one in above), "MP.1"]
    cases = {"accepted": 9, "online_codes": used, "paid_codes": used}
    counts = ScoreCounts(cases={"xa": cases, None: cases, "?": cases}, catalogue=(*listed, *above), tiers=UNITS)

    for code in ("ONLINE_SERVICES_USED", "PAYMENT_SERVICES_USED"):
        assert figures_of(counts, "xa")[code].counted == CountedPart(1, 4)
        assert figures_of(counts, None)[code].counted == CountedPart(6, 9)
        assert code not in figures_of(counts, "?")  # nobody knows its level


def test_a_unit_with_petitions_but_without_cases_has_5_2_and_5_3() -> None:
    counts = ScoreCounts(cases={"so": {}}, petitions={"xa": Petitions(3, 2, 2, 1, 1)})

    found = {code: figure.counted for code, figure in figures_of(counts, "xa").items()}
    assert found == {
        "PETITION_PROCESSING_ON_TIME": CountedPart(2, 3),
        "PETITION_HANDLING_SATISFACTION": CountedPart(0, 3),
    }
    assert figures_of(counts, "so")["PETITION_PROCESSING_ON_TIME"].counted == CountedPart(
        0, 0
    )  # it has none: all points
    assert figures_of(counts, "75") == {}


@pytest.mark.parametrize(
    ("on_time", "disliked", "late_disliked", "twice", "once"),
    [(8, 2, 0, 6, 6), (8, 2, 1, 5, 6), (1, 1, 2, 0, 0), (0, 0, 3, 0, 0), (4, 0, 2, 2, 4)],
)
def test_late_and_disliked_is_subtracted_as_it_is_read(
    on_time: int, disliked: int, late_disliked: int, twice: int, once: int
) -> None:
    assert satisfied(on_time, disliked, late_disliked, Dislikes.TWICE) == twice
    assert satisfied(on_time, disliked, late_disliked, Dislikes.ONCE) == once


PARENTS = {"26068": "731", "26071": "731", "731": "75", "732": "75", "so": "75", "75": None}


def figure(part: int, whole: int, published: str = "2024-10") -> Figure:
    return Figure(CountedPart(part, whole), published)


def test_a_total_that_was_published_stands_and_nothing_is_added_to_it() -> None:
    told = {"75": {"A": figure(2, 39)}, "so": {"A": figure(3, 4), "B": figure(1, 2)}, "731": {"B": figure(1, 4)}}
    found = levels(told, PARENTS, {"75"})

    assert found[None] == {"A": figure(2, 39), "B": figure(2, 6)}  # not 5/43
    assert found["so"] == {"A": figure(3, 4), "B": figure(1, 2)}
    assert "75" not in found  # it is the whole, and no unit among the others


def test_parts_are_not_added_to_the_total_of_their_own_unit() -> None:
    """A district and its communes, in whatever order they are told."""
    told = {"26068": {"A": figure(1, 2)}, "26071": {"A": figure(0, 3)}, "731": {"A": figure(4, 9)}}
    for other, first in product(("732", "?"), (True, False)):
        more = {other: {"A": figure(1, 1, "2024-Q3")}}
        units = {**more, **told} if first else {**told, **more}
        assert levels(units, PARENTS, {"75"})[None] == {"A": figure(5, 10, "…")}
