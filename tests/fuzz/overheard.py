"""What the product logs while a fuzzer runs."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Overheard:
    """Everything that is logged, from INFO on, while :meth:`listening`."""

    def __init__(self, formatter: logging.Formatter | None = None) -> None:
        self._said = io.StringIO()
        self._handler = logging.StreamHandler(self._said)
        self._handler.setFormatter(formatter)

    @contextmanager
    def listening(self) -> Iterator[None]:
        root = logging.getLogger()
        level = root.level
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)
        try:
            yield
        finally:
            root.removeHandler(self._handler)
            root.setLevel(level)

    def take(self) -> str:
        """What was said since the last time."""
        said = self._said.getvalue()
        self._said.seek(0)
        self._said.truncate()
        return said
