"""What a browser is told over TLS: to come by TLS alone from now on, a year long (ASVS 5.0: 3.4.1)."""

from starlette.types import Scope

STRICT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def strict_transport(scope: Scope) -> dict[str, str]:
    """Headers. Without TLS, which is on this machine alone, a browser takes no notice of them."""
    return STRICT if scope["scheme"] == "https" else {}
