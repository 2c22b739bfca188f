"""A mapping of a table says, in TOML, which events a row is and which column holds what. Its reference is
``docs/import.md``. Only columns that it names are read."""

import tomllib
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from schemas.contracts import CONTRACTS
from schemas.source_name import Source
from schemas.topics import BY_CONTRACT, CASES_HISTORY, Topic
from streams import toml_text
from streams.intake.errors import IntakeError
from streams.intake.mapping import FileSettings, not_usable
from streams.intake.mapping_words import by_word
from streams.intake.tables import subjects
from streams.intake.tables.fields import SAYABLE, fields_of

Heading = Annotated[str, Field(min_length=1, max_length=200)]
Constant = bool | int | Annotated[str, Field(max_length=200)]


def _comparable(value: Any) -> Any:
    """Words are compared without case and blanks."""
    if not isinstance(value, dict):
        return value
    found, faults = dict(value), []
    for field, words in value.items():
        try:
            found[field] = by_word(words.items()) if isinstance(words, dict) else words
        except ValueError as exc:
            faults.append(f"{field}: {exc}")
    if faults:
        raise ValueError("; ".join(faults))
    return found


def _words(value: Any) -> Any:
    return (
        {heading: [value] if isinstance(value, str) else value for heading, value in value.items()}
        if isinstance(value, dict)
        else value
    )


def _sayable(name: str) -> str:
    if name not in SAYABLE:
        raise ValueError("not an event type that a row can be")
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableFile(FileSettings):
    format: Literal["csv", "xlsx"]
    thousands: Literal["", ".", ",", " "] = ""  # what stands between groups of three digits in a text


class Statement(_Part):
    """One event of a row. ``columns`` and ``constants`` are by the contract's field; a constant stands where the column
    is not named or its cell empty."""

    type: Annotated[str, AfterValidator(_sayable)]
    time: Heading
    subject: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    id: Heading | None = None  # the source's own id of this event, if the table has one
    revision: Heading | None = None  # 1, 2, 3 …: a later statement of the same thing and time counts
    optional: bool = False  # no event where the cell of its time is empty
    filled: tuple[Heading, ...] = ()  # no event unless these cells have something
    only: Annotated[dict[Heading, tuple[str, ...]], BeforeValidator(_words)] = {}  # … and unless these have such words
    columns: dict[str, Heading] = {}
    constants: dict[str, Constant] = {}
    words: Annotated[dict[str, dict[str, Constant]], BeforeValidator(_comparable)] = {}
    closed: tuple[str, ...] = ()  # fields that may have no other words than those

    @model_validator(mode="after")
    def agrees(self) -> Self:
        fields = fields_of(self.type)
        for part in (self.columns, self.constants, self.words, self.closed):
            unknown = sorted(set(part) - set(fields))
            if unknown:
                raise ValueError(f"{self.type} has no field {', '.join(unknown)}; it has {', '.join(fields)}")
        missing = [f.name for f in fields.values() if f.required and f.name not in {**self.columns, **self.constants}]
        if missing:
            raise ValueError(f"{self.type} needs {', '.join(missing)}, by a column or a constant")
        if (self.subject is None) == (self.type not in subjects.RULES):
            fixed = subjects.RULES.get(self.type)
            raise ValueError(f"the subject of {self.type} is always {fixed}" if fixed else "subject is missing")
        if self.subject is not None and not subjects.names(self.subject):
            raise ValueError("the subject names no field and no column, so that all rows would speak of one thing")
        return self

    @property
    def pattern(self) -> str:
        return self.subject or subjects.RULES[self.type]

    @property
    def headings(self) -> tuple[str, ...]:
        """Of every column that this needs."""
        known = {*fields_of(self.type), *subjects.TIMES}
        of_subject = (name for name in subjects.names(self.pattern) if name not in known)
        own = (one for one in (self.id, self.revision) if one is not None)
        return (self.time, *own, *self.filled, *self.only, *self.columns.values(), *of_subject)


class TableMapping(_Part):
    file: TableFile
    source: Source
    event: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def one_topic(self) -> Self:
        if len({contract_of(statement.type) for statement in self.event}) > 1:
            raise ValueError("the events of one file belong to one topic")
        return self

    @property
    def topic(self) -> Topic:
        """Where its events go."""
        contract = contract_of(self.event[0].type)
        return CASES_HISTORY if contract == "cases" else BY_CONTRACT[contract]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(heading for statement in self.event for heading in statement.headings))


def contract_of(type_: str) -> str:
    """The name of the contract that has this event type."""
    return next(name for name, contract in CONTRACTS.items() if type_ in contract.types)


def is_table(document: dict[str, Any]) -> bool:
    """Whether a TOML document is a table's mapping rather than a case log's."""
    return isinstance(document.get("event"), list)


def parse(text: str, name: str) -> TableMapping:
    """The mapping in a TOML text; ``name`` is for the error, which lists every fault with its place."""
    try:
        return TableMapping.model_validate(toml_text.loads(text))
    except tomllib.TOMLDecodeError as exc:
        raise IntakeError(f"the mapping {name} is not TOML: {exc}") from exc
    except ValidationError as exc:
        raise IntakeError(not_usable(exc, f"the mapping {name}")) from exc
