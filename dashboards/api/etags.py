"""``If-None-Match`` as RFC 9110 (8.8.3, 13.1.2) has it: ``*``, or a list of tags, weak ones too, compared weakly."""

import re

_TAG = r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"'
_LIST = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
_TAGS = re.compile(_TAG)


def holds(said: str, tag: str) -> bool:
    """Whether the client says that it holds what this tag stands for. What is no such list says nothing: a tag may
    hold commas and spaces, so no part of a broken one is taken for a whole one."""
    if not said:
        return False
    if said.strip(" \t") == "*":
        return True
    opaque = tag.removeprefix("W/")[1:-1]
    return _LIST.fullmatch(said) is not None and opaque in _TAGS.findall(said)
