"""``ioc templates``: the XLSX files that units fill in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.terminal import answer
from infra.db.reference import of_home
from infra.errors import OperatorError
from infra.settings import Settings
from schemas.province import ZONE
from schemas.reference.check import check
from streams.intake.templates.catalogue import TEMPLATES
from streams.intake.templates.write import write


def register(app: typer.Typer) -> None:
    app.command("templates")(templates)


def templates(
    folder: Annotated[Path, typer.Option(help="Where to write them; made if it is not there.")] = Path(),
) -> None:
    """Write the report templates for units: communications, training, staffing, data sets, tasks.

    Their drop-downs are today's reference data (those of IOC_HOME/reference over those of the package). What a unit has
    filled in goes in with `ioc import FILE.xlsx`, without a mapping. Files of these names are replaced.
    """
    try:
        reference = of_home(Settings().home)
        problems = check(reference)
        if problems:
            raise OperatorError(f"the reference data have problems: {problems[0]}. `ioc reference check` lists all")
        folder.mkdir(parents=True, exist_ok=True)
        today = datetime.now(UTC).astimezone(ZONE).date()
        written = [write(template, reference, today, folder) for template in TEMPLATES.values()]
    except OSError as exc:
        raise OperatorError(f"cannot write or read {exc.filename}: {exc.strerror}") from exc
    for path in written:
        answer(str(path))
