"""A view's snapshot as every viewer gets it: rendered once, serialised once."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dash.development.base_component import Component

from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Ground
from dashboards.release import release_of
from dashboards.screens.screen import Screen
from dashboards.settings import ScreensSettings
from dashboards.source_silence import Condition, State
from schemas.json_text import encode

Version = tuple[int, int, int]  # epoch, sum of next offsets, as_of in microseconds


@dataclass(frozen=True, slots=True)
class Sent:
    """One event of the stream."""

    version: Version
    event: bytes
    parts: dict[str, dict[str, Any]]


def render(screen: Screen, live: Ground, settings: ScreensSettings, before: Rule | None) -> tuple[Sent, Rule]:
    """The view as it is, and as it is to look when it hears no more."""
    parts, rule = screen.render(live, settings, before)
    unheard = Condition(State.OFFLINE, since=live.condition.since if live.condition.dead else live.as_of)
    offline, _ = screen.render(replace(live, condition=unheard), settings, before)
    position = live.feeding.position
    version = (position.epoch, position.next, round(live.as_of.timestamp() * 1_000_000))
    body = {
        "id": version,
        "asOf": round(live.as_of.timestamp() * 1000),
        "offlineAfter": round(settings.offline_after.total_seconds() * 1000),
        "release": _release(),
        "parts": parts,
        "offline": offline,
    }
    data = encode(body, _component)
    return Sent(version, b"id: %d-%d-%d\ndata: %s\n\n" % (*version, data), parts), rule


@cache
def _release() -> str:
    return release_of(Path(__file__).parent)


def _component(value: object) -> object:
    if isinstance(value, Component):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} cannot be sent to a browser")
