"""What of the screens an asker may open, and as whom he sees it."""

from collections.abc import Mapping

from dashboards.access.asker import Asker, AskerKind, Right
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.screen import Name
from dashboards.views import VIEWS

_OF_CASES = (links.LIST, links.CASE, links.SUBJECT, links.OPEN)
_LISTING = frozenset(view.at(page) for view in VIEWS for page in view.case_pages)


class NotAllowed(links.BadAddress):
    """This asker may not see that; the message says so in Vietnamese."""


def needed(path: str) -> Right:
    """What a page's address asks for."""
    plain = path.rstrip("/")
    if plain in _LISTING or any(path.startswith(prefix) for prefix in _OF_CASES):
        return Right.CASES
    return Right.FIGURES


def check_unit(asker: Asker, query: Mapping[str, str]) -> None:
    """Of an address in which names are keys already. Raises :class:`NotAllowed`."""
    if asker.units and (unit := links.unit_of(query.get("don-vi"))) is not None and unit not in asker.units:
        raise NotAllowed("đơn vị này không phải của bạn")


def check_page(asker: Asker, path: str) -> None:
    """Raises :class:`NotAllowed`."""
    if not asker.may(needed(path)):
        raise NotAllowed("vai của bạn không xem được trang này")
    if asker.kind is AskerKind.DEVICE and asker.scopes and path.removeprefix(links.PREFIX) not in asker.scopes:
        raise NotAllowed("màn hình này không được mở trang đó")


def seen_by(asker: Asker, view: Selection) -> Selection:
    """The live view as this asker sees it. Raises :class:`NotAllowed`."""
    if not asker.may(Right.FIGURES):
        raise NotAllowed("vai của bạn không xem được màn hình này")
    if asker.kind is AskerKind.DEVICE and asker.scopes and view.screen not in (*asker.scopes, Name.FRAME):
        raise NotAllowed("màn hình này không được mở trang đó")
    if asker.units and view.unit and view.unit not in asker.units:
        raise NotAllowed("đơn vị này không phải của bạn")
    return view if not asker.units or view.screen == Name.FRAME else view._replace(scope=asker.units)
