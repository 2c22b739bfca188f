"""The key under which identity numbers are hashed: ``IOC_PERSON_KEY``, else a secret that the home made once."""

import secrets

from infra.cli.terminal import existing
from infra.errors import OperatorError
from infra.home import Home
from infra.settings import Settings
from streams.intake.identity_hashing import Hasher


def person_key(home: Home, settings: Settings) -> str:
    """For the settings of a process that hashes; never log it. Lost or changed, the same person hashes differently."""
    return home.secret("person") if settings.person_key is None else settings.person_key.get_secret_value()


def hasher(home: Home, settings: Settings) -> Hasher:
    """Raises :class:`OperatorError` where key or key id are not fit."""
    try:
        return Hasher(settings.person_key_id, person_key(home, settings).encode())
    except ValueError as exc:
        raise OperatorError(f"IOC_PERSON_KEY, IOC_PERSON_KEY_ID: {exc}") from exc


def hasher_for(settings: Settings, *, dry_run: bool) -> Hasher:
    """The home's; for a trial, which needs no home and sends nothing, one of a moment."""
    target = None if dry_run else existing(settings)
    return Hasher("dry", secrets.token_bytes(32)) if target is None else hasher(target.home, settings)
