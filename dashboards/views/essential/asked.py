"""What an address of the essential services asks for."""

from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.views import essential


def number_of(word: str | None) -> int:
    """The number of a service. Raises :class:`links.BadAddress`."""
    if word and word.isascii() and word.isdigit() and len(word) < 5:
        return int(word)
    raise links.BadAddress("dịch vụ trong địa chỉ không đúng")


def address(view: Selection, number: int | None = None, **more: str | None) -> str:
    """Of all services, or of one."""
    chosen = None if number is None else str(number)
    return links.dated(essential.VIEW.tablet, view, **{str(essential.VIEW.part_word): chosen, **more})
