"""What every file says of itself: source, moment, how far the sources reach, filter, and who asked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from schemas.province import ZONE

LINES = ("Nguồn", "Lúc", "Số liệu đến", "Từng nguồn", "Kỳ", "Bộ lọc", "Người hỏi", "Ghi chú")
SIMULATED = "Có thể có số liệu mô phỏng: không dùng như số chính thức."
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST = 40  # letters of one part of a name


class FileHead(NamedTuple):
    """``name``: the file's, without its ending; ``values``: one of each of :data:`LINES`."""

    name: str
    values: tuple[str, ...]

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        return list(zip(LINES, self.values, strict=True))


def head(
    what: str,
    address: str,
    as_of: datetime,
    reach: datetime | None,
    sources: str,
    days: str,
    filters: str,
    who: str,
    notes: Iterable[str],
) -> FileHead:
    """``what``: the table's word in the name; ``address``: where its rows are from; ``filters``: as they were asked."""
    name = "_".join(
        part
        for part in (
            "ioc",
            plain(what),
            f"{as_of.astimezone(ZONE):%Y%m%d-%H%M%S}",
            "" if reach is None else f"den-{reach.astimezone(ZONE):%Y%m%d-%H%M}",
            plain(filters),
            plain(who),
        )
        if part
    )
    values = (
        f"Trung tâm điều hành Đề án 06 tỉnh Đồng Nai, {address}",
        moment_words(as_of),
        "chưa có nguồn nào" if reach is None else moment_words(reach),
        sources,
        days,
        filters or "không",
        who,
        " ".join(notes),
    )
    return FileHead(name, values)


def moment_words(moment: datetime) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def plain(text: str) -> str:
    """For a file's name: letters of ASCII, figures and dots."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_IN_NAMES.sub("-", kept).strip("-.")[:_LONGEST].strip("-.")
