"""The forms that a table has, and what each is called."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class FileForm(StrEnum):
    """By the word of ``format=``, which is the ending of a file's name."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


MEDIA: Mapping[FileForm, str] = MappingProxyType(
    {
        FileForm.JSON: "application/json",
        FileForm.CSV: "text/csv",
        FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileForm.PARQUET: "application/vnd.apache.parquet",
    }
)
FILES = (FileForm.CSV, FileForm.XLSX, FileForm.PARQUET)


def preferred(accept: str) -> FileForm:
    """What an ``Accept`` likes best (RFC 9110, 12.5.1); JSON where it names none of ours, or likes it as much."""
    liked = dict.fromkeys(FileForm, 0.0)
    for one in accept.split(","):
        media, *parameters = (part.strip().lower() for part in one.split(";"))
        form = next((form for form in FileForm if MEDIA[form] == media), None)
        if form is not None:
            liked[form] = _quality(parameters)
    return max(FileForm, key=lambda form: liked[form])


def _quality(parameters: list[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return max(0.0, min(1.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
