"""From the body of one message to events and rejections. Pure: the same bytes give the same.

The body is JSON as public implementations send it: a list of cases or rows, or an object with ``service`` and such a
list in ``data``; one case or row alone is taken too. A record of a message that was sent may say beside ``data`` when
(``sent_at``) and what the portal answered (``response.error_code``); without ``sent_at`` a sync stands at the latest
moment that its message names, so that the same message is the same event whenever it arrives. ``isUpdating`` says
nothing that the moments do not, and is not read.
"""

from dataclasses import dataclass
from typing import Any

from schemas.case_portal import SyncMessage
from schemas.json_text import NotJson, decode
from streams.intake.dvcqg import case, progress
from streams.intake.dvcqg.answers import NOTHING_TOLD, DvcqgAnswer, told_of
from streams.intake.dvcqg.fields import Fields
from streams.intake.dvcqg.hazards import PROVINCE_CODE
from streams.intake.dvcqg.making import Making
from streams.intake.identity_hashing import Hasher
from streams.intake.rows import Rejection

MESSAGES = {message.value: message for message in SyncMessage}


@dataclass(frozen=True, slots=True)
class Converted:
    """``events`` are models of the contract of ``ioc.cases``; a message may bring some and have others rejected."""

    events: tuple[Any, ...]
    rejections: tuple[Rejection, ...]
    line: int = 1  # where the message stood in its file


def convert(
    message: str, body: bytes, source: str, hasher: Hasher, *, province: str = PROVINCE_CODE, line: int = 1
) -> Converted:
    """``message`` is the portal's name of it; empty where the body says it in ``service`` or by its fields."""
    try:
        said = decode(body)
    except NotJson:
        return Converted((), (Rejection(line, "body", "json_invalid"),), line)
    return convert_said(message, said, source, hasher, province=province, line=line)


def convert_said(
    message: str, said: Any, source: str, hasher: Hasher, *, province: str = PROVINCE_CODE, line: int = 1
) -> Converted:
    """The same of a message that has been read from JSON."""
    making = Making(source, hasher, line)
    _take(message, said, making, province)
    return Converted(tuple(making.events.values()), tuple(making.rejections), line)


def _take(message: str, said: Any, making: Making, province: str) -> None:
    told = NOTHING_TOLD
    if isinstance(said, dict) and "data" in said:
        service = said.get("service")
        message = message or (service if isinstance(service, str) else "")
        told = told_of(said, making)
        items, path = said["data"], "data"
    else:
        items, path = said, ""
    if isinstance(items, dict):
        items = [items]
    if not isinstance(items, list):
        making.fault(path or "body", "list_type")
        return
    objects = []
    for index, item in enumerate(items):
        if isinstance(item, dict):
            objects.append(Fields(item, f"{path}[{index}].", making.fault))
        else:
            making.fault(f"{path}[{index}]", "not_an_object")
    _convert(message or _guessed(objects), objects, making, told, province)


def _convert(message: str, objects: list[Fields], making: Making, told: DvcqgAnswer, province: str) -> None:
    match MESSAGES.get(message):
        case SyncMessage.CASE:
            for one in objects:
                case.convert(one, making, told, province)
        case SyncMessage.PROGRESS:
            progress.convert(objects, making, told, province)
        case _:
            making.fault("service", "unknown_message" if message else "missing")


def _guessed(objects: list[Fields]) -> str:
    """By the fields that only one of the two has."""
    if any(one.has("ThoiDiemXuLy") for one in objects):
        return SyncMessage.PROGRESS
    return SyncMessage.CASE if any(one.has("TrangThaiHoSo") or one.has("MaTTHC") for one in objects) else ""
