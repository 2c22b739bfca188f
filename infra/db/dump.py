"""The schema of a database as text that can be compared."""

import re
import subprocess

from infra.errors import OperatorError

# What pg_dump writes anew each time or for its own restore: versions, session settings, a random \restrict token.
NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)?\n", flags=re.MULTILINE)


def dump_schema(pg_dump: str, url: str) -> str:
    """Tables, indexes, functions, views and rights of the schema ``public``, one blank line between statements."""
    ended = subprocess.run(
        [pg_dump, "--schema-only", "--no-owner", "--schema=public", f"--dbname={url}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if ended.returncode != 0:
        raise OperatorError(f"pg_dump failed: {ended.stderr.strip()[-1000:]}")
    return re.sub(r";\n", ";\n\n", NOISE.sub("", ended.stdout)).strip() + "\n"
