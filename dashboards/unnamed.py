"""What stands where a thing has no name: that it has none, beside its key. The operator finds it by ``ioc reference
unknown``."""

from collections.abc import Mapping

UNNAMED = "chưa có tên: "


def unnamed(key: str) -> str:
    """What a source wrote in words, or as an abbreviation in capitals, stands as it is: it is a name."""
    return key if not key or " " in key.strip() or (key.isalpha() and key.isupper()) else f"{UNNAMED}{key}"


def named(names: Mapping[str, str], key: str) -> str:
    return names.get(key) or unnamed(key)
