"""Quyết định 766: golden figures of Đồng Nai to 30/9/2026 (domain.md 1.4, 8), bands, both readings."""

import pytest

from schemas.rules.decision_766 import (
    COMPONENT,
    COMPONENTS,
    GROUPS,
    Band,
    CountedPart,
    Group,
    PointsScore,
    Reading,
    band,
    points_of,
    score,
)

CASES = 617_612
GOLDEN = {
    "PUBLISH_ON_TIME": (2, 39, None),
    "PROGRESS": (479_539, 603_261, 15.898),
    "ORIGINAL_RESULT_AVAILABLE": (450_469, CASES, 4.376),
    "SO_HOA_GIAY_TO_GIAI_QUYET": (154_276, CASES, 0.999),
    "REUSED_DIGITIZED_DATA": (90_922, CASES, 0.368),
    "CITIZEN_DATA_CONNECTED_FORMALITY": (441, 1_294, 0.682),
    "CITIZEN_DATA_CONNECTED_DOSSIER": (417_148, CASES, 1.351),
    "ONLINE_PAYMENT": (265_490, 299_918, 5.311),
    "PETITION_PROCESSING_ON_TIME": (717, 1_125, 3.824),
    "PETITION_HANDLING_SATISFACTION": (545, 1_125, 2.907),
}
GROUP_POINTS = {
    Group.TRANSPARENCY: 12.31,
    Group.PROGRESS: 15.9,
    Group.ONLINE: 9.28,
    Group.PAYMENT: 7.26,
    Group.DIGITISATION: 9.74,
    Group.SATISFACTION: 12.29,
}


@pytest.mark.parametrize("code", [code for code, (_, _, points) in GOLDEN.items() if points is not None])
def test_a_component_of_dong_nai_gets_the_points_that_the_portal_shows(code: str) -> None:
    part, whole, points = GOLDEN[code]
    got = score({code: CountedPart(part, whole)}, Reading.PORTAL).points[code]
    assert points is not None
    assert got == pytest.approx(points, abs=0.0005)


def test_the_groups_of_dong_nai_come_to_its_total_and_rank_it_average() -> None:
    assert round(sum(GROUP_POINTS.values()), 2) == 66.78
    assert band(66.78) is Band.AVERAGE
    got = score({code: CountedPart(part, whole) for code, (part, whole, _) in GOLDEN.items()}, Reading.PORTAL)
    progress, satisfied = got.group(Group.PROGRESS), got.group(Group.SATISFACTION)
    assert progress is not None
    assert round(progress, 1) == 15.9
    # 4.1, 4.2, 4.3, 4.5a and 4.5b leave 9.74 − 7.776 for 4.4 and 4.6; 5.2 and 5.3 leave 12.29 − 6.731 for 5.4
    digitised = got.group(Group.DIGITISATION)
    assert digitised is not None
    assert 0 <= 9.74 - digitised <= 6
    assert satisfied is not None
    assert 0 <= 12.29 - satisfied <= 6


def test_the_maxima_come_to_100_and_to_the_groups() -> None:
    maxima = dict.fromkeys(GROUPS, 0.0)
    for component in COMPONENTS:
        maxima[component.group] += component.maximum
    assert list(maxima.values()) == [18, 20, 12, 10, 22, 18]
    full = score({component.code: CountedPart(1, 1) for component in COMPONENTS}, Reading.ANNEX)
    assert (full.total, full.possible, full.unknown, full.gains) == (100, 100, (), ())


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (100, "Xuất sắc"), (90, "Xuất sắc"), (89.99, "Tốt"), (80, "Tốt"), (79.99, "Khá"), (70, "Khá"),
        (69.99, "Trung bình"), (50, "Trung bình"), (49.99, "Yếu"), (0, "Yếu"), (89.996, "Xuất sắc"),
    ],
)  # fmt: skip
def test_bands_begin_at_their_edges(total: float, name: str) -> None:
    assert band(total) == name


@pytest.mark.parametrize(
    ("code", "ratio", "annex", "portal"),
    [
        ("ONLINE_SERVICES", 0.8, 2, 2),
        ("ONLINE_SERVICES", 0.4, 1, 1),
        ("ONLINE_DOSSIERS", 0.5, 6, 6),
        ("ONLINE_DOSSIERS", 0.0296, 0.3552, 0.3552),
        ("SO_HOA_GIAY_TO_GIAI_QUYET", 0.8, 4, 3.2),
        ("REUSED_DIGITIZED_DATA", 0.4, 1, 1),
        ("DOSSIER_RECEIVING_SATISFACTION", 0.45, 3, 3),
        ("PAYMENT_SERVICES", 0.9, 2, 2),  # 2.5 × 0.9 is more than the maximum and is capped
        ("PAYMENT_SERVICES_USED", 0.4, 1, 1),
        ("PETITION_PROCESSING_ON_TIME", None, 6, 6),
        ("DOSSIER_RECEIVING_SATISFACTION", None, 0, 0),
        ("PROGRESS", None, 0, 0),
    ],
)
def test_points_by_both_readings(code: str, ratio: float | None, annex: float, portal: float) -> None:
    assert points_of(COMPONENT[code], ratio, Reading.ANNEX) == pytest.approx(annex)
    assert points_of(COMPONENT[code], ratio, Reading.PORTAL) == pytest.approx(portal)


def test_the_annex_takes_the_online_share_times_the_share_that_was_synchronised() -> None:
    figures = {"ONLINE_DOSSIERS": CountedPart(1, 4), "DOSSIER_SYNC": CountedPart(1, 2)}
    assert score(figures, Reading.PORTAL).points["ONLINE_DOSSIERS"] == 3
    assert score(figures, Reading.ANNEX).points["ONLINE_DOSSIERS"] == 1.5
    assert "ONLINE_DOSSIERS" not in score({"ONLINE_DOSSIERS": CountedPart(1, 4)}, Reading.ANNEX).points


def test_what_is_not_known_is_not_zero() -> None:
    got = score({"PROGRESS": CountedPart(1, 2), "DOSSIER_SYNC": None}, Reading.PORTAL)
    assert isinstance(got, PointsScore)
    assert (got.total, got.possible) == (10, 20)
    assert "DOSSIER_SYNC" in got.unknown
    assert got.group(Group.TRANSPARENCY) is None


def test_a_component_that_does_not_apply_gives_its_maximum() -> None:
    got = score({"DOSSIER_SYNC": CountedPart(0, 9)}, Reading.PORTAL, frozenset(("DOSSIER_SYNC", "PUBLISH_ON_TIME")))
    assert (got.total, got.possible) == (12, 12)


def test_what_lifts_most_comes_first() -> None:
    figures = {"PROGRESS": CountedPart(9, 10), "DOSSIER_SYNC": CountedPart(1, 2), "ONLINE_PAYMENT": CountedPart(5, 5)}
    assert score(figures, Reading.PORTAL).gains == (("DOSSIER_SYNC", 3.0), ("PROGRESS", 2.0))


def test_more_than_all_is_all() -> None:
    assert CountedPart(12, 10).ratio == 1
    assert CountedPart(1, 2) + CountedPart(2, 3) == CountedPart(3, 5)
