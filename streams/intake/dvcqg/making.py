"""Makes events of the contract out of what a message says, without persons, each once a message."""

from collections.abc import Mapping
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError

from schemas.case_code import CaseCode
from schemas.contracts import CONTRACTS, breach_of
from schemas.domain import Breach
from streams.intake import bare_day
from streams.intake.dvcqg.fields import Fields
from streams.intake.identity import event_id
from streams.intake.identity_hashing import Hasher
from streams.intake.moments import Moment
from streams.intake.rows import Rejection

CONTRACT = CONTRACTS["cases"]
CASE_CODE: TypeAdapter[str] = TypeAdapter(CaseCode)
# Fields that name a person; a unit that repeats one of them is none.
PERSONS = ("ChuHoSo", "NguoiXuLy", "NguoiYeuCauBoSung", "NguoiTiepNhanBoSung", "Email", "SoDienThoai", "NoiNopHoSo")
SHORTEST_NAME = 4
_encode = msgspec.json.Encoder().encode


class Making:
    """Collects the events of one message and what could not be made of it; ``line`` is where it stood in its file."""

    def __init__(self, source: str, hasher: Hasher, line: int = 1) -> None:
        self.events: dict[tuple[str, str], Any] = {}
        self.rejections: dict[Rejection, None] = {}
        self.line = line
        self._source = source
        self._hasher = hasher

    def fault(self, field: str, rule: str) -> None:
        self.rejections[Rejection(self.line, field, rule)] = None

    def code(self, said: Fields, name: str) -> str:
        """A case code, with a hash where it holds an identity number; empty where it is left out or cannot be one."""
        text = self._hasher.scrub(said.text(name))
        if not text:
            return ""
        try:
            return CASE_CODE.validate_python(text)
        except ValidationError as exc:
            said.fault(name, breach_of(exc).rule)
            return ""

    def key(self, said: Fields, name: str) -> str | None:
        """A key of a unit, procedure or database; never one that names a person whom the object names elsewhere."""
        text = said.text(name)
        if not text:
            return None
        persons = [person for field in PERSONS if len(person := said.loose(field)) >= SHORTEST_NAME]
        if any(person.casefold() in text.casefold() for person in persons):
            said.fault(name, "names_a_person")
            return None
        return self._hasher.scrub(text)

    def event(
        self,
        kind: str,
        case: str,
        at: Moment,
        data: Mapping[str, Any],
        of: Fields,
        names: Mapping[str, str],
        *more: Any,
        since: Moment | None = None,
    ) -> None:
        """One event, of a case accepted at ``since`` where it ends one; ``more`` are the fields beside kind, case and
        time that make it that event. ``names`` says from which field of the message each of its own comes, for the
        fault where the contract refuses it."""
        said = {name: value for name, value in data.items() if value is not None}
        own, type_ = event_id(kind, case, at.us, *more), f"case.{kind}.v1"
        if bare_day.too_early(at, type_, since):
            of.fault(names["time"], bare_day.TOO_EARLY)
        value = {
            "specversion": "1.0",
            "type": type_,
            "source": self._source,
            "id": own,
            "subject": case,
            "time": bare_day.happened(at, type_, since).text,
            "data": said,
        }
        try:
            self.events[case, own] = CONTRACT.parse(_encode(value))
        except Breach as breach:
            of.fault(names.get(breach.field, names.get("time", "time")), breach.rule)
