"""What the claims of an ID token say of a person: shown name, role and units, by the operator's mapping. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboards.access.asker import Role
from dashboards.access.fit_access import LONGEST_NAME, UNIT
from dashboards.access.oidc_settings import OidcSettings

MOST_UNITS = 200
NAMELESS = "Tài khoản tỉnh"


class ClaimedPerson(NamedTuple):
    """``role``: none where no value of the claim has one; ``units``: of a unit officer alone."""

    subject: str
    name: str
    role: Role | None
    units: tuple[str, ...]


def claimed(claims: Mapping[str, Any], settings: OidcSettings) -> ClaimedPerson:
    """``claims`` are checked ones. The name is for showing; who it is, the subject says."""
    said = set(words(at(claims, settings.oidc_role_claim)))
    role = next((ours for theirs, ours in settings.oidc_roles.items() if theirs in said), None)
    units = words(at(claims, settings.oidc_units_claim)) if role is Role.UNIT_OFFICER else ()
    fit = tuple(sorted({unit for unit in units if UNIT.fullmatch(unit)}))[:MOST_UNITS]
    return ClaimedPerson(claims["sub"], _name(claims), role, fit)


def at(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of that very name, else what its path leads to; ``None`` where there is nothing."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(step)
    return found


def words(found: Any) -> tuple[str, ...]:
    """A list's words, or those of one text by commas; what is no text is left out."""
    if isinstance(found, str):
        return tuple(part for part in (piece.strip() for piece in found.split(",")) if part)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _name(claims: Mapping[str, Any]) -> str:
    for claim in ("name", "preferred_username"):
        said = claims.get(claim)
        if isinstance(said, str):
            shown = "".join(letter for letter in said if letter.isprintable()).strip()[:LONGEST_NAME].strip()
            if shown:
                return shown
    return NAMELESS
