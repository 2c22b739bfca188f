"""What a file of the data API says of itself, from the answer that it is."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from dashboards.access.asker import ROLE_WORDS, asking
from dashboards.api.forms.asked_form import AskedForm
from dashboards.forms.form import FileForm
from dashboards.forms.head import SIMULATED, FileHead, head, moment_words

UTC_WORDS, LOCAL_WORDS = "Thời điểm trong bảng là giờ UTC.", "Thời điểm trong bảng là giờ Việt Nam."
_MOST = 20  # sources that are named


def head_of(what: str, address: str, as_of: datetime, told: Mapping[str, Any], asked: AskedForm) -> FileHead:
    asker = asking()
    notes = _notes(told, asked)
    known = {
        f"{one['source']} ({one['topic']})": datetime.fromisoformat(one["received_at"])
        for one in told.get("sources", ())
        if not one["imported"] and one["received_at"] is not None
    }
    slowest = sorted(known, key=lambda name: known[name])[:_MOST]
    return head(
        what,
        address,
        as_of,
        min(known.values(), default=None),  # what the slowest of its sources has told
        "; ".join(f"{name} {moment_words(known[name])}" for name in slowest),
        _days(told.get("days")),
        "; ".join(f"{name}={value}" for name, value in (*_opened(told), *asked.parameters)),
        f"{asker.name or asker.id} ({ROLE_WORDS[asker.role]})",
        notes,
    )


def _notes(told: Mapping[str, Any], asked: AskedForm) -> Iterator[str]:
    if "opened_at" in told:
        opened = moment_words(datetime.fromisoformat(told["opened_at"]))
        yield f"Số {told['amount']} mở lúc {opened}: {told['kept']} dòng trong {told['counted']}, mỗi dòng như nay."
    if told.get("simulated"):
        yield SIMULATED
    yield LOCAL_WORDS if asked.form is FileForm.XLSX else UTC_WORDS


def _opened(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of a number that was opened: which, and by which filters."""
    if "opened_at" in told:
        yield "counter", f"{told['domain']}/{told['counter']}"
        yield from told["asked"].items()


def _days(days: Mapping[str, Any] | None) -> str:
    first, last = (days or {}).get("first"), (days or {}).get("last")
    if first is None and last is None:
        return "mọi ngày"
    return f"{first or '…'} đến {last or '…'}"
