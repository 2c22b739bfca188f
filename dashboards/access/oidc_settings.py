"""What the operator may set of signing in by OpenID Connect, from ``IOC_OIDC_*`` variables. Without an issuer there is
none. How each is called in Keycloak: docs/access.md."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboards.access.asker import PEOPLE, Role
from dashboards.access.settings import LOOPBACK


def safe_url(url: str) -> bool:
    """Whether secrets and tokens may go there: TLS, or this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


class OidcSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    oidc_issuer: str = Field(
        default="", description="The provider, exactly as it calls itself (iss): https://sso.example/realms/tinh."
    )
    oidc_client: str = Field(default="", description="How this centre is called there (client_id).")
    oidc_secret: SecretStr = Field(default=SecretStr(""), description="Of a confidential client; none of a public one.")
    oidc_scopes: str = Field(default="openid profile", description="What is asked for; openid is always among them.")
    oidc_role_claim: str = Field(
        default="realm_access.roles", description="The ID token's claim with roles or groups: a path with dots."
    )
    oidc_roles: Mapping[str, Role] = Field(
        default={}, description="JSON, from a value of that claim to our role; of several the one named first counts."
    )
    oidc_units_claim: str = Field(default="units", description="The claim with the keys of a unit officer's units.")
    oidc_button: str = Field(
        default="Đăng nhập bằng tài khoản tỉnh", min_length=1, max_length=60, description="The words of the button."
    )

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, url: str) -> str:
        if url and (not safe_url(url) or urlsplit(url).query or urlsplit(url).fragment):
            raise ValueError("IOC_OIDC_ISSUER is an address with https:// (http:// on this machine alone), without '?'")
        return url

    @field_validator("oidc_roles")
    @classmethod
    def _roles(cls, roles: Mapping[str, Role]) -> Mapping[str, Role]:
        if any(role not in PEOPLE for role in roles.values()):
            raise ValueError(f"IOC_OIDC_ROLES gives the roles of people: {', '.join(PEOPLE)}")
        return roles

    @field_validator("oidc_scopes")
    @classmethod
    def _scopes(cls, scopes: str) -> str:
        return " ".join(dict.fromkeys(["openid", *scopes.split()]))

    @model_validator(mode="after")
    def _whole(self) -> "OidcSettings":
        if self.oidc_issuer and not self.oidc_client:
            raise ValueError("IOC_OIDC_ISSUER needs IOC_OIDC_CLIENT, the name of this centre at the provider")
        return self
