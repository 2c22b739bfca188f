"""Nothing is cut, overlapping, outside or too small, at every size, with the longest names, in every state."""

from datetime import timedelta

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from tests.screens import sample
from tests.screens.browser import TABLET, TABLET_UPRIGHT, WALL, WALL_4K, WALL_WIDE, Viewer
from tests.screens.conftest import NOW, Fill, Look, Serve

WALL_PATH = "/man-hinh/ho-so"
HOME = "/man-hinh/may-tinh-bang"
UNITS = "/man-hinh/may-tinh-bang/don-vi"
WALLS = (WALL, WALL_4K, WALL_WIDE)
TABLETS = (TABLET, TABLET_UPRIGHT)


class Misfits:
    """What does not fit, by where it was seen."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def at_every_size(self, viewer: Viewer, where: str) -> None:
        for size in WALLS if viewer.size in WALLS else TABLETS:
            viewer.resize(size)
            self.found += [f"{where} {size}: {fault}" for fault in viewer.misfits()]

    def none(self) -> None:
        assert not self.found, "\n" + "\n".join(self.found)


@pytest.mark.parametrize("units", [sample.UNITS, sample.LONGEST], ids=["usual-names", "longest-names"])
def test_every_screen_fits_at_every_size(
    units: tuple[str, ...], database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill(units)
    server = serve(database)
    misfits = Misfits()
    wall = look(server, WALL_PATH)
    misfits.at_every_size(wall, "wall")
    wall.open(f"{WALL_PATH}?ky=nam")
    misfits.at_every_size(wall, "wall of the year")
    tablet = look(server, HOME, TABLET)
    misfits.at_every_size(tablet, "home")
    for path in (f"{HOME}?ky=nam&don-vi={units[0]}", f"{UNITS}?ky=thang"):
        tablet.open(path)
        misfits.at_every_size(tablet, path)
    tablet.open(f"{HOME}?ky=nam")
    tablet.open(next(number["href"] for number in tablet.numbers() if number["counter"] == "late"))
    misfits.at_every_size(tablet, "list")
    tablet.page.click("a.lr >> nth=0")
    tablet.page.wait_for_selector(".evs")
    tablet.settle()
    misfits.at_every_size(tablet, "case")
    misfits.none()


def test_a_screen_without_any_data_fits(database: DatabaseUrls, serve: Serve, look: Look) -> None:
    server = serve(database)
    misfits = Misfits()
    misfits.at_every_size(look(server, WALL_PATH), "empty wall")
    misfits.at_every_size(look(server, HOME, TABLET), "empty home")
    misfits.none()


def test_a_dead_screen_fits(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill(sample.LONGEST)
    sample.receive(rows, NOW - timedelta(minutes=7))
    server = serve(database)
    misfits = Misfits()
    misfits.at_every_size(look(server, WALL_PATH), "silent wall")
    misfits.at_every_size(look(server, HOME, TABLET), "silent home")
    misfits.none()


def test_the_largest_numbers_fit(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    """999.999 a day and "1,23 triệu" a year, as the reference's test of fit has them."""
    fill(sample.LONGEST)
    day = rows.execute("SELECT sum(accepted) FROM case_by_unit_day WHERE day = %s", [NOW.date()]).fetchone()
    assert day is not None
    factor = 999_999 // int(day[0])
    rows.execute(
        "UPDATE case_by_unit_day SET accepted = accepted * %(f)s, finished = finished * %(f)s,"
        " on_time = on_time * %(f)s, late = late * %(f)s",
        {"f": factor},
    )
    server = serve(database)
    misfits = Misfits()
    for period in ("hom-nay", "nam"):
        misfits.at_every_size(look(server, f"{WALL_PATH}?ky={period}"), f"large wall {period}")
        misfits.at_every_size(look(server, f"{HOME}?ky={period}", TABLET), f"large home {period}")
    misfits.none()
