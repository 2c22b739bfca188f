"""Which reading a file and a mapping ask for: a case log, a table of any topic, or a template."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schemas.reference.reading import Reference
from schemas.topics import CASES_HISTORY
from streams import toml_text
from streams.intake import mapping as case_log
from streams.intake.errors import IntakeError
from streams.intake.identity_hashing import Hasher
from streams.intake.importing import LogReading
from streams.intake.reading import Events, Viewer
from streams.intake.tables import mapping as table
from streams.intake.tables.reading import TableReading
from streams.intake.templates.read import TemplateReading


@dataclass(frozen=True, slots=True)
class Chooser:
    """What readings need beside the file: the reference data of templates, the key of the hashes, the moment."""

    reference: Reference
    hasher: Hasher
    now: datetime

    def reading(self, path: Path, mapping: str | None, viewer: Viewer) -> Events:
        """Raises :class:`IntakeError` where the mapping is none, or the file without one is no template."""
        if mapping is None:
            if not path.exists():
                raise IntakeError(f"no such file: {path}")
            if path.suffix.lower() not in (".xlsx", ".xlsm"):
                raise IntakeError("name a --mapping: only templates of `ioc templates` (.xlsx) go without one")
            return TemplateReading(path, self.reference, self.hasher, self.now, viewer)
        text = case_log.text_of(mapping)
        try:
            document = toml_text.loads(text)
        except tomllib.TOMLDecodeError as exc:
            raise IntakeError(f"the mapping {mapping} is not TOML: {exc}") from exc
        if table.is_table(document):
            return TableReading(path, table.parse(text, mapping), self.hasher, self.now, viewer)
        return LogReading(path, case_log.parse(text, mapping), CASES_HISTORY, self.hasher, viewer)
