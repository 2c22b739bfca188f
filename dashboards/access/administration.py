"""The administrator's and the auditor's pages, and the page on which a screen waits for him."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.account_pages import AccountPages
from dashboards.access.device_pages import DevicePages
from dashboards.access.key_pages import KeyPages
from dashboards.access.record import Record
from dashboards.access.record_pages import RecordPages
from dashboards.access.screen_pairing import ScreenPairing
from dashboards.access.store import AccessStore


def administration(access: Access, store: AccessStore, record: Record) -> APIRouter:
    """``store`` and ``record`` are there whenever people sign in, and with them everything that these need."""
    routes = APIRouter(include_in_schema=False)

    @routes.get(addresses.ADMINISTRATION)
    async def first() -> Response:
        return RedirectResponse(addresses.DEVICES, HTTPStatus.SEE_OTHER)

    if access.pairings is not None and access.registrar is not None:
        routes.include_router(ScreenPairing(access, access.pairings).router())
        routes.include_router(DevicePages(access, access.pairings, store).router())
        routes.include_router(AccountPages(access, store, record, access.registrar).router())
        routes.include_router(KeyPages(access, access.registrar).router())
    if access.record_reader is not None:
        routes.include_router(RecordPages(access, access.record_reader).router())
    return routes
