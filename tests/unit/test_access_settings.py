"""What may be served where, and to whom."""

import pytest
from pydantic import SecretStr, ValidationError

from dashboards.access.settings import AccessSettings, SignIn

TABLE = SecretStr("postgresql://nowhere")
TLS = {"tls_certificate": "c.pem", "tls_key": "k.pem"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"sign_in": SignIn.DEMO}, None),
        ({}, "IOC_DATABASE_ACCESS"),
        ({"database_access": TABLE}, None),
        ({"sign_in": SignIn.DEMO, "address": "10.0.0.5", **TLS}, "IOC_SIGN_IN"),
        ({"database_access": TABLE, "address": "10.0.0.5"}, "IOC_TLS_CERTIFICATE"),
        ({"database_access": TABLE, "address": "10.0.0.5", "tls_key": "k.pem"}, "IOC_TLS_CERTIFICATE"),
        ({"database_access": TABLE, "address": "10.0.0.5", **TLS}, None),
        ({"database_access": TABLE, "address": "10.0.0.5", "proxies": "10.0.0.1"}, None),
    ],
)
def test_what_leaves_the_machine_asks_for_a_sign_in_and_tls(given: dict[str, object], missing: str | None) -> None:
    if missing is None:
        AccessSettings(**given)  # type: ignore[arg-type]
        return
    with pytest.raises(ValidationError, match=missing):
        AccessSettings(**given)  # type: ignore[arg-type]
