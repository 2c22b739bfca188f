"""What the demo remembers between runs: since when it exists, when it ran, and how far it has been played."""

from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Session(BaseModel):
    """A run: quick cases come in from ``begin`` on; what was due by ``played`` has been sent."""

    model_config = ConfigDict(frozen=True)

    begin: AwareDatetime
    played: AwareDatetime


class Remembered(BaseModel):
    """``first`` is the moment of the very first start."""

    model_config = ConfigDict(frozen=True)

    first: AwareDatetime
    sessions: tuple[Session, ...] = ()

    @property
    def played(self) -> datetime | None:
        """How far everything has been sent; ``None`` before the first history is in Kafka."""
        return max((session.played for session in self.sessions), default=None)

    def forget_before(self, moment: datetime) -> "Remembered":
        """Without the sessions whose stories are all over, but for the last."""
        kept = [s for s in self.sessions[:-1] if s.played > moment] + list(self.sessions[-1:])
        return self.model_copy(update={"sessions": tuple(kept)})


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
