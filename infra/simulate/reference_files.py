"""The reference data of a demo's home: the packaged one, and names for the simulated procedures, so that services whose
codes no public source gives have cases too. Simulated codes stand in the demo's home alone.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from infra.simulate.calendar import reference
from infra.simulate.procedures import all_codes
from schemas.reference.rows import Confidence, ReferenceService

OWN = "procedures_mo_phong.csv"
SERVICES = "essential_services.csv"
SIMULATED = "MP."
NOTE = "simulated: no such code exists"
FROM = "2022-01-06"
# Of what is no essential service; plausible titles of the simulation.
NAMES = {
    "MP.51": "Chứng thực bản sao, chữ ký",
    "MP.52": "Trợ giúp xã hội hằng tháng",
    "MP.61": "Đăng ký đất đai lần đầu",
    "MP.62": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "MP.71": "Cấp giấy phép chuyên ngành",
    "MP.72": "Thẩm định hồ sơ chuyên ngành",
    "MP.73": "Phê duyệt phương án chuyên ngành",
    "MP.74": "Cấp phù hiệu xe ô tô kinh doanh vận tải",
    "MP.75": "Cấp giấy phép lao động",
    "MP.76": "Đăng ký hành nghề công chứng",
    "MP.77": "Cấp giấy chứng nhận quyền sử dụng đất",
    "MP.78": "Cấp giấy phép môi trường",
}


def services() -> tuple[ReferenceService, ...]:
    """As packaged, but that a service whose code is not known has its simulated one. Those without a name stay so."""
    made = []
    for placed in reference().services:
        row, code = placed.row, code_of(placed.row.number)
        if row.confidence is not Confidence.NOT_FOUND and not row.codes and code in all_codes():
            row = row.model_copy(update={"procedure_codes": code, "note": NOTE})
        made.append(row)
    return tuple(made)


def code_of(number: int) -> str:
    return f"{SIMULATED}{number:02d}"


def procedure_names() -> Mapping[str, str]:
    """Of every simulated code."""
    named = {code_of(service.number): service.name for service in services()}
    return {code: NAMES.get(code) or named[code] for code in all_codes() if code.startswith(SIMULATED)}


def write_reference(folder: Path) -> None:
    """Into the home's own folder, where it has no such files yet: an operator's stay."""
    folder.mkdir(exist_ok=True)
    procedures = [
        {"code": code, "name": name, "valid_from": FROM, "confidence": "inferred", "note": NOTE}
        for code, name in procedure_names().items()
    ]
    columns = [name for name in ReferenceService.model_fields if name not in ("valid_from", "valid_to")]
    rows = [service.model_dump(mode="json") for service in services()]
    _write(folder / OWN, ("code", "name", "valid_from", "confidence", "note"), procedures)
    _write(folder / SERVICES, (*columns, "valid_from", "valid_to"), rows)


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    if path.exists():
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in row.items()} for row in rows)
    path.write_text(text.getvalue(), "utf-8")
