"""What a source may be called, wherever its name is given: in an event, at the registration, in a mapping, a setting.

CloudEvents asks for a URI reference. Ours also begins with a letter (``urn:dongnai:mot-cua``, ``https://…``) or with
``/``: a ``*`` would read as "every source" where sources are granted or listed, a ``+2009-…`` or ``2009-…`` as a time,
and a ``=``, ``+``, ``-`` or ``@`` in front makes a formula of an exported cell. Control and bidirectional characters,
which show another name than there is, are in no URI.
"""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

MOST_LETTERS = 120
RULE = (  # as an operator is told it
    f"is a URI reference of up to {MOST_LETTERS} letters (ASCII, no spaces) that begins with a letter or '/',"
    " e.g. urn:dongnai:mot-cua"
)
_NAME = re.compile(r"[A-Za-z/](?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")


def fits(text: str) -> bool:
    """Whether a source may be called so."""
    return len(text) <= MOST_LETTERS and _NAME.fullmatch(text) is not None


@lru_cache(maxsize=10_000)  # every event is asked; a name that does not fit is not kept
def _checked(text: str) -> str:
    if not fits(text):
        raise PydanticCustomError("no_source_name", "a source's name is a URI reference that begins with a letter or /")
    return text


Source = Annotated[
    str,
    # The pattern is the contract's of all versions; the rule beside it is narrower than any schema was.
    StringConstraints(min_length=1, max_length=MOST_LETTERS, pattern=r"^[!-~]+$"),
    AfterValidator(_checked),
    Field(description="URI reference of the system that says it, e.g. urn:ioc:simulated."),
]
