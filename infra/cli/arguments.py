"""What is wrong with an argument, in plain words: typer passes on those of pydantic."""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

FORMATS = "does not match the formats"


class PlainlyRefusing(TyperGroup):
    """A group whose verbs, and theirs, name the argument and the rule. Whether a file may be read is found out where it
    is read, and said as every other fault of it is."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for argument in arguments_of(self):
            argument.type_descriptor.parameter_info.readable = False

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as exc:
            exc.message = plainly(exc)
            raise


def arguments_of(command: Any) -> Iterator[Any]:
    """Of a verb, and of all below it."""
    yield from command.params
    for verb in getattr(command, "commands", {}).values():
        yield from arguments_of(verb)


def listed(text: str) -> tuple[str, ...]:
    """What is written with commas."""
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def plainly(exc: typer.BadParameter) -> str:
    """Its message in our words where it is pydantic's."""
    from pydantic import ValidationError

    from schemas.model_faults import rule_of

    if not isinstance(exc.__cause__, ValidationError):
        return str(exc.message)
    if FORMATS in exc.message:
        return "must be a day of the calendar, written as 2026-01-31"
    return "; ".join(rule_of(error) for error in exc.__cause__.errors(include_url=False, include_input=False))
