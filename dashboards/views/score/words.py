"""What the score's pages have in common: points, heads, chips."""

from datetime import datetime

from dash import html

from dashboards.periods import Period
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.unit_keys import said
from dashboards.views.score import VIEW
from dashboards.views.score.asked import LABELS, PERIODS, ScoreAddress
from dashboards.views.score.reader import ScoredUnit
from dashboards.words import NB, closed, decimal, unit
from schemas.rules.decision_766 import Group, Reading, band

TITLE = VIEW.title
SHORT = {  # of components, for a column
    "PUBLISH_ON_TIME": "Công bố đúng hạn",
    "PUBLIC_UPDATE_ON_TIME": "Công khai đúng hạn",
    "PUBLIC_CONTENT_FULL": "Công khai đủ nội dung",
    "DOSSIER_SYNC": "Đồng bộ hồ sơ",
    "PROGRESS": "Giải quyết đúng hạn",
    "ONLINE_SERVICES": "TTHC trực tuyến",
    "ONLINE_SERVICES_USED": "Dịch vụ có hồ sơ",
    "ONLINE_DOSSIERS": "Hồ sơ trực tuyến",
    "PAYMENT_SERVICES": "TTHC tích hợp thanh toán",
    "PAYMENT_SERVICES_USED": "TTHC có giao dịch",
    "ONLINE_PAYMENT": "Thanh toán trực tuyến",
    "ORIGINAL_RESULT_AVAILABLE": "Kết quả điện tử",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "Số hóa hồ sơ",
    "REUSED_DIGITIZED_DATA": "Tái sử dụng giấy tờ",
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "Kho dữ liệu cá nhân",
    "CITIZEN_DATA_CONNECTED_FORMALITY": "TTHC dùng dân cư",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "Hồ sơ dùng dân cư",
    "ELECTRONIC_CERTIFIED_COPY": "Bản sao điện tử",
    "PETITION_PROCESSING_ON_TIME": "Phản ánh đúng hạn",
    "PETITION_HANDLING_SATISFACTION": "Hài lòng phản ánh",
    "DOSSIER_RECEIVING_SATISFACTION": "Hài lòng hồ sơ",
}

GROUPS = {
    Group.TRANSPARENCY: "Công khai",
    Group.PROGRESS: "Tiến độ",
    Group.ONLINE: "Trực tuyến",
    Group.PAYMENT: "Thanh toán",
    Group.DIGITISATION: "Số hóa",
    Group.SATISFACTION: "Hài lòng",
}


def points(value: float) -> str:
    """9,74: two decimals, as the portal shows them."""
    return decimal(value, 2)


def maximum(value: float) -> str:
    return decimal(value, 0)


def total(one: ScoredUnit) -> str:
    """58,21/82 điểm."""
    return f"{points(one.score.total)}/{maximum(one.score.possible)}{NB}điểm"


def standing(one: ScoredUnit) -> str:
    """Band and rank, as far as they can be said."""
    missing = 100 - one.score.possible
    said = (
        f"xếp loại {band(one.score.total).lower()}"
        if not missing
        else f"còn {maximum(missing)}{NB}điểm chưa có số liệu, chưa xếp loại"
    )
    return said if one.rank is None else f"{said}; hạng {one.rank}/{one.ranked} cùng cấp"


def whose(asked: ScoreAddress) -> str:
    return "toàn tỉnh" if asked.view.unit is None else unit(asked.view.unit)


def name(one: ScoredUnit) -> str:
    """Of a former unit, whose key is another's now, as it was called, with its last day."""
    return unit(one.unit or "") if one.until is None else said(one.name or "", one.until)


def signed(change: float) -> str:
    return f"+{points(change)}" if round(change, 2) > 0 else points(change)


def changed(change: float | None) -> Component:
    """Points more or less than in the period before."""
    if change is None:
        return html.Span("không biết", className="c quiet")
    if not round(change, 2):
        return html.Span("0,00", className="c n")
    shape = icon("up" if change > 0 else "down")
    return html.Span([shape, signed(change)], className="c n")


def head(words: str, sub: str, asked: ScoreAddress, path: str, *buttons: Component) -> Component:
    fresh = html.A("Cập nhật", href=asked.address(path), className="btn")
    return html.Div([html.H2(words, className="big v"), html.P(sub, className="sub"), *buttons, fresh], className="hd")


def sub(asked: ScoreAddress, period: Period, as_of: datetime) -> str:
    reading = LABELS[asked.reading].replace("Như", "như")
    return f"{whose(asked)}, {period_words(period)}, {reading}; {closed(as_of)}; trọng số chưa kiểm chứng"


def chips(asked: ScoreAddress, path: str) -> Component:
    """Periods and readings."""
    readings = [
        html.A(
            LABELS[reading],
            href=ScoreAddress(asked.view, reading).address(path),
            className="chip on" if reading is asked.reading else "chip",
        )
        for reading in Reading
    ]
    periods = period_chips(asked.view.period, lambda name: asked.of_period(name).address(path), PERIODS)
    return html.Div([html.Div(periods, className="fl"), html.Div(readings, className="fl")], className="fl two")


def back(asked: ScoreAddress) -> tuple[str, str]:
    return (TITLE, ScoreAddress(asked.view._replace(unit=None), asked.reading).address(VIEW.tablet))
