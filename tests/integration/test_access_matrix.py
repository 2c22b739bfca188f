"""Every route and page × every role × own and another's unit. Built from the routes themselves: one that is not in the
tables below fails, so that nobody adds one without saying who may ask for it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from dashboards.access.asker import Asker, AskerKind, Right, Role
from dashboards.access.settings import SignIn
from dashboards.api import rights
from dashboards.api.app import build
from dashboards.background_reads import Survey
from dashboards.counted_domains import OF_OWN_PAGES
from dashboards.hub import Hub
from dashboards.pages import AllPages
from dashboards.readers.asked_database import AskedDatabase, own_units
from dashboards.readers.database import Database
from dashboards.screens import links, nav
from dashboards.settings import ScreensSettings
from dashboards.views import VIEWS
from dashboards.views.topics.parameters import DomainName
from infra.endpoints import DatabaseUrls
from tests.askers import LEADER, answering, asking_as, for_askers
from tests.integration.sample_province import NOW, UNITS, play, tell

OWN, OTHER = UNITS[0], UNITS[1]
CASE = "H19.01/241231.0001"
PLACED = {"domain": "task", "code:path": CASE, "subject:path": "T", "opening": "T", "directive:path": "cd-a/x"}
SEES_FIGURES = {Role.LEADER, Role.DUTY_OFFICER, Role.UNIT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}
SEES_CASES = {Role.LEADER, Role.DUTY_OFFICER, Role.UNIT_OFFICER}
SEES_OPERATIONS = {Role.LEADER, Role.DUTY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}
F, C, O = (SEES_FIGURES | {Role.KIOSK, Role.PROGRAM}, SEES_CASES | {Role.PROGRAM}, SEES_OPERATIONS | {Role.PROGRAM})  # noqa: E741
D = SEES_CASES | {Role.AUDITOR, Role.PROGRAM}
ROUTES = {
    "/api/v1/directives": D,
    "/api/v1/directives/{directive:path}": D,
    "/api/v1/figures": F,
    "/api/v1/figures/province": F,
    "/api/v1/cases": C,
    "/api/v1/cases/{code:path}": C,
    "/api/v1/topics/{domain}/figures": F,
    "/api/v1/topics/{domain}/subjects": C,
    "/api/v1/topics/{domain}/subjects/{subject:path}": C,
    "/api/v1/sources": O,
    "/api/v1/forecast": F,
    "/api/v1/forecast/cases": C,
    "/api/v1/process": F,
    "/api/v1/process/cases": C,
    "/api/v1/chains": F,
    "/api/v1/chains/cases": C,
    "/api/v1/portal-gap": F,
    "/api/v1/portal-gap/cases": C,
    "/api/v1/scores": F,
    "/api/v1/scores/cases": C,
    "/api/v1/essential-services": F,
    "/api/v1/essential-services/units": F,
    "/api/v1/essential-services/cases": C,
    "/api/v1/openings/{opening}": C,
    "/api/v1/indicators": F,
    "/api/v1/readings": F,
    "/api/v1/openapi.json": F,
}
ANSWERED = {"/api/v1/directives/{directive:path}/answers": {Role.UNIT_OFFICER}}  # a key, where it has the scope
WITHOUT_UNITS = {"/api/v1/indicators", "/api/v1/openapi.json"}  # the same for everybody
LISTING = {"so-voi-cong/ho-so", "quy-trinh/ho-so", "lien-thong/ho-so", "diem-766/ho-so", "sap-tre"}  # of the tablet
ASKERS = (
    LEADER,
    *(
        Asker(AskerKind.ACCOUNT, role, role, role, (OWN,) if role is Role.UNIT_OFFICER else ())
        for role in (Role.DUTY_OFFICER, Role.UNIT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
    ),
    Asker(AskerKind.DEVICE, "wall", "Màn hình", Role.KIOSK),
    Asker(AskerKind.KEY, "key", "Chương trình", Role.PROGRAM),
    Asker(AskerKind.KEY, "own", "Chương trình của đơn vị", Role.PROGRAM, (OWN,)),
    Asker(AskerKind.KEY, "answers", "Chương trình trả lời", Role.PROGRAM, (OWN,), frozenset({Right.ANSWER.value})),
    Asker(AskerKind.KEY, "figures", "Chương trình số liệu", Role.PROGRAM, (), frozenset({Right.FIGURES.value})),
    Asker(AskerKind.KEY, "cases", "Chương trình hồ sơ", Role.PROGRAM, (), frozenset({Right.CASES.value})),
)


@pytest.fixture
async def readers(database: DatabaseUrls) -> AsyncIterator[AskedDatabase]:
    await play(database.streams, tell(20))
    async with (
        Database(database.screens, name="test", clock=lambda: NOW, patience=30) as province,
        own_units(database.units, name="test", clock=lambda: NOW, patience=30) as own,
    ):
        yield for_askers(province, own)


def placed(path: str) -> str:
    return re.sub(r"{([^}]+)}", lambda part: PLACED[part[1]], path)


def may(asker: Asker, allowed: set[Role], path: str) -> bool:
    if path == "/api/v1/sources" and asker.units:
        return False
    if asker.scopes:
        return {id(F): Right.FIGURES, id(C): Right.CASES}.get(id(allowed)) in asker.scopes
    return asker.role in allowed


async def test_every_route_of_the_api_for_every_role(readers: AskedDatabase) -> None:
    app = build(readers)
    assert {route.path for route in rights.routes(app)} == ROUTES.keys() | ANSWERED.keys()
    for asker in ASKERS:
        transport = httpx.ASGITransport(answering(app, asker), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
            for path, allowed in ROUTES.items():
                address = placed(path)
                for unit in (None, OWN, OTHER):
                    answer = await asking.get(address, params={} if unit is None else {"unit": unit})
                    refused = not may(asker, allowed, path) or (asker.units != () and unit == OTHER)
                    said = f"{asker.id} {path} {unit}: {answer.status_code} {answer.text[:200]}"
                    if refused and unit == OTHER and may(asker, allowed, path):  # some routes know no units
                        assert answer.status_code in (403, 422) or path in WITHOUT_UNITS, said
                    else:
                        assert (answer.status_code == 403) == refused, said
                    assert answer.status_code < 500, said
            for path, who in ANSWERED.items():
                sent = {"json": {"kind": "accepted", "after": 1}, "headers": {"Idempotency-Key": "k-00000001"}}
                answer = await asking.post(placed(path), **sent)  # type: ignore[arg-type]
                answers = asker.role in who or Right.ANSWER.value in asker.scopes
                assert answer.status_code == (404 if answers else 403), f"{asker.id} {answer.text}"


async def test_what_a_directive_says_is_no_subject_for_who_may_not_read_directives(readers: AskedDatabase) -> None:
    app = build(readers)
    for asker in ASKERS:
        transport = httpx.ASGITransport(answering(app, asker))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
            for path, found in (("subjects", 200), ("subjects/cd-a%2Fx", 404)):
                for domain in (one.value for one in DomainName):
                    needed = {Right.CASES, Right.DIRECTIVES} if domain in OF_OWN_PAGES else {Right.CASES}
                    answer = await asking.get(f"/api/v1/topics/{domain}/{path}")
                    said = f"{asker.id} {domain} {path}: {answer.text[:200]}"
                    assert answer.status_code == (found if needed <= asker.rights else 403), said


async def test_every_page_for_every_role(readers: AskedDatabase, database: DatabaseUrls) -> None:
    settings = ScreensSettings(
        database_screens=SecretStr(database.screens), sign_in=SignIn.DEMO, openings_kept=timedelta(days=7)
    )
    async with Database(database.screens, name="test", clock=lambda: NOW) as looking:
        pages = AllPages(readers, Hub(looking, settings, lambda: NOW, Survey(looking)), settings)
        walls = {f"{links.PREFIX}{name}": F for name in nav.WALLS}
        tablet = {view.at(page): C if page in LISTING else F for view in VIEWS for page in view.pages}
        assert {page for page in LISTING if links.TABLET + "/" + page in tablet} == LISTING
        tablet |= dict.fromkeys((links.TABLET, links.UNITS, links.CATALOGUE, links.TERMS), F)
        single = {f"{links.CASE}{CASE}": C, f"{links.LIST}none": C, f"{links.SUBJECT}task/T-1": C}
        for asker in ASKERS:
            for path, allowed in (walls | tablet | single).items():
                with asking_as(asker):
                    shown = str(await pages.show(path, ""))
                    foreign = str(await pages.show(path, f"?don-vi={OTHER}")) if asker.units else ""
                assert ("Không được phép" in shown) == (not may(asker, allowed, path)), (asker.id, path)
                if asker.units and path in walls | tablet and allowed is F:
                    assert OTHER not in foreign, (asker.id, path)


async def test_a_screen_on_a_wall_opens_its_own_walls_alone(readers: AskedDatabase, database: DatabaseUrls) -> None:
    settings = ScreensSettings(database_screens=SecretStr(database.screens), sign_in=SignIn.DEMO)
    device = Asker(AskerKind.DEVICE, "wall", "Sảnh", Role.KIOSK, (), frozenset({"ho-so"}))
    async with Database(database.screens, name="test", clock=lambda: NOW) as looking:
        pages = AllPages(readers, Hub(looking, settings, lambda: NOW, Survey(looking)), settings)
        with asking_as(device):
            assert "Không được phép" not in str(await pages.show(f"{links.PREFIX}ho-so", ""))
            for path in (*(f"{links.PREFIX}{name}" for name in nav.WALLS if name != "ho-so"), links.TABLET):
                assert "Không được phép" in str(await pages.show(path, "")), path
