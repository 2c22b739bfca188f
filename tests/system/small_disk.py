"""A shell on a disk of its own that is soon full: ``python -m tests.system.small_disk FOLDER MEGABYTES``.

A file system in memory over a folder, in a mount namespace that only this shell and what it starts can see, and that is
gone with the last of them. Without root it is a user namespace too, in which everybody keeps his own name.
"""

import ctypes
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

CLONE_NEWNS, CLONE_NEWUSER = 0x0002_0000, 0x1000_0000
MS_REC, MS_PRIVATE = 0x4000, 0x4_0000
END = "-- ended:"


def main() -> None:
    folder, megabytes = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()

    def must(result: int) -> None:
        if result != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    must(libc.unshare(CLONE_NEWNS | (CLONE_NEWUSER if user else 0)))
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    must(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None))
    must(libc.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, f"size={megabytes}m,mode=755".encode()))
    os.execvp("bash", ["bash"])  # noqa: S606


@dataclass
class SmallDisk:
    """A context: the shell, and what it says of each command."""

    folder: Path
    megabytes: int

    def __enter__(self) -> Self:
        self._shell = subprocess.Popen(
            [sys.executable, "-m", "tests.system.small_disk", str(self.folder), str(self.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.close()
        self._shell.wait(30)
        self._shell.stdout.close()

    def run(self, command: str) -> tuple[int, str]:
        """Its code, and all that it said."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.write(f"{{ {command} ; }} 2>&1 </dev/null\ncode=$?; echo; echo '{END}' $code\n")
        self._shell.stdin.flush()
        said: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(END):
                return int(line.removeprefix(END)), "".join(said)
            said.append(line)
        raise AssertionError(f"the shell has gone: {''.join(said)}")


if __name__ == "__main__":
    main()
