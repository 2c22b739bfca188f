"""What can go wrong while running the system, worded for the person at the terminal."""


class OperatorError(Exception):
    """Something the operator can act on. The message is shown as it is, without a traceback."""
