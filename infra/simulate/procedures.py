"""The procedures of the simulated province: whose they are, how many, how long, and how much comes in online.

Codes are those of the reference data where it has them, else ``MP.nn`` (mô phỏng). The online shares of two begin with
what the committee's notice of 31/01/2024 says (domain.md 0): driving licences 0,68 %, unemployment benefit 2,96 %.
"""

from dataclasses import dataclass
from datetime import date

from schemas.province import day_number
from schemas.reference.rows import Tier

NOTICE = day_number(date(2024, 1, 31))
NEARLY_ALL = day_number(date(2025, 12, 1))  # online 97,4 % in 7–11/2025 (domain.md 8)


@dataclass(frozen=True, slots=True)
class Procedure:
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
    Procedure("1.001193", 10, 1, 0.45, 0.97, 0.1, 0.95),  # đăng ký khai sinh
    Procedure("1.000656", 4, 1, 0.35, 0.95, 0.1, 0.95),  # đăng ký khai tử
    Procedure("1.000894", 3, 1, 0.25, 0.92, 0.2, 0.95),  # đăng ký kết hôn
    Procedure("1.004222", 8, 7, 0.55, 0.97, 0.5, 0.95),  # đăng ký thường trú
    Procedure("1.004194", 9, 3, 0.60, 0.98, 0.5, 0.95),  # đăng ký tạm trú
    Procedure("1.002755", 2, 3, 0.55, 0.97, 0.5, 0.9),  # gia hạn tạm trú
    Procedure("2.001159", 4, 1, 0.80, 0.99, 0.0, 0.8),  # thông báo lưu trú
    Procedure("1.003677", 1, 1, 0.50, 0.95, 0.0, 0.8),  # khai báo tạm vắng
    Procedure("MP.16", 2, 4, 0.70, 0.99, 0.0, 0.95, "birth"),  # liên thông khai sinh – thường trú – thẻ BHYT
    Procedure("1.006714", 1, 5, 0.60, 0.99, 0.0, 0.95, "death"),  # liên thông khai tử – xóa thường trú – mai táng phí
    Procedure("MP.51", 12, 1, 0.20, 0.90, 0.8, 0.2),  # chứng thực
    Procedure("MP.52", 4, 10, 0.30, 0.93, 0.0, 0.7),  # bảo trợ xã hội
)
DISTRICT = (
    Procedure("1.001612", 6, 3, 0.55, 0.96, 0.9, 0.6),  # đăng ký hộ kinh doanh
    Procedure("MP.61", 5, 10, 0.25, 0.9, 0.8, 0.7),  # đất đai
    Procedure("MP.62", 2, 15, 0.30, 0.92, 0.6, 0.4),  # giấy phép xây dựng
)
GENERAL = (
    Procedure("MP.71", 5, 5, 0.90, 0.99, 0.4, 0.3),
    Procedure("MP.72", 4, 10, 0.92, 0.99, 0.5, 0.3),
    Procedure("MP.73", 2, 15, 0.90, 0.98, 0.5, 0.2),
)
OWN = {
    "so-giao-thong-van-tai": (Procedure("MP.18", 8, 5, 0.0068, 0.72, 1.0, 0.9), Procedure("MP.74", 2, 3, 0.7, 0.98)),
    "so-lao-dong-tbxh": (Procedure("1.001978", 8, 15, 0.0296, 0.85, 0.0, 0.9), Procedure("MP.75", 2, 7, 0.8, 0.98)),
    "so-tu-phap": (Procedure("2.000488", 8, 10, 0.75, 0.98, 0.95, 0.95), Procedure("MP.76", 1, 10, 0.8, 0.98)),
    "cong-an-tinh": (
        Procedure("1.001456", 6, 8, 0.85, 0.99, 0.95, 0.9),  # hộ chiếu
        Procedure("2.001195", 5, 7, 0.30, 0.9, 0.6, 0.95),  # cấp đổi căn cước
        Procedure("2.001194", 2, 7, 0.30, 0.9, 0.6, 0.95),  # cấp lại căn cước
        Procedure("2.001178", 1, 7, 0.40, 0.95, 0.0, 0.95),  # xác nhận số CMND
    ),
    "so-tai-nguyen-va-moi-truong": (
        Procedure("MP.77", 6, 15, 0.30, 0.93, 0.9, 0.7),
        Procedure("MP.78", 2, 30, 0.4, 0.9),
    ),
}
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


def of_unit(code: str, tier: Tier, districts: bool) -> tuple[Procedure, ...]:
    """What a unit does; nothing where it takes no cases."""
    if tier is Tier.COMMUNE:
        return COMMUNE if districts else COMMUNE + DISTRICT
    if tier is Tier.DISTRICT:
        return DISTRICT
    return () if OFFICES.get(code) == 0 else OWN.get(code, GENERAL)


def all_codes() -> tuple[str, ...]:
    """Every procedure's code, in a fixed order; the first is "none named"."""
    lists = (COMMUNE, DISTRICT, GENERAL, *OWN.values())
    return ("", *sorted({procedure.code for made in lists for procedure in made}))
