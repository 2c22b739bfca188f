"""The template of ``ioc.datasets``: how far the data of a sector are, and its campaigns."""

from datetime import date

from streams.intake.tables.mapping import Statement
from streams.intake.templates.declared import (
    AGAIN,
    REPORTER,
    Sheet,
    Template,
    again,
    choice,
    count,
    day,
    number,
    text,
)

CODE = "Mã chiến dịch"
OF_CAMPAIGN = f"{{{REPORTER}}}/{{{CODE}}}"


DATASETS = Template(
    "du-lieu",
    "Báo cáo tiến độ dữ liệu chuyên ngành (đúng, đủ, sạch, sống)",
    (
        Sheet(
            "Tiến độ dữ liệu",
            "Mỗi dòng là một lĩnh vực, số liệu tính đến ngày báo cáo. Không số nào lớn hơn tổng số bản ghi.",
            (
                number(),
                day("Ngày báo cáo", "Số liệu tính đến ngày này.", date(2024, 1, 31)),
                choice("Lĩnh vực", "sectors", "Lĩnh vực của dữ liệu.", "ho-tich", width=20),
                count("Tổng số bản ghi", "Số bản ghi đơn vị phải có.", 12500),
                count("Đã số hóa", "Số bản ghi đã số hóa.", 11800),
                count("Đúng", "Số bản ghi đã kiểm tra là đúng.", 11200),
                count("Đủ", "Số bản ghi đủ thông tin.", 11000),
                count("Sạch", "Số bản ghi không trùng, không mâu thuẫn.", 10900),
                count("Sống", "Số bản ghi được cập nhật đúng hạn.", 10500),
                choice("Đã chia sẻ", "yes_no", "Đã chia sẻ về Trung tâm tích hợp dữ liệu.", "yes", width=12),
                again(),
            ),
            (
                Statement(
                    type="dataset.measured.v1",
                    time="Ngày báo cáo",
                    revision=AGAIN,
                    columns={
                        "unit": REPORTER,
                        "sector": "Lĩnh vực",
                        "records": "Tổng số bản ghi",
                        "digitised": "Đã số hóa",
                        "valid": "Đúng",
                        "complete": "Đủ",
                        "clean": "Sạch",
                        "fresh": "Sống",
                        "shared": "Đã chia sẻ",
                    },
                ),
            ),
        ),
        Sheet(
            "Chiến dịch",
            "Mỗi dòng là một chiến dịch làm sạch hoặc số hóa, ghi một lần khi có kế hoạch.",
            (
                number(),
                day("Ngày bắt đầu", "Ngày bắt đầu theo kế hoạch.", date(2024, 1, 15)),
                text(CODE, "Mã do đơn vị đặt, mỗi chiến dịch một mã.", "2024-01", required=True, most=40, width=16),
                text("Tên chiến dịch", "Tên chiến dịch.", "Làm sạch sổ hộ tịch", required=True),
                choice("Lĩnh vực", "sectors", "Lĩnh vực của dữ liệu.", "ho-tich", width=20),
                count("Số bản ghi kế hoạch", "Số bản ghi phải làm.", 5000),
                day("Hạn hoàn thành", "Hạn theo kế hoạch.", date(2024, 6, 30)),
                again(),
            ),
            (
                Statement(
                    type="campaign.planned.v1",
                    time="Ngày bắt đầu",
                    subject=OF_CAMPAIGN,
                    revision=AGAIN,
                    columns={
                        "unit": REPORTER,
                        "title": "Tên chiến dịch",
                        "sector": "Lĩnh vực",
                        "planned": "Số bản ghi kế hoạch",
                        "due_on": "Hạn hoàn thành",
                    },
                ),
            ),
        ),
        Sheet(
            "Tiến độ chiến dịch",
            "Mỗi dòng là tiến độ của một chiến dịch đến ngày báo cáo.",
            (
                number(),
                day("Ngày báo cáo", "Số liệu tính đến ngày này.", date(2024, 2, 15)),
                text(CODE, "Mã đã ghi ở trang Chiến dịch.", "2024-01", required=True, most=40, width=16),
                count("Đã thực hiện", "Số bản ghi đã làm từ khi bắt đầu.", 1800),
                choice("Đã kết thúc", "yes_no", "Chiến dịch đã kết thúc hay chưa.", "no", required=False, width=12),
                again(),
            ),
            (
                Statement(
                    type="campaign.progressed.v1",
                    time="Ngày báo cáo",
                    subject=OF_CAMPAIGN,
                    revision=AGAIN,
                    columns={"done": "Đã thực hiện"},
                ),
                Statement(
                    type="campaign.ended.v1",
                    time="Ngày báo cáo",
                    subject=OF_CAMPAIGN,
                    revision=AGAIN,
                    only={"Đã kết thúc": ("yes",)},
                ),
            ),
        ),
    ),
)
