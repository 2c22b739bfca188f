"""What a model does not take, in plain words: the place and the rule, never the value."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

# By pydantic's name of the rule; the numbers are in its context.
RULES = {
    "missing": "is missing",
    "extra_forbidden": "is no key that there is",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "string_type": "must be text, in quotes",
    "string_pattern_mismatch": "must have the form {pattern}",
    "string_too_short": "must have at least {min_length} letter(s)",
    "string_too_long": "must have at most {max_length} letter(s)",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing"), "must be a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "must be a list"),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "timezone_aware"),
        "must be a moment with its zone, written as 2026-01-31T09:00+07:00",
    ),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "must be a table of keys and values"),
}


def faults_in(exc: ValidationError, whole: str) -> list[str]:
    """Each fault as the end of a sentence: ``columns.step is missing``. ``whole`` stands where no place is named."""
    return [_fault(error, whole) for error in exc.errors(include_url=False, include_input=False)]


def _fault(error: Any, whole: str) -> str:
    place = ".".join(str(part) for part in error["loc"]) or whole
    return f"{place}{' ' if error['type'] in RULES else ': '}{rule_of(error)}"


def rule_of(error: Any) -> str:
    """The rule that an entry of ``ValidationError.errors()`` breaks."""
    if error["type"] in RULES:
        return RULES[error["type"]].format(**error.get("ctx", {}))
    return str(error["msg"]).removeprefix("Value error, ")  # of our own, in our own words


def sentence(subject: str, faults: Sequence[str]) -> str:
    """One fault in a line, several below each other."""
    return (
        f"{subject}: {faults[0]}" if len(faults) == 1 else "\n".join([f"{subject}:", *(f"  {one}" for one in faults)])
    )
