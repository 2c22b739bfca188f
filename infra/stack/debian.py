"""Fetches Debian packages into a folder, without root and without touching the machine's own packages."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.errors import OperatorError

RELEASES = ("bookworm", "trixie", "stable", "oldstable")
SUITE = "trixie"  # the release whose PostgreSQL is new enough, on either supported machine
# The machine's own apt.conf is read first (its proxies are needed); its hooks serve the machine's package lists.
APT_CONF = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Architecture "amd64";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "3";
Dir::Etc::sourcelist "{root}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{root}/state";
Dir::State::status "{root}/status";
Dir::Cache "{root}/cache";
"""


@dataclass(frozen=True, slots=True)
class Mirror:
    """One of the machine's own sources of Debian packages."""

    uri: str
    suite: str
    signed_by: str | None

    def line(self, suite: str) -> str:
        options = f"[signed-by={self.signed_by}] " if self.signed_by else ""
        return f"deb {options}{self.uri} {suite} main"


def fetch(package: str, work: Path, etc: Path = Path("/etc/apt")) -> list[Path]:
    """The ``.deb`` files of a package and all it needs, from the machine's mirror, below ``work``."""
    mirror = find_mirror(etc)
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()
    (work / "apt.conf").write_text(APT_CONF.format(root=work))
    (work / "sources.list").write_text(mirror.line(SUITE) + "\n")
    apt = ["apt-get", "-q", "-c", str(work / "apt.conf")]
    _run([*apt, "update"])
    _run([*apt, "-y", "--download-only", "install", package])
    return sorted((work / "cache/archives").glob("*.deb"))


def find_mirror(etc: Path) -> Mirror:
    """The first Debian archive with ``main`` that this machine takes its packages from."""
    for mirror in _mirrors(etc):
        if mirror.suite in RELEASES:
            return mirror
    raise OperatorError(
        "no Debian mirror was found in sources.list or sources.list.d. Supported are Debian 12 and 13 on amd64;"
        " elsewhere set IOC_KAFKA and IOC_DATABASE to a Kafka and a TimescaleDB that somebody runs."
    )


def _mirrors(etc: Path) -> Iterator[Mirror]:
    parts = etc / "sources.list.d"
    lists = [etc / "sources.list", *sorted(parts.glob("*.list"))]
    for file in lists:
        if file.is_file():
            yield from _one_line_style(file.read_text().splitlines())
    for file in sorted(parts.glob("*.sources")):
        yield from _deb822_style(file.read_text())


def _one_line_style(lines: Iterable[str]) -> Iterator[Mirror]:
    for line in lines:
        found = re.match(r"\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)", line)
        if found is None or "main" not in found[4].split("#")[0].split():
            continue
        signed = re.search(r"signed-by=(\S+)", found[1] or "")
        yield Mirror(found[2], found[3], signed[1] if signed else None)


def _deb822_style(text: str) -> Iterator[Mirror]:
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n", text):
        fields = {
            key.lower(): " ".join(value.split())
            for key, value in re.findall(r"^([A-Za-z-]+):((?:.*)(?:\n[ \t].*)*)", paragraph, flags=re.MULTILINE)
        }
        usable = "deb" in fields.get("types", "").split() and "main" in fields.get("components", "").split()
        if not usable or fields.get("enabled", "yes").lower() == "no":
            continue
        signed = fields.get("signed-by", "")
        # A key written into the paragraph itself is not a file; the machine's trusted keys have Debian's own.
        signed_by = signed if signed.startswith("/") else None
        for uri in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                yield Mirror(uri, suite, signed_by)


def _run(command: list[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if ended.returncode != 0:
        raise OperatorError(f"{' '.join(command[:2])} failed:\n{(ended.stdout + ended.stderr)[-2000:]}")
