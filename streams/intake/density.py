"""How much a packed file may unpack to.

Tables and logs shrink to a tenth, very regular ones to a hundredth. A file that shrinks further holds the same line or
letter over and over, and would cost minutes to be read to its end.
"""

from streams.intake.errors import IntakeError

FREE = 16 << 20  # bytes that any file may unpack to: a second or two of reading
MOST_TIMES = 150


def refuse_dense(unpacked: int, packed: int, name: str = "the file") -> None:
    """Raises :class:`IntakeError` for a file that is mostly repetition. Bytes."""
    if unpacked > FREE and unpacked > MOST_TIMES * packed:
        raise IntakeError(f"{name} unpacks to more than {MOST_TIMES} times its size, which no table or log does")


class Density:
    """The same of a stream, stretch by stretch: what stands before does not make up for a stretch of repetition."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._unpacked = self._packed = 0  # where the stretch began

    def passed(self, unpacked: int, packed: int) -> None:
        """How far the stream is. Raises as :func:`refuse_dense` once a whole stretch is too dense."""
        if unpacked - self._unpacked > FREE:
            refuse_dense(unpacked - self._unpacked, packed - self._packed, self._name)
            self._unpacked, self._packed = unpacked, packed
