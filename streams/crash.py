"""Named points at which a test may kill the process. In production nothing is armed; a point costs one comparison."""

import os
import signal

POINTS = ("taken", "decoded", "begun", "locked", "folded", "written", "committed", "acknowledged")


class CrashPoints:
    """``armed`` is ``"name"`` or ``"name:n"``: the process kills itself (SIGKILL) when it reaches the point for the
    n-th time. Empty: never."""

    def __init__(self, armed: str = "") -> None:
        self._name, _, count = armed.partition(":")
        self._left = int(count or 1)
        if self._name and self._name not in POINTS:
            raise ValueError(f"no crash point of that name; there are {', '.join(POINTS)}")

    def reached(self, name: str) -> None:
        if name != self._name:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
