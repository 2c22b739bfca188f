"""Templates of ``ioc.outreach``: communications, training, staffing."""

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

ACTIVITY = Template(
    "truyen-thong",
    "Báo cáo hoạt động truyền thông Đề án 06",
    (
        Sheet(
            "Truyền thông",
            "Mỗi dòng là một hoạt động truyền thông.",
            (
                number(),
                day("Ngày", "Ngày tổ chức, đăng tải hoặc phát.", date(2024, 1, 31)),
                choice("Hình thức", "activity_kinds", "Hình thức truyền thông.", "meeting"),
                text("Nội dung", "Tên hoặc chủ đề của hoạt động.", "Hướng dẫn nộp hồ sơ trực tuyến", required=True),
                count("Số lượt người", "Số lượt người tiếp cận, theo ước tính của đơn vị.", 120, required=False),
                again(),
            ),
            (
                Statement(
                    type="activity.held.v1",
                    time="Ngày",
                    subject="tt/{unit}/{day}/{kind}/{#Nội dung}",
                    revision=AGAIN,
                    columns={"unit": REPORTER, "kind": "Hình thức", "title": "Nội dung", "reached": "Số lượt người"},
                ),
            ),
        ),
    ),
)
TRAINING = Template(
    "tap-huan",
    "Báo cáo tập huấn Đề án 06",
    (
        Sheet(
            "Tập huấn",
            "Mỗi dòng là một lớp tập huấn.",
            (
                number(),
                day("Ngày", "Ngày mở lớp.", date(2024, 1, 31)),
                text("Khóa tập huấn", "Tên khóa, như nhau ở mọi lớp của khóa.", "Kỹ năng số", required=True, most=80),
                count("Số được mời", "Số người được mời.", 40),
                count("Số tham dự", "Số người tham dự, không quá số được mời.", 37),
                again(),
            ),
            (
                Statement(
                    type="training.held.v1",
                    time="Ngày",
                    subject="th/{unit}/{day}/{#Khóa tập huấn}",
                    revision=AGAIN,
                    columns={
                        "unit": REPORTER,
                        "course": "Khóa tập huấn",
                        "invited": "Số được mời",
                        "attended": "Số tham dự",
                    },
                ),
            ),
        ),
    ),
)
STAFFING = Template(
    "nhan-luc",
    "Báo cáo nhân lực thực hiện Đề án 06",
    (
        Sheet(
            "Nhân lực",
            "Mỗi dòng là số liệu của đơn vị đến một ngày.",
            (
                number(),
                day("Ngày báo cáo", "Số liệu tính đến ngày này.", date(2024, 1, 31)),
                count("Tổng số cán bộ", "Cán bộ, công chức, viên chức của đơn vị.", 25),
                count("Đã tập huấn", "Trong đó đã tập huấn về Đề án 06.", 20),
                count("Chuyên trách CNTT", "Trong đó làm công nghệ thông tin.", 2),
                again(),
            ),
            (
                Statement(
                    type="staffing.reported.v1",
                    time="Ngày báo cáo",
                    revision=AGAIN,
                    columns={
                        "unit": REPORTER,
                        "staff": "Tổng số cán bộ",
                        "trained": "Đã tập huấn",
                        "it_staff": "Chuyên trách CNTT",
                    },
                ),
            ),
        ),
    ),
)
