"""What a person who filled in a file has to do about a rule that a row of it broke, in Vietnamese."""

from collections.abc import Mapping

from streams.intake.rows import Rejection

SAYS_WHAT: Mapping[str, str] = {
    "missing": "Ô này không được để trống.",
    "date_format": "Ghi ngày dạng ngày/tháng/năm, ví dụ 31/12/2026.",
    "date_out_of_range": "Ô định dạng ngày nhưng số trong ô không phải ngày nào; ghi lại, ví dụ 31/12/2026.",
    "day_without_time": "Chỉ ghi ngày, không ghi giờ, ví dụ 31/12/2026.",
    "before_earliest": "Ngày quá xa trong quá khứ; kiểm tra lại năm.",
    "before_acceptance": "Ngày xong trước ngày bắt đầu; kiểm tra lại cả hai ngày.",
    "disagrees_with_dates": "Ghi đúng hạn hay trễ hạn khác với ngày hẹn và ngày xong; kiểm tra lại ba ô.",
    "too_far_ahead": "Ngày ở tương lai; ghi ngày đã xảy ra.",
    "whole_number": "Ghi số nguyên, không phần lẻ, không chữ, không dấu %, ví dụ 120.",
    "number": "Ghi một số, ví dụ 12,5.",
    "out_of_range": "Số nằm ngoài khoảng cho phép của cột này.",
    "greater_than_equal": "Số nhỏ hơn mức cho phép của cột này.",
    "less_than_equal": "Số lớn hơn mức cho phép của cột này.",
    "yes_or_no": "Ghi Có hoặc Không.",
    "not_in_list": "Chọn một mục trong danh sách của cột này.",
    "not_known": "Ghi mã hoặc tên có trong danh mục.",
    "enum": "Chọn một mục trong danh sách của cột này.",
    "literal_error": "Chọn một mục trong danh sách của cột này.",
    "string_too_long": "Ghi ngắn lại.",
    "string_too_short": "Ô này không được để trống.",
    "no_source_name": "Gọi nguồn bằng URI bắt đầu bằng chữ, ví dụ urn:dongnai:mot-cua.",
    "string_pattern_mismatch": "Bỏ ký tự lạ, dấu xuống dòng; mã không có khoảng trắng.",
    "encoding": "Chữ trong tệp bị hỏng; lưu lại tệp với mã UTF-8.",
    "cell_error": "Ô đang báo lỗi của bảng tính (như #N/A, #REF!); ghi lại giá trị đúng.",
    "formula_not_computed": "Công thức chưa được tính; mở tệp bằng Excel, lưu lại, rồi gửi lại.",
    "cell_too_long": "Ô quá dài; ghi ngắn lại.",
    "scientific_notation": "Mã đã bị Excel đổi thành số (1,23E+17); định dạng ô là Text rồi gõ lại cả mã.",
    "merged_cells": "Bỏ gộp ô, rồi ghi giá trị vào từng dòng.",
    "more_than_records": "Không được lớn hơn tổng số bản ghi.",
    "more_than_invited": "Không được lớn hơn số được mời.",
    "more_than_staff": "Không được lớn hơn tổng số cán bộ.",
    "says_otherwise_than_an_earlier_row": "Dòng trước nói khác về cùng việc, cùng ngày; giữ một dòng, hoặc ghi Lần 2.",
    "hangs_on_a_rejected_row": "Đã nhận nhưng chưa tính cho ai: dòng giao việc bị từ chối; sửa dòng đó, gửi lại.",
    "transitions_not_mapped": "Ghi cột này vào columns.transition của ánh xạ; nếu không, bắt đầu và xong là hai bước.",
    "says_nothing": "Dòng này chưa nói gì; điền các cột còn trống hoặc xóa dòng.",
    "column_count": "Số cột của dòng khác với dòng tiêu đề.",
    "xlsx_broken": "Tệp hỏng từ đây; mở bằng Excel, lưu lại, rồi gửi lại.",
    "gzip_broken": "Tệp nén bị đứt; gửi lại cả tệp.",
    "too_large": "Dòng này quá dài; ghi ngắn lại.",
}


def of(one: Rejection) -> str:
    """A sentence that says what to type or to do; ``""`` where the rule is of no file that people fill in."""
    return SAYS_WHAT.get(one.rule, "Sửa lại theo hướng dẫn của cột này." if one.column else "")
