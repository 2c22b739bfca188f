"""What a supervisor runs, and the configuration file that says so."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from infra.errors import OperatorError


@dataclass(frozen=True, slots=True)
class Program:
    """One supervised process. ``environment`` is all it gets beside PATH, LANG and HOME."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    directory: Path = Path("/")
    user: str | None = None
    stop_signal: str = "TERM"
    stop_wait_s: int = 10
    stop_group: bool = True  # False where the program itself ends its children in order
    start_s: int = 1  # it counts as running once it has lived this long
    priority: int = 100


CUT_OFF = re.compile(r"[\r\n]|\s[;#]")
# Attempts, not a limit: supervisor waits one second longer before each, and starts counting again once one has lived
# for start_s. It never gives up on a process: a screen that stays away until somebody logs in is an outage.
ENDLESS_RETRIES = 1_000_000_000


def configuration(name: str, run: Path, sockets: Path, logs: Path, programs: tuple[Program, ...]) -> str:
    """The configuration of the supervisor ``name``. Holds secrets (in environments): write it 0600."""
    head = f"""\
[supervisord]
identifier={name}
pidfile={run / f"{name}.pid"}
logfile={logs / f"supervisor-{name}.log"}
logfile_maxbytes=5MB
logfile_backups=3
childlogdir={logs}
directory=/
strip_ansi=false
umask=022
minfds=1024

[unix_http_server]
file={socket_of(name, sockets)}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    return head + "".join(_section(program, logs) for program in programs)


def socket_of(name: str, sockets: Path) -> Path:
    return sockets / f"{name}.sock"


def _section(program: Program, logs: Path) -> str:
    grouped = "true" if program.stop_group else "false"
    lines = [
        f"[program:{program.name}]",
        f"command={_escaped(' '.join(_word(word) for word in program.command))}",
        f"environment={','.join(f'{key}={_value(value)}' for key, value in program.environment.items())}",
        f"directory={_escaped(str(program.directory))}",
        "autostart=true",
        "autorestart=true",
        f"startsecs={program.start_s}",
        f"startretries={ENDLESS_RETRIES}",
        f"stopsignal={program.stop_signal}",
        f"stopwaitsecs={program.stop_wait_s}",
        f"stopasgroup={grouped}",
        f"killasgroup={grouped}",
        "redirect_stderr=true",
        f"stdout_logfile={_escaped(str(logs / f'{program.name}.log'))}",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=5",
        f"priority={program.priority}",
    ]
    if program.user is not None:
        lines.append(f"user={program.user}")
    return "\n" + "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """As supervisor's configuration reads it back. What it would take for a comment or a new line is refused."""
    if CUT_OFF.search(text):
        raise OperatorError(
            f"supervisor cannot be given a value with a line break, or with ';' or '#' after a space: {text[:20]}…"
        )
    return text.replace("%", "%%")


def _word(word: str) -> str:
    """One argument as supervisor's shlex reads it back."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(value: str) -> str:
    """One value of an environment: supervisor knows quotes there, but no way to write one inside them."""
    if '"' in value or value.startswith("'") or value.endswith("'"):
        raise OperatorError(f"supervisor cannot be given a value with quotes: {value[:20]}…")
    return _escaped(f'"{value}"')
