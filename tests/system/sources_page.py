"""The examples of docs/sources.md, as one types them."""

import re

from schemas.field_tables import PAGE


def commands() -> list[str]:
    """Every ``curl`` of the page, in its order."""
    return re.findall(r"^```bash\n(curl .*?)\n```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
