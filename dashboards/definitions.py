"""What every counter means, in the words of the page "Chỉ tiêu"; a test holds that none is left out."""

from collections.abc import Mapping

from schemas.case_counters import CASE_COUNTERS

ND61 = "Nghị định 61/2018/NĐ-CP"
QD766 = "Quyết định 766/QĐ-TTg"

# By domain ("case" is that of cases) and counter.
DEFINITIONS: Mapping[str, Mapping[str, str]] = {
    "case": {counter.name: counter.definition for counter in CASE_COUNTERS},
    "lookup": {
        "lookups": "Lượt tra cứu CSDLQG về dân cư.",
        "without_case": "Lượt tra cứu không gắn với hồ sơ nào.",
        "not_found": "Lượt tra cứu không tìm thấy người.",
        "mismatch": "Lượt tra cứu mà thông tin trả về không khớp.",
        "errors": "Lượt tra cứu bị lỗi.",
        "automatic": "Lượt tra cứu do phần mềm tự chạy.",
        "latency_total": "Tổng độ trễ; chia cho số lượt có đo là trung bình.",
        "timed": "Lượt tra cứu có đo độ trễ.",
    },
    "connection": {
        "cuts": "Lần kết nối CSDLQG về dân cư bị ngắt.",
        "restorations": "Lần kết nối được nối lại.",
        "down": "Kết nối đang bị ngắt tại lúc hỏi.",
    },
    "limit": {
        "changes": "Lần tỉnh đặt hoặc đổi ngưỡng tra cứu.",
        "set": "Ngưỡng đang có hiệu lực; do tỉnh tự đặt.",
    },
    "dataset": {
        "records": "Bản ghi mà đơn vị phải có, theo lần đo gần nhất.",
        "digitised": "Bản ghi đã số hóa.",
        "valid": "Bản ghi đúng: hợp lệ.",
        "complete": "Bản ghi đủ: không thiếu thông tin.",
        "clean": "Bản ghi sạch: không trùng, không mâu thuẫn.",
        "fresh": "Bản ghi sống: được cập nhật kịp thời.",
        "shared": "Bản ghi của các bộ dữ liệu đã chia sẻ.",
        "measurements": "Lượt đo dữ liệu.",
    },
    "campaign": {
        "planned": "Chiến dịch làm sạch dữ liệu, tính theo ngày lập kế hoạch.",
        "ended": "Chiến dịch đã kết thúc.",
        "running": "Chiến dịch đã lập và chưa kết thúc.",
        "overdue": "Chiến dịch đang chạy và đã quá hạn.",
    },
    "task": {
        "assigned": "Nhiệm vụ, mô hình được giao, tính theo ngày giao.",
        "done": "Nhiệm vụ hoàn thành.",
        "done_on_time": "Nhiệm vụ hoàn thành trước hoặc đúng hạn.",
        "done_late": "Nhiệm vụ hoàn thành sau hạn.",
        "extensions": "Lượt gia hạn nhiệm vụ.",
        "reports": "Lượt báo cáo tiến độ.",
        "cancelled": "Nhiệm vụ được bỏ.",
        "open": "Nhiệm vụ đang thực hiện.",
        "blocked": "Nhiệm vụ đang chờ đơn vị khác.",
        "overdue": "Nhiệm vụ đang thực hiện và đã quá hạn.",
        "due_soon": "Nhiệm vụ đến hạn trong bảy ngày tới.",
    },
    "directive": {
        "issued": "Chỉ đạo đã giao, tính theo ngày giao; giao cho mấy đơn vị là mấy chỉ đạo.",
        "done": "Chỉ đạo mà đơn vị báo xong, tính theo ngày báo.",
        "done_on_time": "Báo xong trước hoặc đúng hạn, kể cả hạn đã cho lùi.",
        "done_late": "Báo xong sau hạn.",
        "verified": "Báo xong và người chỉ đạo đã kiểm.",
        "extensions": "Lượt cho lùi hạn.",
        "open": "Chỉ đạo chưa kiểm và chưa đóng.",
        "unanswered": "Chỉ đạo mà đơn vị chưa nhận.",
        "waiting": "Đơn vị xin lùi hạn, nói không làm được hoặc báo xong: chờ người chỉ đạo.",
        "overdue": "Chỉ đạo chưa báo xong và đã quá hạn.",
    },
    "hold": {
        "ordered": "Lệnh giữ đã ra, tính theo ngày ra lệnh.",
        "accepted": "Lệnh giữ mà máy nhận báo đã làm.",
        "refused": "Lệnh giữ mà máy nhận không làm.",
        "unanswered": "Lệnh giữ đã hết hạn mà không có trả lời của máy nhận.",
        "lifted": "Lệnh giữ do người kết thúc trước hạn.",
        "standing": "Lệnh giữ đã ra và chưa biết là đã hết.",
    },
    "system": {
        "looks": "Lượt kiểm tra hệ thống.",
        "unreachable": "Lượt kiểm tra không kết nối được.",
        "requests": "Yêu cầu mà hệ thống đã phục vụ.",
        "errors": "Yêu cầu bị lỗi.",
        "latency_total": "Tổng độ trễ; chia cho số lượt có đo là trung bình.",
        "timed": "Lượt kiểm tra có đo độ trễ.",
        "slow": "Lượt kiểm tra mất từ một giây trở lên.",
        "full": "Lượt kiểm tra thấy tài nguyên dùng từ 90 %.",
        "unreadable": "Lượt kiểm tra có hỏi mà không đọc được số của hệ thống.",
    },
    "certificate": {
        "seen": "Chứng thư, tính theo ngày thấy lần đầu.",
        "held": "Chứng thư đang dùng.",
        "expired": "Chứng thư đang dùng đã hết hạn.",
        "expiring": "Chứng thư hết hạn trong bảy ngày tới.",
    },
    "backup": {
        "made": "Lượt sao lưu thành công.",
        "failed": "Lượt sao lưu lỗi.",
    },
    "milestone": {
        "planned": "Mốc nâng cấp, tính theo ngày lập kế hoạch.",
        "reached": "Mốc đã đạt.",
        "open": "Mốc chưa đạt.",
        "overdue": "Mốc chưa đạt và đã quá hạn.",
    },
    "portal": {
        "figures": "Số liệu Cổng DVCQG công bố: mỗi đơn vị, thành phần, kỳ là một.",
        "numerator": "Tử số của Cổng, theo kỳ và thành phần.",
        "denominator": "Mẫu số của Cổng, theo kỳ và thành phần.",
        "score_milli": "Điểm của Cổng, tính bằng phần nghìn điểm.",
    },
    "petition": {
        "received": "Phản ánh, kiến nghị nhận được.",
        "answered": "Phản ánh, kiến nghị đã trả lời.",
        "answered_on_time": "Trả lời trước hoặc đúng hạn.",
        "answered_late": "Trả lời sau hạn.",
        "disliked": "Đã trả lời, lượt không thích nhiều hơn lượt thích.",
        "open": "Đã nhận, chưa trả lời.",
        "overdue": "Chưa trả lời và đã quá hạn.",
    },
    "activity": {
        "held": "Hoạt động truyền thông.",
        "reached": "Lượt người được tiếp cận.",
    },
    "training": {
        "held": "Lớp tập huấn đã mở.",
        "attended": "Lượt người tham dự.",
        "invited": "Lượt người được mời.",
    },
    "staffing": {
        "staff": "Cán bộ, theo báo cáo gần nhất.",
        "trained": "Cán bộ đã tập huấn.",
        "it_staff": "Cán bộ chuyên trách công nghệ thông tin.",
    },
    "source": {
        "sources": "Nguồn dữ liệu, tính theo từng chủ đề đã gửi.",
        "feeds": "Nguồn có nhịp gửi; không kể nhập từ tệp.",
        "silent": "Nguồn quá nhịp hoặc quá ngưỡng im lặng.",
        "events": "Bản ghi đã nhận, từ trước đến nay.",
        "duplicates": "Bản ghi gửi lại, không tính thêm.",
        "rejected": "Bản ghi bị từ chối, tính theo ngày đến.",
        "lost": "Bản ghi nguồn nói đã gửi mà không có, trong 7 ngày.",
    },
    "service": {
        "received": "Hồ sơ của dịch vụ được tiếp nhận.",
        "online": "Trong đó nộp trực tuyến.",
        "not_offered": "Không trực tuyến vì danh mục không cung cấp.",
        "offer_unknown": "Không trực tuyến; danh mục không nói có cung cấp hay không.",
        "not_used": "Không trực tuyến dù danh mục có cung cấp.",
        "tried": "Đã nộp trực tuyến, kể cả bị từ chối tiếp nhận.",
        "refused": "Trong số đã nộp trực tuyến: bị từ chối hoặc yêu cầu bổ sung.",
        "sync": "Trực tuyến mà Cổng DVCQG chưa có.",
        "portal": "Hồ sơ tiếp nhận mà Cổng DVCQG có.",
        "portal_online": "Trong đó nộp trực tuyến.",
    },
}

# Where a counter's rule comes from; (article, whether it was read in an official text).
ARTICLES: Mapping[str, tuple[str, bool]] = {
    "on_time_61": (f"{ND61}, Điều 19(4)", True),
    "late_61": (f"{ND61}, Điều 19(4)", True),
    "overdue_61": (f"{ND61}, Điều 19(4)", True),
    "repeated_supplements": (f"{ND61}, Điều 17(1)a", True),
    "second_extensions": (f"{ND61}, Điều 19(9)", True),
    "extensions_without_letter": (f"{ND61}, Điều 19(9)", True),
    "refused_without_reason": (f"{ND61}, Điều 17(1)b", True),
    "late_requests": (f"{ND61}, Điều 19(4)", True),
    "accepted_late": ("thực tiễn, 8 giờ làm việc", False),
    "on_time_766": (QD766, False),
    "late_766": (QD766, False),
    "overdue_766": (QD766, False),
    "unreturned": ("cách tính của trung tâm", False),
    "late_real": ("cách tính của trung tâm", False),
    "late_waiting": ("cách tính của trung tâm", False),
    "late_sync": ("cách tính của trung tâm", False),
}
