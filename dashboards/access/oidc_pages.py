"""Signing in by OpenID Connect: a browser goes to the provider and comes back with a code.

What binds both is one random secret that the browser holds in a cookie for ten minutes. ``state``, ``nonce`` and the
PKCE verifier are made from it, so an answer that belongs to another browser fits none of them; the hash of ``state`` in
the table makes it good for once.
"""

import logging
import secrets
from base64 import urlsafe_b64encode
from dataclasses import replace
from hmac import compare_digest, digest
from http import HTTPStatus
from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses, id_token
from dashboards.access.access import Access, cookie, cookies_of
from dashboards.access.asker import Asker, AskerKind, Role, nobody
from dashboards.access.claimed import claimed
from dashboards.access.frame import NOT_KEPT
from dashboards.access.gate import origin_of
from dashboards.access.not_admitted import SENTENCES, NotAdmitted, WhyNot
from dashboards.access.provider import Provider
from dashboards.access.record import Deed, Record
from dashboards.access.sign_in import FAILURES_FROM_ADDRESS, SignInPages
from dashboards.access.store import BEGUN_WITHIN, AccessStore, PersonalAccount
from dashboards.fair_turns import client_of
from dashboards.screens import links
from schemas.access_token import fingerprint
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
BEGUN_COOKIE = "__Host-ioc-oidc"
LONGEST_SECRET = 100
# What somebody makes who tries answers of his own; it counts like a wrong password from that address.
TRIED = frozenset(
    {WhyNot.STATE, WhyNot.CODE, WhyNot.ISSUER, WhyNot.AUDIENCE, WhyNot.NONCE, WhyNot.SIGNATURE, WhyNot.EXPIRED}
)
# Of whom the provider knows and we do not admit: he may want to come as somebody else.
ANOTHER = frozenset({WhyNot.ROLE, WhyNot.UNITS, WhyNot.DISABLED})


class Derived(NamedTuple):
    """What is made from the browser's secret."""

    state: str
    nonce: str
    verifier: str


def derived(secret: str) -> Derived:
    return Derived(*(_part(secret, word) for word in Derived._fields))


def _part(secret: str, word: str) -> str:
    return urlsafe_b64encode(digest(secret.encode(), word.encode(), "sha256")).rstrip(b"=").decode()


