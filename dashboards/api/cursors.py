"""Where a page begins, as an opaque word: the code that ended the page before, and the moment of the first page."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, NamedTuple, Protocol, TypeVar

import msgspec
from pydantic import TypeAdapter, ValidationError

from dashboards.api.problems import ApiRefused
from schemas.case_code import CaseCode
from schemas.domain import Subject
from schemas.province import as_datetime, moment

CASE: TypeAdapter[str] = TypeAdapter(CaseCode)
SUBJECT: TypeAdapter[str] = TypeAdapter(Subject)


class Paged(Protocol):
    """A question that is answered page by page."""

    @property
    def cursor(self) -> str | None: ...
    @property
    def limit(self) -> int: ...
    def model_dump_json(self, *, exclude: set[str]) -> str: ...


_APART = timedelta(minutes=5)  # clocks of two servers
_FIRST, _LAST = (moment(datetime(year, 1, 1, tzinfo=UTC)) for year in (2000, 2100))


class OfSubject(Protocol):
    """A row of a list, which stands in the order of its subject."""

    @property
    def subject(self) -> str: ...


Row = TypeVar("Row", bound=OfSubject)


class Cursor(NamedTuple):
    """``as_of`` keeps a list one list: what is overdue, and which day is today, is decided once, on its first page."""

    as_of: datetime
    after: str


class _Written(msgspec.Struct, array_like=True, frozen=True):
    as_of: Annotated[int, msgspec.Meta(ge=_FIRST, le=_LAST)]  # microseconds
    question: str
    after: str


def write(cursor: Cursor, query: Paged, of: str = "") -> str:
    """``of`` is what else the list is of, besides the query: its domain."""
    packed = msgspec.json.encode(_Written(moment(cursor.as_of), _question(query, of), cursor.after))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(query: Paged, of: str = "", key: TypeAdapter[str] = CASE) -> Cursor | None:
    """``key``: what a page ends with. ``None`` for a first page. :class:`ApiRefused` for a word that is no cursor, or
    of another question. Whoever reads the page holds its moment against that of the snapshot (:func:`moment_of`)."""
    if query.cursor is None:
        return None
    try:
        packed = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
        written = msgspec.json.decode(packed, type=_Written)
        after = key.validate_python(written.after)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError, ValidationError) as exc:
        raise ApiRefused("cursor", "not one that this API gave") from exc
    if written.question != _question(query, of):
        raise ApiRefused("cursor", "given for other parameters") from None
    return Cursor(as_datetime(written.as_of), after)


def moment_of(begun: Cursor | None, as_of: datetime) -> datetime:
    """Of which moment the list is, read at ``as_of``. :class:`ApiRefused` for a cursor of a moment that is yet to come:
    this API gave none."""
    if begun is None:
        return as_of
    if begun.as_of > as_of + _APART:
        raise ApiRefused("cursor", "not one that this API gave")
    return begun.as_of


def page(query: Paged, as_of: datetime, found: Sequence[Row]) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, of which one more than its limit was asked for, and the word for the next; ``as_of`` is of
    the list."""
    shown = found[: query.limit]
    if len(found) <= query.limit:
        return shown, None
    return shown, write(Cursor(as_of, shown[-1].subject), query)


def _question(query: Paged, of: str) -> str:
    asked = of + query.model_dump_json(exclude={"cursor", "limit"})
    return sha256(asked.encode()).hexdigest()[:16]
