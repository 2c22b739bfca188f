"""Which systems are looked at, and how: ``platform.toml`` of the home. Its reference is ``docs/runbook.md``."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.envelope import Key
from schemas.source_name import Source
from streams import toml_text
from streams.intake.errors import IntakeError
from streams.intake.mapping import not_usable

PORTS = {"http": 80, "https": 443}


def _web(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in PORTS or not url.hostname or url.username or url.password or url.port == 0:
        raise ValueError("an address of http or https, without a login in it")
    return text


def _any(text: str) -> str:
    url = urlsplit(text)
    if url.scheme in ("tcp", "tls"):
        if not url.hostname or not url.port or url.path not in ("", "/"):
            raise ValueError("tcp and tls need a host and a port, and nothing else")
        return text
    return _web(text)


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as exc:
        raise ValueError("not a regular expression") from exc
    return text


WebAddress = Annotated[str, AfterValidator(_web)]
Address = Annotated[str, AfterValidator(_any)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(_Part):
    """The samples of a name whose labels fit these regular expressions as a whole."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    labels: dict[str, Annotated[str, AfterValidator(_regex)]] = {}


class Capacity(_Part):
    """How full a resource is: ``used`` or ``free`` of ``total``, series by series; or a share of 1."""

    used: Series | None = None
    free: Series | None = None
    total: Series | None = None
    share: Series | None = None

    @model_validator(mode="after")
    def agrees(self) -> Self:
        given = [name for name in ("used", "free", "share") if getattr(self, name) is not None]
        if len(given) != 1 or (self.total is None) != (given == ["share"]):
            raise ValueError("either used and total, or free and total, or share")
        return self


class Probe(_Part):
    """``http``, ``https``: the status decides; ``tcp``, ``tls``: that a connection comes about."""

    url: Address
    method: Literal["HEAD", "GET"] = "HEAD"
    failing: Annotated[str, AfterValidator(_regex)] = "5.."  # statuses that mean that it does not work


class Metrics(_Part):
    """An endpoint in OpenMetrics' or Prometheus' text format. ``requests`` and ``errors`` are counters."""

    url: WebAddress
    requests: tuple[Series, ...] = ()
    errors: tuple[Series, ...] = ()
    capacity: tuple[Capacity, ...] = ()


class PolledSystem(_Part):
    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,59}$")]
    unit: Key | None = None
    interval_s: Annotated[float, Field(ge=10, le=3600)] = 60.0
    timeout_s: Annotated[float, Field(gt=0, le=60)] = 10.0
    probe: Probe | None = None
    metrics: Metrics | None = None

    @model_validator(mode="after")
    def has_something(self) -> Self:
        if self.probe is None and self.metrics is None:
            raise ValueError("neither a probe nor metrics")
        return self


class Systems(_Part):
    source: Source
    system: Annotated[tuple[PolledSystem, ...], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def each_once(self) -> Self:
        keys = [one.key for one in self.system]
        if len(set(keys)) < len(keys):
            raise ValueError("a system's key is there twice")
        return self


def load(path: Path) -> Systems:
    """Raises :class:`IntakeError` with every fault and its place."""
    try:
        return Systems.model_validate(toml_text.loads(path.read_text("utf-8-sig")))
    except OSError as exc:
        raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise IntakeError(f"{path} is not in UTF-8") from exc
    except tomllib.TOMLDecodeError as exc:
        raise IntakeError(f"{path} is not TOML: {exc}") from exc
    except ValidationError as exc:
        raise IntakeError(not_usable(exc, str(path))) from exc