class OidcPages:
    def __init__(
        self, access: Access, store: AccessStore, record: Record, provider: Provider, pages: SignInPages
    ) -> None:
        self._access, self._store, self._record = access, store, record
        self._provider, self._pages = provider, pages

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.OIDC, self.begin, methods=["GET"])
        routes.add_api_route(addresses.OIDC_BACK, self.back, methods=["GET"])
        return routes

    async def begin(self, request: Request) -> Response:
        secret, next_ = secrets.token_urlsafe(32), request.query_params.get(addresses.NEXT, "")
        made, now = derived(secret), self._access.clock()
        try:
            there = await self._provider.begin(**made._asdict(), back=_back(request))
            await self._store.begin_oidc(fingerprint(made.state), _kept(next_), now)
        except NotAdmitted as exc:
            return await self._refused(request, exc, next_)
        except NotRead:
            return self._said(WhyNot.STORE, next_)
        answer = RedirectResponse(there, HTTPStatus.SEE_OTHER, NOT_KEPT)
        seconds = int(BEGUN_WITHIN.total_seconds())
        answer.headers.append("Set-Cookie", cookie(BEGUN_COOKIE, secret, seconds=seconds))
        return answer

    async def back(self, request: Request) -> Response:
        try:
            answer = await self._admitted(request)
        except NotAdmitted as exc:
            answer = await self._refused(request, exc)
        except NotRead:
            answer = self._said(WhyNot.STORE)
        answer.headers.append("Set-Cookie", cookie(BEGUN_COOKIE, "", seconds=0))
        return answer

    async def _admitted(self, request: Request) -> Response:
        given, now = request.query_params, self._access.clock()
        _, from_address = await self._store.failures("", client_of(request.scope), now)
        if from_address >= FAILURES_FROM_ADDRESS:
            raise NotAdmitted(WhyNot.OFTEN)
        secret = cookies_of(request.headers).get(BEGUN_COOKIE, "")
        made = derived(secret)
        if not 0 < len(secret) <= LONGEST_SECRET or not compare_digest(
            given.get("state", "").encode(), made.state.encode()
        ):
            raise NotAdmitted(WhyNot.STATE)
        next_ = await self._store.take_oidc(fingerprint(made.state), now)
        if next_ is None:
            raise NotAdmitted(WhyNot.STATE)
        await self._provider.check_answer(given.get("iss"))
        if "error" in given or "code" not in given:
            away = given.get("error") in ("temporarily_unavailable", "server_error")
            raise NotAdmitted(WhyNot.AWAY if away else WhyNot.DENIED)
        token = await self._provider.token(given["code"], verifier=made.verifier, back=_back(request))
        claims = await self._provider.claims(token)
        settings = self._provider.settings
        id_token.check(
            claims,
            issuer=settings.oidc_issuer,
            client=settings.oidc_client,
            nonce=made.nonce,
            now=self._access.clock(),
        )
        return await self._pages.begin(request, await self._account(claims, client_of(request.scope)), next_, "oidc")

    async def _account(self, claims: id_token.Claims, address: str) -> PersonalAccount:
        """Whose token it is, as he is today. Raises :class:`NotAdmitted`."""
        issuer, now = self._provider.settings.oidc_issuer, self._access.clock()
        person = claimed(claims, self._provider.settings)
        known = await self._store.account(person.subject, issuer)
        if known is not None and known.disabled:
            raise NotAdmitted(WhyNot.DISABLED, known.id)
        decided = known if known is not None and known.by_operator else person
        role, units = decided.role, decided.units
        if role is None or (role is Role.UNIT_OFFICER and not units):
            if known is not None:  # what he began with the role that he had ends here
                self._access.ended(await self._store.end(now, account=known.id))
            raise NotAdmitted(WhyNot.ROLE if role is None else WhyNot.UNITS, known.id if known else "")
        brought = await self._store.bring_up_to_date(issuer, person.subject, person.name, role, units, now)
        account = brought.account
        if brought.ended is not None:
            self._access.ended(brought.ended)
        if brought.new or brought.ended is not None:
            deed = Deed.ACCOUNT_MADE if brought.new else Deed.ACCOUNT_CHANGED
            asker = Asker(AskerKind.ACCOUNT, account.id, account.name, account.role, account.units, address=address)
            await self._record.write(asker, deed, account.id)
        return account

    async def _refused(self, request: Request, refusal: NotAdmitted, next_: str = "") -> Response:
        address, reason = client_of(request.scope), refusal.reason
        log.warning("oidc=refused reason=%s", reason.value)
        asker = replace(nobody(address), id=refusal.account)
        try:
            if reason in TRIED:
                await self._store.failed("", address, self._access.clock())
            await self._record.write(asker, Deed.NOT_SIGNED_IN, f"oidc {reason.value}")
        except NotRead:
            reason = WhyNot.STORE
        leave = await self._provider.signed_out(_after(request)) if reason in ANOTHER else None
        return self._said(reason, next_, leave)

    def _said(self, reason: WhyNot, next_: str = "", leave: str | None = None) -> Response:
        words, status = SENTENCES[reason]
        return self._pages.shown(next_, words, status, leave)


def _back(request: Request) -> str:
    """Where the provider sends the browser back to: the host that it asked, which the outermost gate has checked."""
    return origin_of(request.scope) + addresses.OIDC_BACK


def _after(request: Request) -> str:
    return origin_of(request.scope) + addresses.SIGN_IN


def _kept(next_: str) -> str:
    """Where to go on. Not to what opens a number: the browser comes from another site, from where nobody may write."""
    path = addresses.ours(next_) or ""
    return "" if path.startswith(links.OPEN) else path
