"""The wall."""

from dashboards.screens.screen import Screen, unread_of
from dashboards.views.gap import live, wall

SCREEN = Screen(wall.render, wall.layout, live.read, unread_of(live.BesidePortal))
