"""The procedures of the simulated province: whose they are, how many, how long, and how much comes in online.

Codes are those of the reference data where it has them, else ``MP.nn`` (mô phỏng). The online shares of two begin with
what the committee's notice of 31/01/2024 says (domain.md 0): driving licences 0,68 %, unemployment benefit 2,96 %; the
simulated province has not mended them. From the mergers of 2025 on, departments have their successors' work, and the
sector agencies (insurance, tax, electricity) bring in the essential services that are theirs, ``MP.nn`` with nn the
number in schemas/reference/essential_services.csv.
"""

from dataclasses import dataclass
from datetime import date

from schemas.province import day_number
from schemas.reference.rows import Tier

NOTICE = day_number(date(2024, 1, 31))
NEARLY_ALL = day_number(date(2025, 12, 1))  # online 97,4 % in 7–11/2025 (domain.md 8)


@dataclass(frozen=True, slots=True)
class SimulatedProcedure:
    """``days``: working days to the appointment. ``online`` and ``later``: its online share at the notice and in the
    end. ``looked_up``: how often the population database is asked. ``chain``: it is an interlinked one (liên
    thông)."""

    code: str
    weight: float
    days: int
    online: float
    later: float
    fee: float = 0.4
    looked_up: float = 0.7
    chain: str | None = None

    def share(self, day: int) -> float:
        """The part that comes in online: as in the notice until its day, then rising."""
        progress = min(max((day - NOTICE) / (NEARLY_ALL - NOTICE), 0.0), 1.0)
        return self.online + (self.later - self.online) * progress


