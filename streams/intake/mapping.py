"""A mapping says, in TOML, how the columns of an event log become events. Its reference is ``docs/import.md``.

Only columns that a mapping names are read: what might identify a person is left behind by not naming it.
"""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from schemas.cases import Channel, Status
from schemas.envelope import Key
from schemas.model_faults import faults_in, sentence
from schemas.source_name import Source
from schemas.state import END_KINDS
from streams import toml_text
from streams.intake import moments
from streams.intake.errors import IntakeError
from streams.intake.headers import same
from streams.intake.lifecycle import Take
from streams.intake.mapping_words import by_word

# What a row may mean beside being a step. The others carry data that a log's row does not have.
Meaning = Literal[
    "submitted",
    "accepted",
    "refused",
    "supplement_requested",
    "supplement_received",
    "extended",
    "suspended",
    "resumed",
    "stopped",
    "finished",
    "returned",
    "withdrawn",
]

End = Literal["finished", "returned", "stopped", "refused", "withdrawn"]
Verdict = Literal["on_time", "late"]
VERDICTS: dict[str, Verdict] = {
    **dict.fromkeys(("đúng hạn", "trước hạn", "sớm hạn", "trong hạn"), "on_time"),
    **dict.fromkeys(("trễ hạn", "quá hạn", "chậm hạn"), "late"),
}


def _comparable(value: object) -> object:
    return by_word(value.items()) if isinstance(value, dict) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise ValueError(f"no such time zone: {name}") from exc
    return name


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError as exc:
        raise ValueError(f"no such encoding: {name}") from exc
    return name


def _date_format(name: str) -> str:
    if name != moments.ISO:
        moments.compile_pattern(name)
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSettings(_Part):
    """How the file is written."""

    format: Literal["csv", "xes", "xlsx"]
    sheet: str | None = None  # of a workbook; the first that is shown if none is named
    encoding: Annotated[str, AfterValidator(_encoding)] = "utf-8-sig"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    dates: Annotated[tuple[Annotated[str, AfterValidator(_date_format)], ...], Field(min_length=1)] = (moments.ISO,)
    zone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    empty: tuple[str, ...] = ()  # what the log writes where it has nothing, e.g. "-"
    empty_words: bool = True  # so are nan, NaT, NULL, None, N/A, and days that stand for none such as 1900-01-01
    transitions: Take = "pair"  # which lifecycle transitions are steps
    whole_days: bool = False  # it holds everything of each day that it has something of: digests are sent

    @property
    def moments(self) -> tuple[str, ...]:
        """The formats of dates in the texts that readers hand on: a workbook's own dates arrive as ISO."""
        return (*self.dates, moments.ISO) if self.format == "xlsx" else self.dates


class CaseSettings(_Part):
    """How case names become case codes, which have no spaces and are unique over all sources."""

    prefix: Annotated[str, Field(max_length=32, pattern=r"^[!-~]*$")] = ""
    spaces: Annotated[str, Field(max_length=1, pattern=r"^[!-~]*$")] = ""  # what stands for a space; "": refused


class Columns(_Part):
    """Names of columns (CSV, XLSX) or attributes (XES, those of the trace with ``case:`` before them).

    Of the step: ``case step time id step_unit status new_due transition instance``. Repeated on every row of a
    case: ``unit channel procedure submitted start due end verdict``. Without step and time a row is a whole
    case, as ledgers have it.
    """

    case: str
    step: str | None = None
    time: str | None = None
    id: str | None = None
    step_unit: str | None = None
    status: str | None = None
    new_due: str | None = None
    transition: str | None = None
    instance: str | None = None
    unit: str | None = None
    channel: str | None = None
    procedure: str | None = None
    submitted: str | None = None
    start: str | None = None
    due: str | None = None
    end: str | None = None
    verdict: str | None = None


class Constants(_Part):
    """What holds for every row, or where the row's own column is empty."""

    source: Source
    unit: Key | None = None
    procedure: Key | None = None
    channel: Channel = Channel.OTHER
    end: End = "finished"


