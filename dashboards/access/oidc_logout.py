"""Back-channel logout (OpenID Connect): the provider itself tells that somebody's session there has ended.

It comes from no browser, so the gate lets it pass without what browsers say of themselves; what it brings is a token of
the provider's, and without one nothing is done. All sessions of the account end: which of them began by which session
there is not kept.
"""

import logging
from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from dashboards.access import addresses, id_token
from dashboards.access.access import Access
from dashboards.access.asker import nobody
from dashboards.access.frame import NOT_KEPT
from dashboards.access.not_admitted import SENTENCES, NotAdmitted, WhyNot
from dashboards.access.oidc_pages import TRIED
from dashboards.access.provider import Provider
from dashboards.access.record import Deed, Record
from dashboards.access.sign_in import FAILURES_FROM_ADDRESS, short_form
from dashboards.access.store import AccessStore
from dashboards.fair_turns import client_of
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)


class OidcLogout:
    def __init__(self, access: Access, store: AccessStore, record: Record, provider: Provider) -> None:
        self._access, self._store, self._record, self._provider = access, store, record, provider

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.OIDC_ENDED, self.end, methods=["POST"])
        return routes

    async def end(self, request: Request) -> Response:
        address = client_of(request.scope)
        try:
            await self._end((await short_form(request)).get("logout_token", ""), address)
        except NotAdmitted as exc:
            log.warning("oidc=logout-refused reason=%s", exc.reason.value)
            away = exc.reason is WhyNot.AWAY
            try:
                if exc.reason in TRIED:
                    await self._store.failed("", address, self._access.clock())
            except NotRead:
                away = True
            status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.BAD_REQUEST
            return PlainTextResponse(exc.reason.value, status, NOT_KEPT)
        except NotRead:
            return PlainTextResponse(WhyNot.STORE.value, SENTENCES[WhyNot.STORE][1], NOT_KEPT)
        return Response(status_code=HTTPStatus.OK, headers=NOT_KEPT)

    async def _end(self, token: str, address: str) -> None:
        """Raises :class:`NotAdmitted`, :class:`schemas.sqlstates.NotRead`."""
        now, settings = self._access.clock(), self._provider.settings
        _, from_address = await self._store.failures("", address, now)
        if from_address >= FAILURES_FROM_ADDRESS:
            raise NotAdmitted(WhyNot.OFTEN)
        claims = await self._provider.claims(token)
        id_token.check_logout(claims, issuer=settings.oidc_issuer, client=settings.oidc_client, now=now)
        account = await self._store.account(claims["sub"], settings.oidc_issuer)
        if account is None:
            return  # it never came here
        ended = await self._store.end(now, account=account.id)
        self._access.ended(ended)
        await self._record.write(replace(nobody(address), id=account.id), Deed.SESSION_ENDED, f"oidc {len(ended)}")