COMMUNE = (
    SimulatedProcedure("1.001193", 10, 1, 0.45, 0.97, 0.1, 0.95),  # đăng ký khai sinh
    SimulatedProcedure("1.000656", 4, 1, 0.35, 0.95, 0.1, 0.95),  # đăng ký khai tử
    SimulatedProcedure("1.000894", 3, 1, 0.25, 0.92, 0.2, 0.95),  # đăng ký kết hôn
    SimulatedProcedure("1.004222", 8, 7, 0.55, 0.97, 0.5, 0.95),  # đăng ký thường trú
    SimulatedProcedure("1.004194", 9, 3, 0.60, 0.98, 0.5, 0.95),  # đăng ký tạm trú
    SimulatedProcedure("1.002755", 2, 3, 0.55, 0.97, 0.5, 0.9),  # gia hạn tạm trú
    SimulatedProcedure("2.001159", 4, 1, 0.80, 0.99, 0.0, 0.8),  # thông báo lưu trú
    SimulatedProcedure("1.003677", 1, 1, 0.50, 0.95, 0.0, 0.8),  # khai báo tạm vắng
    SimulatedProcedure("MP.16", 2, 4, 0.70, 0.99, 0.0, 0.95, "birth"),  # liên thông khai sinh – thường trú – thẻ BHYT
    SimulatedProcedure(
        "1.006714", 1, 5, 0.60, 0.99, 0.0, 0.95, "death"
    ),  # liên thông khai tử – xóa thường trú – mai táng phí
    SimulatedProcedure("MP.51", 12, 1, 0.20, 0.90, 0.8, 0.2),  # chứng thực
    SimulatedProcedure("MP.52", 4, 10, 0.30, 0.93, 0.0, 0.7),  # bảo trợ xã hội
)
DISTRICT = (
    SimulatedProcedure("1.001612", 6, 3, 0.55, 0.96, 0.9, 0.6),  # đăng ký hộ kinh doanh
    SimulatedProcedure("MP.61", 5, 10, 0.25, 0.9, 0.8, 0.7),  # đất đai
    SimulatedProcedure("MP.62", 2, 15, 0.30, 0.92, 0.6, 0.4),  # giấy phép xây dựng
)
GENERAL = (
    SimulatedProcedure("MP.71", 5, 5, 0.90, 0.99, 0.4, 0.3),
    SimulatedProcedure("MP.72", 4, 10, 0.92, 0.99, 0.5, 0.3),
    SimulatedProcedure("MP.73", 2, 15, 0.90, 0.98, 0.5, 0.2),
)
OWN = {
    "so-giao-thong-van-tai": (
        SimulatedProcedure("MP.18", 8, 5, 0.0068, 0.0068, 1.0, 0.9),
        SimulatedProcedure("MP.74", 2, 3, 0.7, 0.98),
    ),
    "so-lao-dong-tbxh": (
        SimulatedProcedure("1.001978", 8, 15, 0.0296, 0.0296, 0.0, 0.9),
        SimulatedProcedure("MP.75", 2, 7, 0.8, 0.98),
    ),
    "so-tu-phap": (
        SimulatedProcedure("2.000488", 8, 10, 0.75, 0.98, 0.95, 0.95),
        SimulatedProcedure("MP.76", 1, 10, 0.8, 0.98),
    ),
    "cong-an-tinh": (
        SimulatedProcedure("1.001456", 6, 8, 0.85, 0.99, 0.95, 0.9),  # hộ chiếu
        SimulatedProcedure("2.001195", 5, 7, 0.30, 0.9, 0.6, 0.95),  # cấp đổi căn cước
        SimulatedProcedure("2.001194", 2, 7, 0.30, 0.9, 0.6, 0.95),  # cấp lại căn cước
        SimulatedProcedure("2.001178", 1, 7, 0.40, 0.95, 0.0, 0.95),  # xác nhận số CMND
    ),
    "so-tai-nguyen-va-moi-truong": (
        SimulatedProcedure("MP.77", 6, 15, 0.30, 0.93, 0.9, 0.7),
        SimulatedProcedure("MP.78", 2, 30, 0.4, 0.9),
    ),
}
# The same since the mergers of 2025; who is not named here does as before.
OWN_MERGED = {
    "so-noi-vu": (*OWN["so-lao-dong-tbxh"], SimulatedProcedure("MP.42", 1, 5, 0.7, 0.97, 0.0)),
    "so-nong-nghiep-va-moi-truong": (
        *OWN["so-tai-nguyen-va-moi-truong"],
        SimulatedProcedure("MP.21", 6, 10, 0.35, 0.93, 0.9),
        SimulatedProcedure("MP.39", 2, 10, 0.35, 0.92, 0.7),
    ),
    "so-xay-dung": (OWN["so-giao-thong-van-tai"][1], *GENERAL),
    "so-tu-phap": (OWN["so-tu-phap"][1], SimulatedProcedure("MP.43", 1, 3, 0.5, 0.95, 1.0, 0.2)),
    "so-tai-chinh": (SimulatedProcedure("MP.33", 2, 3, 0.8, 0.99), *GENERAL),
    "so-giao-duc-va-dao-tao": (
        SimulatedProcedure("MP.22", 4, 10, 0.8, 0.99, 0.2),
        SimulatedProcedure("MP.38", 1, 10, 0.6, 0.96, 0.6),
    ),
    "cong-an-tinh": (
        *OWN["cong-an-tinh"],
        OWN["so-giao-thong-van-tai"][0],
        OWN["so-tu-phap"][0],
        SimulatedProcedure("MP.07", 5, 3, 0.6, 0.96, 0.9, 0.9),
        SimulatedProcedure("MP.08", 4, 2, 0.7, 0.98, 1.0, 0.8),
        SimulatedProcedure("MP.09", 0.6, 3, 0.7, 0.98, 0.5, 0.3),
        SimulatedProcedure("MP.10", 0.4, 3, 0.7, 0.98, 0.5, 0.3),
    ),
    "bao-hiem-xa-hoi": tuple(
        SimulatedProcedure(code, weight, days, 0.6, 0.98, 0.0, 0.95)
        for code, weight, days in (("MP.20", 3, 5), ("MP.26", 1, 5), ("MP.27", 4, 5), ("MP.28", 2, 5), ("MP.29", 3, 7))
    ),
    "cuc-thue": tuple(
        SimulatedProcedure(code, weight, days, 0.75, 0.99, fee, 0.6)
        for code, weight, days, fee in (
            ("MP.23", 4, 3, 0.0),
            ("MP.30", 3, 5, 1.0),
            ("MP.31", 1, 5, 1.0),
            ("MP.32", 2, 3, 1.0),
            ("MP.35", 1, 3, 1.0),
        )
    ),
    "dien-luc": (
        SimulatedProcedure("MP.24", 3, 3, 0.8, 0.99, 0.0),
        SimulatedProcedure("MP.25", 2, 2, 0.8, 0.99, 0.0),
        SimulatedProcedure("MP.40", 0.6, 2, 0.8, 0.99, 0.0),
        SimulatedProcedure("MP.41", 0.4, 2, 0.8, 0.99, 0.0),
    ),
}
COMMUNE_MERGED = (
    *COMMUNE,
    SimulatedProcedure("MP.34", 3, 3, 0.55, 0.96, 0.9, 0.6),
    SimulatedProcedure("MP.36", 3, 3, 0.35, 0.94, 0.2, 0.95),
    SimulatedProcedure("MP.37", 2, 5, 0.35, 0.93, 0.2, 0.95),
)
# How much of the departments' work each has; one that is not named has 0.6, one with 0 takes no cases.
OFFICES = {
    "so-giao-thong-van-tai": 5.0,
    "so-lao-dong-tbxh": 3.5,
    "so-tu-phap": 4.0,
    "cong-an-tinh": 6.0,
    "so-tai-nguyen-va-moi-truong": 4.0,
    "so-ke-hoach-va-dau-tu": 2.5,
    "so-cong-thuong": 2.0,
    "so-xay-dung": 1.5,
    "so-y-te": 1.5,
    "thanh-tra-tinh": 0.0,
    "bao-hiem-xa-hoi": 0.0,  # systems of their own: not cases of the province's
    "cuc-thue": 0.0,
    "ngan-hang-nha-nuoc": 0.0,
    "dien-luc": 0.0,
}
OFFICES_MERGED = OFFICES | {
    "cong-an-tinh": 14.0,
    "so-noi-vu": 4.0,
    "so-nong-nghiep-va-moi-truong": 5.0,
    "so-tai-chinh": 3.0,
    "so-xay-dung": 2.5,
    "so-tu-phap": 1.5,
    "so-giao-duc-va-dao-tao": 2.0,
    "bao-hiem-xa-hoi": 4.0,
    "cuc-thue": 4.0,
    "dien-luc": 2.0,
}


def work_of(code: str, *, merged: bool) -> float:
    """How much of the departments' work a department has."""
    return (OFFICES_MERGED if merged else OFFICES).get(code, 0.6)


def of_unit(code: str, tier: Tier, *, districts: bool, merged: bool) -> tuple[SimulatedProcedure, ...]:
    """What a unit does; nothing where it takes no cases. ``merged``: since the mergers of departments in 2025."""
    if tier is Tier.COMMUNE:
        own = COMMUNE_MERGED if merged else COMMUNE
        return own if districts else own + DISTRICT
    if tier is Tier.DISTRICT:
        return DISTRICT
    if work_of(code, merged=merged) == 0:
        return ()
    return (OWN_MERGED.get(code) if merged else None) or OWN.get(code, GENERAL)


def all_codes() -> tuple[str, ...]:
    """Every procedure's code, in a fixed order; the first is "none named"."""
    lists = (COMMUNE_MERGED, DISTRICT, GENERAL, *OWN.values(), *OWN_MERGED.values())
    return ("", *sorted({procedure.code for made in lists for procedure in made}))
