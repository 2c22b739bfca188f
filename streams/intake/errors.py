"""What can be wrong with a file or a mapping as a whole, worded for the person at the terminal."""


class IntakeError(Exception):
    """Nothing (more) can be read of this file with this mapping."""