class Mapping(_Part):
    file: FileSettings
    columns: Columns
    constants: Constants
    case: CaseSettings = CaseSettings()
    events: Annotated[dict[str, Meaning], BeforeValidator(_comparable)] = {}
    channels: Annotated[dict[str, Channel], BeforeValidator(_comparable)] = {}
    units: Annotated[dict[str, Key], BeforeValidator(_comparable)] = {}
    statuses: Annotated[dict[str, Status], BeforeValidator(_comparable)] = {}
    ends: Annotated[dict[str, End], BeforeValidator(_comparable)] = {}  # how a case ended, by the word for its status
    verdicts: Annotated[dict[str, Verdict], BeforeValidator(_comparable)] = {}  # beside VERDICTS

    @model_validator(mode="after")
    def agrees(self) -> Self:
        columns = self.columns
        if (columns.step is None) != (columns.time is None):
            raise ValueError("columns.step and columns.time go together: name both, or neither where a row is a case")
        if columns.step is None and columns.start is None:
            raise ValueError("columns.start is missing: where a row is a case it has to say when it was accepted")
        if "extended" in self.events.values() and self.columns.new_due is None:
            raise ValueError("a step means extended, so columns.new_due must name the column of the new deadline")
        if self.columns.start is not None and "accepted" in self.events.values():
            raise ValueError("columns.start and a step that means accepted exclude each other: a case is accepted once")
        if self.file.format != "xes" and columns.transition is None and self.file.transitions in ("complete", "start"):
            raise ValueError("file.transitions takes one transition, so columns.transition must name their column")
        if self.columns.unit is None and self.columns.step_unit is None and self.constants.unit is None:
            raise ValueError("no unit: name columns.unit, columns.step_unit or constants.unit")
        return self

    @property
    def accepts_by_first_row(self) -> bool:
        """No column and no step says when a case was accepted, so its earliest row does."""
        return self.columns.start is None and "accepted" not in self.events.values()

    @property
    def once(self) -> frozenset[str]:
        """Types of which the file says one of a case: of a ledger, a row of which is a whole case, all that it says."""
        kinds = ("submitted", "accepted", *END_KINDS) if self.columns.step is None else ()
        return frozenset(f"case.{kind}.v1" for kind in kinds)

    def verdict_of(self, word: str) -> bool | None:
        """Whether the log's word says that a case was late (as "Trễ hạn 3 ngày" does); ``None`` if it is not known."""
        said = same(word)
        for known, verdict in {**VERDICTS, **self.verdicts}.items():
            if said.startswith(known):
                return verdict == "late"
        return None


def shipped() -> list[str]:
    """The names of the mappings that come with the product."""
    found = files("streams.intake").joinpath("mappings").iterdir()
    return sorted(item.name.removesuffix(".toml") for item in found if item.name.endswith(".toml"))


def load(name: str) -> Mapping:
    """The mapping of a case log at a path, or a shipped one by its name (``wabo``, ``wabo.toml``). A file wins."""
    return parse(text_of(name), name)


def text_of(name: str) -> str:
    """The TOML text of a mapping at a path, or of a shipped one."""
    path = Path(name)
    known = name.removesuffix(".toml")
    if path.is_file():
        try:
            return path.read_text("utf-8-sig")
        except OSError as exc:
            raise IntakeError(f"cannot read the mapping {name}: {exc.strerror}") from exc
        except UnicodeDecodeError as exc:
            raise IntakeError(f"the mapping {name} is not in UTF-8") from exc
    if known in shipped():
        return files("streams.intake").joinpath("mappings", f"{known}.toml").read_text("utf-8")
    raise IntakeError(f"no mapping {name}: neither a file nor one of {', '.join(shipped())}")


def parse(text: str, name: str) -> Mapping:
    """The mapping in a TOML text; ``name`` is for the error, which lists every fault with its place."""
    try:
        return Mapping.model_validate(toml_text.loads(text))
    except tomllib.TOMLDecodeError as exc:
        raise IntakeError(f"the mapping {name} is not TOML: {exc}") from exc
    except ValidationError as exc:
        raise IntakeError(not_usable(exc, f"the mapping {name}")) from exc


def not_usable(exc: ValidationError, what: str) -> str:
    """``what`` is a mapping or another file of settings: every fault, with its place."""
    return sentence(f"{what} is not usable", faults_in(exc, "as a whole"))
