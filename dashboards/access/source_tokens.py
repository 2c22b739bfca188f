"""Tokens of the gateway's sources, on the side of an operator: keys of the role ``source``, each deed on record in the
transaction of the caller. What a source may send is no matter of theirs (``gateway_source``)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboards.access.asker import Role
from dashboards.access.fit_access import OVERLAP, check_lives, two_tokens
from dashboards.access.record import Deed
from dashboards.access.registry import Connection, ListedKey, key_row, listed_key, record_by_operator
from dashboards.readers.queries import query
from schemas.access_token import SOURCE_PREFIX, new_token

BEFORE_NAME = "source "  # on record, so that it is told from a program's key of the same name


def give_token(connection: Connection, name: str, lives: timedelta, now: datetime, *, by: str) -> str:
    """The token, which nobody can be told again. Raises :class:`dashboards.access.fit_access.UnfitAccess`."""
    check_lives(lives)
    token = new_token(SOURCE_PREFIX)
    given = key_row(token, name, Role.SOURCE, (), (), now, now + lives, by)
    if connection.execute(query("access/key_add"), given).fetchone() is None:
        raise two_tokens(name)
    record_by_operator(connection, by, Deed.KEY_MADE, source_object(name), (), now)
    return token


def rotate_token(
    connection: Connection, name: str, lives: timedelta, now: datetime, *, by: str, at_once: bool = False
) -> str:
    """Another token. The one that there is lives :data:`OVERLAP` longer at most, so that the source can be given the
    new one meanwhile; ``at_once``: it ends now. Raises as :func:`give_token`."""
    if at_once:
        end_tokens(connection, name, now, by=by)
    before = [one for one in source_tokens(connection, now) if one.name == name]
    token = give_token(connection, name, lives, now, by=by)
    for one in before:
        until = min(one.expires_at, now + OVERLAP)
        connection.execute(query("access/key_shorten"), {"id": one.id, "until": until})
        record_by_operator(connection, by, Deed.KEY_ENDED, source_object(name, f"{one.id}, {until:%F}"), (), now)
    return token


def end_tokens(connection: Connection, name: str, now: datetime, *, by: str) -> int:
    """Ends all of a source; how many."""
    given: dict[str, Any] = {"role": Role.SOURCE, "name": name, "id": None, "now": now}
    ended = connection.execute(query("access/key_end"), given).fetchall()
    for (id_,) in ended:
        record_by_operator(connection, by, Deed.KEY_ENDED, source_object(name, str(id_)), (), now)
    return len(ended)


def source_tokens(connection: Connection, now: datetime) -> Sequence[ListedKey]:
    """Those of every source that have not ended."""
    rows = connection.execute(query("access/keys"), {"role": Role.SOURCE, "now": now}).fetchall()
    return [listed_key(row) for row in rows]


def source_object(name: str, more: str = "") -> str:
    """As it stands on record."""
    return f"{BEFORE_NAME}{name} {more}".rstrip()
