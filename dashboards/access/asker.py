"""Who asks, and what he may: the one thing that every reader needs before it reads.

The asker of a request stands in :data:`ASKER` from the gate on (:mod:`dashboards.access.gate`). There is no asker by
default: what reads without one is refused, not let through.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    LEADER = "leader"
    DUTY_OFFICER = "duty_officer"
    UNIT_OFFICER = "unit_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    KIOSK = "kiosk"  # a screen on a wall
    PROGRAM = "program"  # a key
    SOURCE = "source"  # a token of the gateway: it may send there, and ask nothing here
    NOBODY = "nobody"  # who has not signed in


PEOPLE = (Role.LEADER, Role.DUTY_OFFICER, Role.UNIT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.LEADER: "Lãnh đạo",
        Role.DUTY_OFFICER: "Trực ban",
        Role.UNIT_OFFICER: "Cán bộ đơn vị",
        Role.AUDITOR: "Kiểm tra",
        Role.ADMINISTRATOR: "Quản trị",
        Role.KIOSK: "Màn hình lớn",
        Role.PROGRAM: "Chương trình",
        Role.SOURCE: "Nguồn dữ liệu",
        Role.NOBODY: "Chưa đăng nhập",
    }
)


class Right(StrEnum):
    """What an address may ask for. Whose data that is, the asker's units say."""

    FIGURES = "figures"  # walls, the tablet's pages, figures of the data API
    CASES = "cases"  # lists of cases and subjects, and a single one
    ACCOUNTS = "accounts"  # who looked up, by name; for others a hash stands there
    OPERATIONS = "operations"  # how the machinery is: sources, rejected records; of the whole province
    DIRECTIVES = "directives"  # reads them
    DIRECT = "direct"  # orders, and says whether it was done
    HOLD = "hold"  # orders that look-ups are held back, and ends it
    ANSWER = "answer"  # for the unit that has the order
    RECORD = "record"  # who did what
    MANAGE = "manage"  # accounts, keys, screens


_SEEING = frozenset({Right.FIGURES, Right.CASES, Right.OPERATIONS, Right.DIRECTIVES})
BY_NAME = frozenset({Right.ACCOUNTS, Right.ANSWER})  # a key has these only where it names them
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.LEADER: _SEEING | {Right.ACCOUNTS, Right.DIRECT, Right.HOLD},
        Role.DUTY_OFFICER: _SEEING | {Right.ACCOUNTS, Right.DIRECT, Right.HOLD},
        Role.UNIT_OFFICER: _SEEING | {Right.ANSWER},
        Role.AUDITOR: frozenset({Right.FIGURES, Right.OPERATIONS, Right.ACCOUNTS, Right.RECORD, Right.DIRECTIVES}),
        Role.ADMINISTRATOR: frozenset({Right.FIGURES, Right.OPERATIONS, Right.MANAGE}),
        Role.KIOSK: frozenset({Right.FIGURES}),
        Role.PROGRAM: _SEEING | {Right.ACCOUNTS, Right.ANSWER},  # of these, its scopes
        Role.SOURCE: frozenset(),
        Role.NOBODY: frozenset(),
    }
)


class AskerKind(StrEnum):
    ACCOUNT = "account"
    KEY = "key"
    DEVICE = "device"
    DEMO = "demo"
    NOBODY = "nobody"
    PROCESS = "process"  # our own work: the hub's looks, what is counted beside


@dataclass(frozen=True, slots=True)
class Asker:
    """``id``: of the account, key or device; ``units``: keys, sorted, of those who may see some only (none: the whole
    province); ``scopes``: of a key its rights, of a device its screens (none: every one). ``credential``: what ends
    it."""

    kind: AskerKind
    id: str
    name: str
    role: Role
    units: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    credential: str = ""
    address: str = ""
    must_change_password: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        rights = RIGHTS[self.role] - ({Right.OPERATIONS} if self.units else frozenset())
        if self.kind is not AskerKind.KEY:
            return rights
        if not self.scopes:
            return rights - BY_NAME
        return frozenset(right for right in rights if right.value in self.scopes)

    def may(self, right: Right) -> bool:
        return right in self.rights


def nobody(address: str) -> Asker:
    """Who asks without having signed in, for the record."""
    return Asker(AskerKind.NOBODY, "", "", Role.NOBODY, address=address)


PROCESS = Asker(AskerKind.PROCESS, "process", "process", Role.DUTY_OFFICER)
ASKER: ContextVar[Asker] = ContextVar("asker")


class NotAsked(Exception):
    """Something reads for nobody: a fault of ours, and nothing is read."""


def asking() -> Asker:
    """Whose request this task answers. Raises :class:`NotAsked`."""
    try:
        return ASKER.get()
    except LookupError:
        raise NotAsked from None
