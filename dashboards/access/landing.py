"""Where one comes to who has said nothing about where: what needs a directive, on the tablet or on the wall."""

from collections.abc import Set as AbstractSet

from dashboards.access import addresses
from dashboards.access.asker import Right
from dashboards.screens import links, nav


def landing(rights: AbstractSet[Right]) -> str:
    return addresses.DIRECTIVES if Right.DIRECTIVES in rights else links.PREFIX + nav.WALLS[0]
