"""How much a packed file may unpack to.

Tables and logs shrink to a tenth, very regular ones to a hundredth. A file that shrinks to a thousandth holds the same
letter over and over, and would cost minutes to be read to its end.
"""

from streams.intake.errors import IntakeError

FREE = 32 << 20  # bytes that any file may unpack to: a few seconds of reading
MOST_TIMES = 250


def refuse_dense(unpacked: int, packed: int) -> None:
    """Raises :class:`IntakeError` for a file that is mostly repetition. Bytes."""
    if unpacked > FREE and unpacked > MOST_TIMES * packed:
        raise IntakeError(f"the file unpacks to more than {MOST_TIMES} times its size, which no table or log does")
