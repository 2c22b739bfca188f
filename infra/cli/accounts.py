"""``ioc accounts``: who may sign in, and as what."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated

import typer
from rich.table import Table

from dashboards.access import registry
from infra.cli.arguments import listed
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked, say
from infra.errors import OperatorError
from schemas.json_text import indented

Subject = Annotated[str, typer.Argument(help="The name with which one signs in, e.g. lanh.dao.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
RoleOf = Annotated[str, typer.Option(help="leader, duty_officer, unit_officer, auditor or administrator.")]
Issuer = Annotated[
    str,
    typer.Option(help="Of an account of OpenID Connect: its provider (iss). NAME is then the subject (sub) there."),
]
Units = Annotated[str, typer.Option(help="Of a unit officer: keys of units, by commas.")]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(no_args_is_help=True, help="Who may sign in, and as what. docs/access.md says what each sees.")
    verbs.command("add")(add)
    verbs.command("list")(list_)
    verbs.command("role")(role)
    verbs.command("password")(password)
    verbs.command("disable")(disable)
    verbs.command("enable")(enable)
    app.add_typer(verbs, name="accounts")


def add(
    subject: Subject,
    role: RoleOf,
    name: Annotated[str, typer.Option(help="As screens show it.")],
    units: Units = "",
    issuer: Issuer = "",
) -> None:
    """Make an account and print its first password: once, and it has to be changed at the first sign-in. One of
    OpenID Connect has its password at its provider."""
    with access_asked() as (url, by):
        if issuer:
            registry.add_provided(url, issuer, subject, name, role, listed(units), datetime.now(UTC), by=by)
            answer(f"{subject} may sign in by {issuer}.")
            return
        given = registry.add_account(url, subject, name, role, listed(units), datetime.now(UTC), by=by)
    say(f"{subject} may sign in. The first password, which cannot be shown again:")
    answer(given)


def list_(as_json: AsJson = False) -> None:
    """List the accounts; nothing of their passwords."""
    with access_asked() as (url, _):
        found = registry.accounts(url)
    if as_json:
        answer(indented([asdict(one) for one in found]))
        return
    table = Table("sign-in", "name", "role", "units", "sessions", "disabled", box=None)
    for one in found:
        disabled = f"{one.disabled_at:%F}" if one.disabled_at else ""
        shown = one.subject + (f" ({one.issuer})" if one.issuer else "")
        table.add_row(shown, one.name, one.role, " ".join(one.units), str(one.sessions), disabled)
    print_table(table)


def role(subject: Subject, role: RoleOf, units: Units = "", issuer: Issuer = "") -> None:
    """Give an account another role. Its sessions end. With --issuer the role stays whatever the provider says;
    --role provider lets the provider's claims decide again."""
    with access_asked() as (url, by):
        now = datetime.now(UTC)
        registry.change_account(url, subject, now, by=by, issuer=issuer, role=role, units=listed(units))
    answer(f"{subject} is {role} now; its sessions have ended.")


def password(subject: Subject) -> None:
    """Give an account a new password and print it: once, and it has to be changed. Its sessions end."""
    with access_asked() as (url, by):
        given = registry.change_account(url, subject, datetime.now(UTC), by=by, password=True)
    say(f"The new password of {subject}, which cannot be shown again:")
    answer(given or "")


def disable(subject: Subject, issuer: Issuer = "") -> None:
    """Let an account in no more. Its sessions end within seconds, open screens included."""
    with access_asked() as (url, by):
        registry.change_account(url, subject, datetime.now(UTC), by=by, issuer=issuer, disabled=True)
    answer(f"{subject} may sign in no more; its sessions have ended.")


def enable(subject: Subject, issuer: Issuer = "") -> None:
    """Let an account in again."""
    with access_asked() as (url, by):
        registry.change_account(url, subject, datetime.now(UTC), by=by, issuer=issuer, disabled=False)
    answer(f"{subject} may sign in again.")


@contextmanager
def access_asked() -> Iterator[tuple[str, str]]:
    """The database's URL as role migrate, and who is at the terminal; what may go wrong is said in one line."""
    url = addresses().database.migrate
    try:
        with database_asked():
            yield url, getuser()
    except (registry.UnfitAccess, LookupError) as exc:
        raise OperatorError(str(exc)) from exc
