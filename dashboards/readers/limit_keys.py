"""A limit of one account names it: whoever may not see accounts by name reads a hash there, as in every other list."""

from collections.abc import Iterable
from typing import Any

from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.lookups import LIMIT, Scope


async def shown(conn: Connection, domain: str, told: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """In what is told of limits (each with its scope), the accounts as whoever asks may see them."""
    if domain != LIMIT.name:
        return
    of_accounts = [said for scope, said in told if scope == Scope.ACCOUNT and said.get("key") is not None]
    if of_accounts:
        found = await conn.execute(query("lookup_accounts_shown"), {"accounts": [said["key"] for said in of_accounts]})
        for said, (account,) in zip(of_accounts, await found.fetchall(), strict=True):
            said["key"] = account
