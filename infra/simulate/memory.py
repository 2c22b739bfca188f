"""What ``ioc up --demo`` remembers between runs: since when it exists, how far it has played, what it has told."""

from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict

FILE = "demo.json"  # in the home


class Remembered(BaseModel):
    """``first`` is the moment of the very first start. Days are numbers: of ``told`` and every later day, whatever
    arrives up to ``played`` has been sent; of earlier days nothing yet."""

    model_config = ConfigDict(frozen=True)

    first: AwareDatetime
    played: AwareDatetime | None = None
    told: int | None = None
    light: bool = False  # the light topics have been told whole

    def of_light(self) -> "Remembered":
        """The same for the light topics, whose days are all told at once."""
        return self.model_copy(update={"told": 0 if self.light else None})


def recall(path: Path, now: datetime) -> Remembered:
    """What the file says; a beginning where there is none or it cannot be read (ids are stable, so nothing doubles)."""
    try:
        return Remembered.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return Remembered(first=now)


def remember(path: Path, what: Remembered) -> None:
    """Replaces the file in one step."""
    scratch = path.with_suffix(".new")
    scratch.write_text(what.model_dump_json(indent=2) + "\n")
    scratch.replace(path)
