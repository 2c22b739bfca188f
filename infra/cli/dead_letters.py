"""``ioc dead-letters``: records that could not be processed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked, say
from infra.endpoints import Endpoints
from infra.errors import OperatorError
from schemas.json_text import indented
from streams import dead_letters
from streams.errors import Reject, StreamError
from streams.purge import purge as forget

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Records that could not be processed: what was wrong with them, and sending them again.\n\n"
        "The tables keep no payload, because rejected payloads are where identities would be. `show` and `replay` read"
        " the record from Kafka, as long as it is kept there (30 days).",
    )
    verbs.command("list")(list_)
    verbs.command("show")(show)
    verbs.command("replay")(replay)
    verbs.command("purge")(purge)
    app.add_typer(verbs, name="dead-letters")


def list_(
    source: Annotated[str | None, typer.Option(help="Only of this source.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only with this rule broken, e.g. json_invalid.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that were not sent again.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the newest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List dead letters: first how many by what is wrong, then the newest, one a line."""
    with _asking() as where:
        groups = dead_letters.grouped(where.database.streams)
        letters = dead_letters.listed(where.database.streams, source=source, rule=rule, waiting=waiting, limit=limit)
    if as_json:
        found = {"groups": [asdict(g) for g in groups], "dead_letters": [asdict(letter) for letter in letters]}
        answer(indented(found))
        return
    if not groups:
        answer("There are no dead letters.")
        return
    table = Table("count", "topic", "source", "field", "rule", "last", "sent again", box=None)
    for g in groups:
        table.add_row(str(g.count), g.topic, g.source or "?", g.field, g.rule, f"{g.last_at:%F %T}", str(g.replayed))
    print_table(table)
    table = Table("id", "record", "received", "source", "field", "rule", "sent again", box=None)
    for d in letters:
        again = f"{d.replayed_at:%F %T}" if d.replayed_at else ""
        record = f"{d.topic}/{d.partition}@{d.offset}"
        table.add_row(str(d.id), record, f"{d.received_at:%F %T}", d.source or "?", d.field, d.rule, again)
    print_table(table)


def show(
    id: Annotated[int, typer.Argument(help="The dead letter's id, as `list` prints it.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="Write the payload to this file instead of printing it.")] = None,
) -> None:
    """Print what the record said, read from Kafka. It may hold personal data: it is never logged or kept."""
    with _asking() as where:
        found = dead_letters.get(where.database.streams, id)
        if found is None:
            raise OperatorError(f"there is no dead letter {id}")
        letter, topic_id = found
        value = dead_letters.payload(where.kafka, letter, topic_id)
    say(f"{letter.topic}/{letter.partition}@{letter.offset}: {letter.field}: {letter.rule}")
    if out is not None:
        out.write_bytes(value or b"")
    else:
        answer((value or b"").decode(errors="replace"))


def replay(
    id: Annotated[int, typer.Argument(help="The dead letter's id.", show_default=False)],
    file: Annotated[Path | None, typer.Option("--file", help="A corrected event, one JSON object.")] = None,
) -> None:
    """Send the record to its topic again: as it was, after a release that accepts it, or corrected.

    It is checked first; what would be rejected again is not sent, and field and rule are named. An event that is held
    already changes nothing.
    """
    with _asking() as where:
        try:
            topic, partition, offset = dead_letters.replay(
                where.database.streams, where.kafka, id, file.read_bytes() if file is not None else None
            )
        except Reject as exc:
            raise OperatorError(f"it would be rejected again: {exc}. Nothing was sent") from exc
        except LookupError as exc:
            raise OperatorError(str(exc)) from exc
        except OSError as exc:
            raise OperatorError(f"cannot read {file}: {exc.strerror}") from exc
    answer(f"Sent as {topic}/{partition}@{offset}.")


def purge(
    days: Annotated[int, typer.Option("--older-than", min=0, help="Days since they were received.")] = 90,
    keep: Annotated[int, typer.Option(min=0, help="How many to keep at most, the newest.")] = 1_000_000,
) -> None:
    """Forget dead letters that are too old or too many; the workers do so every hour (IOC_DEAD_LETTERS_DAYS, _MOST).

    They are then neither counted nor listed; how many records of each source were rejected in all stays.
    """
    with _asking() as where:
        gone = forget(where.database.streams, datetime.now(UTC) - timedelta(days=days), keep)
    answer(f"{gone:,} dead letters forgotten.")


@contextmanager
def _asking() -> Iterator[Endpoints]:
    """The home's addresses; what may go wrong with Kafka or the database is said in one line."""
    where = addresses()
    try:
        with database_asked():
            yield where
    except StreamError as exc:
        raise OperatorError(str(exc)) from exc
