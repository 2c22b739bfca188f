"""The provider of OpenID Connect as we ask it: where its addresses are, its keys, a code for a token.

Every question has :data:`WAIT` seconds, waiting for another's included. Nothing that the provider says is shown or
logged; what goes wrong is :class:`dashboards.access.not_admitted.NotAdmitted` with its reason.
"""

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
import msgspec
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from dashboards.access import id_token
from dashboards.access.not_admitted import NotAdmitted, WhyNot
from dashboards.access.oidc_settings import OidcSettings, safe_url

log = logging.getLogger(__name__)
WAIT = 5.0  # seconds for each question
LONGEST_ANSWER = 262_144  # bytes
DISCOVERY = "/.well-known/openid-configuration"
# Where a sign-in begins the provider is asked again, so that a person is told here that it is away and not sent there.
SEEN_LATELY = 5.0  # seconds
KEYS_KEPT = 600.0  # seconds; a key that the provider has withdrawn is taken no longer
KEYS_AGAIN = 60.0  # seconds between two questions because of a key that is not known


class ProviderAddresses(BaseModel):
    """Of the provider's discovery document what we use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False

    @field_validator("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
    @classmethod
    def _safe(cls, url: str | None) -> str | None:
        if url is not None and not safe_url(url):
            raise ValueError("an address without TLS")
        return url


class Provider:
    """One for a process; ``monotonic``: seconds, for what is kept a while."""

    def __init__(
        self,
        settings: OidcSettings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings, self._monotonic = settings, monotonic
        # The machine's own certificates, to which an operator can add the province's; no proxy by the environment.
        self._http = httpx.AsyncClient(
            timeout=WAIT, verify=ssl.create_default_context(), trust_env=False, transport=transport
        )
        self._asking = asyncio.Lock()
        self._addresses: ProviderAddresses | None = None
        self._keys: id_token.Keys = ()
        self._seen_at = self._keys_at = self._again_at = float("-inf")

    async def __aenter__(self) -> "Provider":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def begin(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where a browser goes to sign in; ``back`` is where it comes back to."""
        addresses = await self._discovered(SEEN_LATELY)
        url, _ = self._client(back).create_authorization_url(
            addresses.authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
        )
        return str(url)

    async def check_answer(self, issuer: str | None) -> None:
        """That an answer's ``iss``, if there has to be one, is the provider's (RFC 9207)."""
        addresses = await self._discovered(float("inf"))
        if (issuer is not None or addresses.authorization_response_iss_parameter_supported) and (
            issuer != self.settings.oidc_issuer
        ):
            raise NotAdmitted(WhyNot.ISSUER)

    async def token(self, code: str, *, verifier: str, back: str) -> str:
        """The ID token for a code."""
        addresses = await self._discovered(float("inf"))
        asked = prepare_token_request("authorization_code", code=code, redirect_uri=back, code_verifier=verifier)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        _, headers, body = self._authentication().prepare("POST", addresses.token_endpoint, form, asked)
        status, answer = await self._ask("POST", addresses.token_endpoint, headers=headers, content=body)
        if status >= 500 or status == 429:
            raise NotAdmitted(WhyNot.AWAY)
        if status != 200:
            known = status != 401 and answer.get("error") not in ("invalid_client", "unauthorized_client")
            raise NotAdmitted(WhyNot.CODE if known else WhyNot.CLIENT)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotAdmitted(WhyNot.SIGNATURE)
        return token

    async def claims(self, token: str) -> id_token.Claims:
        """Of a token whose signature is the provider's."""
        try:
            return id_token.claims_of(token, await self._known_keys())
        except id_token.UnknownKey:
            return id_token.claims_of(token, await self._known_keys(again=True))

    async def signed_out(self, back: str) -> str | None:
        """Where a browser ends its session at the provider too; ``None`` where it has no such address or is away."""
        try:
            addresses = await self._discovered(float("inf"))
        except NotAdmitted:
            return None
        if addresses.end_session_endpoint is None:
            return None
        # Without id_token_hint: a token in an address lies about in histories and logs. The provider asks instead.
        asked = {"client_id": self.settings.oidc_client, "post_logout_redirect_uri": back}
        more = "&" if "?" in addresses.end_session_endpoint else "?"
        return addresses.end_session_endpoint + more + urlencode(asked)

    def _authentication(self) -> Any:
        name, secret = self.settings.oidc_client, self.settings.oidc_secret.get_secret_value()
        if not secret:
            return ClientAuth(name, None, "none")
        # Both encoded as in a form (RFC 6749, 2.3.1), which authlib leaves to its caller.
        return ClientAuth(quote_plus(name), quote_plus(secret), "client_secret_basic")

    def _client(self, back: str) -> Any:
        return OAuth2Client(
            session=None,
            client_id=self.settings.oidc_client,
            scope=self.settings.oidc_scopes,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    async def _discovered(self, lately: float) -> ProviderAddresses:
        """Its addresses, asked again if that was longer ago than ``lately`` seconds."""
        url = self.settings.oidc_issuer.rstrip("/") + DISCOVERY
        async with _limited(), self._asking:
            if self._addresses is not None and self._monotonic() - self._seen_at <= lately:
                return self._addresses
            try:
                found = ProviderAddresses.model_validate(await self._read(url))
            except ValidationError as exc:
                raise _away("discovery") from exc
            if found.issuer != self.settings.oidc_issuer:
                raise _away("issuer")
            self._addresses, self._seen_at = found, self._monotonic()
            return found

    async def _known_keys(self, *, again: bool = False) -> id_token.Keys:
        addresses = await self._discovered(float("inf"))
        async with _limited(), self._asking:
            now = self._monotonic()
            if again and now - self._again_at >= KEYS_AGAIN:
                self._again_at = now
            elif now - self._keys_at < KEYS_KEPT:
                return self._keys
            found = (await self._read(addresses.jwks_uri)).get("keys")
            if not isinstance(found, list):
                raise _away("keys")
            self._keys, self._keys_at = [one for one in found if isinstance(one, dict)], now
            return self._keys

    async def _read(self, url: str) -> Mapping[str, Any]:
        status, answer = await self._ask("GET", url)
        if status != 200:
            raise _away(f"status-{status}")
        return answer

    async def _ask(self, method: str, url: str, **more: Any) -> tuple[int, Mapping[str, Any]]:
        """Status and JSON object; an object without anything where there is another answer."""
        try:
            async with _limited(), self._http.stream(method, url, **more) as answer:
                body = b""
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > LONGEST_ANSWER:
                        raise _away("too-long")
                return answer.status_code, _object(body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as exc:
            raise _away(type(exc).__name__) from exc


@asynccontextmanager
async def _limited() -> AsyncIterator[None]:
    """So many seconds and no more, whatever is waited for."""
    try:
        async with asyncio.timeout(WAIT):
            yield
    except TimeoutError as exc:
        raise _away("timeout") from exc


def _away(why: str) -> NotAdmitted:
    log.warning("oidc=away error=%s", why)
    return NotAdmitted(WhyNot.AWAY)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}
