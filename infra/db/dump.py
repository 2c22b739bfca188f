"""The schema of a database as text that can be compared."""

import re
import subprocess

from infra.errors import OperatorError

# What pg_dump writes anew each time or for its own restore: versions, session settings, a random \restrict token.
NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)?\n", flags=re.MULTILINE)
# pg_dump names the roles of a policy as they lie in the catalogue, which each change of a role's password moves.
POLICY_ROLES = re.compile(r"^(CREATE POLICY .* TO )([\w, ]+)( USING )", flags=re.MULTILINE)


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
    text = POLICY_ROLES.sub(_in_order, NOISE.sub("", ended.stdout))
    return re.sub(r";\n", ";\n\n", text).strip() + "\n"


def _in_order(policy: re.Match[str]) -> str:
    return policy[1] + ", ".join(sorted(policy[2].split(", "))) + policy[3]
