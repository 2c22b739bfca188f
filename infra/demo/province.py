"""What the simulated province is made of: units, procedures, channels, and how much of each there is."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from random import Random

from schemas.cases import Channel

COMMUNES_FILE = "units_2025.csv"
PROVINCE_LEVEL = "tỉnh"

# Names of departments from memory (domain facts, 6.2), so only those whose name did not change in 2025; and how much of
# the departments' work each has.
DEPARTMENTS = {
    "Sở Tư pháp": 5.0,
    "Sở Xây dựng": 3.0,
    "Sở Công Thương": 2.5,
    "Sở Y tế": 2.0,
    "Sở Nội vụ": 1.5,
    "Sở Tài chính": 3.0,
    "Sở Giáo dục và Đào tạo": 1.5,
    "Sở Khoa học và Công nghệ": 0.7,
    "Công an tỉnh": 6.0,
}
SHARE_OF_DEPARTMENTS = 0.3

# By plausible shares: most comes in online, a little by public post.
CHANNELS = {Channel.ONLINE: 0.80, Channel.DIRECT: 0.155, Channel.POST: 0.04, Channel.OTHER: 0.005}


@dataclass(frozen=True, slots=True)
class Procedure:
    """``code`` as published where a public source gives it, else ``MP.nn`` (mô phỏng). ``days`` to the appointment."""

    code: str
    weight: float
    days: int


COMMUNE_PROCEDURES = (
    Procedure("1.001193", 10, 1),  # đăng ký khai sinh
    Procedure("1.000656", 4, 1),  # đăng ký khai tử
    Procedure("1.004222", 8, 7),  # đăng ký thường trú
    Procedure("1.004194", 9, 3),  # đăng ký tạm trú
    Procedure("1.006714", 1, 7),  # liên thông khai tử
    Procedure("MP.01", 14, 1),
    Procedure("MP.02", 5, 10),
)
DEPARTMENT_PROCEDURES = (
    Procedure("2.001178", 2, 3),  # xác nhận số chứng minh nhân dân
    Procedure("MP.11", 6, 5),
    Procedure("MP.12", 4, 10),
    Procedure("MP.13", 2, 15),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """``prefix`` is the unit's part of a case code; simulated, since the list of codes under H19 is not public."""

    name: str
    prefix: str
    weight: float
    procedures: tuple[Procedure, ...]
    slowness: float  # 1: as planned


def units() -> tuple[Unit, ...]:
    """All of them, always in the same order with the same weights."""
    made = []
    with files("schemas.reference").joinpath(COMMUNES_FILE).open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["level"] != PROVINCE_LEVEL]
    for number, name in enumerate(names, 1):
        traits = Random(name)  # noqa: S311 - a simulation
        weight = traits.lognormvariate(0, 0.7) / len(names)
        prefix = f"{number:03d}.00.50.H19" if number > 45 else f"000.00.{number + 50:02d}.H19"
        made.append(Unit(name, prefix, weight * (1 - SHARE_OF_DEPARTMENTS), COMMUNE_PROCEDURES, _slowness(traits)))
    whole = sum(DEPARTMENTS.values())
    for number, (name, weight) in enumerate(DEPARTMENTS.items(), 1):
        traits = Random(name)  # noqa: S311
        share = weight / whole * SHARE_OF_DEPARTMENTS
        made.append(Unit(name, f"000.00.{number + 10:02d}.H19", share, DEPARTMENT_PROCEDURES, _slowness(traits)))
    return tuple(made)


def _slowness(traits: Random) -> float:
    return 0.75 + 0.5 * traits.random() ** 2
