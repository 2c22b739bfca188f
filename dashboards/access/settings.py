"""What the operator may set of who may use the centre, from ``IOC_*`` variables; the same for screens and data API."""

from datetime import timedelta
from enum import StrEnum

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SignIn(StrEnum):
    """``accounts``: people sign in, with an account of our own or by OpenID Connect. ``demo``: on this machine and with
    simulated data alone, a visitor is a leader without doing anything, and may be another role."""

    ACCOUNTS = "accounts"
    DEMO = "demo"


class AccessSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    sign_in: SignIn = SignIn.ACCOUNTS
    database_access: SecretStr = Field(
        default=SecretStr(""), description="URL of the database with the rights of the role `access`."
    )
    database_units: SecretStr = Field(
        default=SecretStr(""), description="The same, of the role `units`, which reads for askers of some units."
    )
    address: str = Field(default="127.0.0.1", description="On which address of this machine to serve.")
    tls_certificate: str = Field(default="", description="File of the certificate, with its chain.")
    tls_key: str = Field(default="", description="File of its key.")
    proxies: str = Field(
        default="",
        description="Addresses of proxies, by commas, whose X-Forwarded-For and -Proto are believed; of others they are"
        " not read.",
    )
    session_idle: timedelta = Field(
        default=timedelta(hours=1), description="A session ends when nothing was asked for so long; own choice."
    )
    session_longest: timedelta = Field(
        default=timedelta(hours=12), description="And in any case after so long: a working day; own choice."
    )
    record_kept: timedelta = Field(
        default=timedelta(days=5 * 365), description="How long sign-ins, refusals, accounts and keys stay on record."
    )
    record_reads_kept: timedelta = Field(
        default=timedelta(days=2 * 365), description="And what was read: lists, cases, exports; at least 90 days."
    )
    demo_unit: str = Field(default="26041", description="Whose officer a visitor of a demo may be.")

    @model_validator(mode="after")
    def _safe(self) -> "AccessSettings":
        if self.sign_in is SignIn.ACCOUNTS and not self.database_access.get_secret_value():
            raise ValueError("IOC_SIGN_IN=accounts needs IOC_DATABASE_ACCESS, where accounts and sessions are kept")
        if self.address in LOOPBACK:
            return self
        if self.sign_in is SignIn.DEMO:
            raise ValueError("IOC_ADDRESS leaves this machine, so IOC_SIGN_IN must be accounts")
        if not self.proxies and not (self.tls_certificate and self.tls_key):
            raise ValueError(
                "IOC_ADDRESS leaves this machine: set IOC_TLS_CERTIFICATE and IOC_TLS_KEY, or IOC_PROXIES"
                " for a proxy that speaks TLS"
            )
        return self
