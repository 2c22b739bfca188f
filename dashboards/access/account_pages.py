"""``/quan-tri/tai-khoan``: who may sign in, and as what."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import PEOPLE, ROLE_WORDS, Asker, Role
from dashboards.access.fit_access import UnfitAccess
from dashboards.access.frame import cell, choice, field, form, heading, hidden, line, link, secret, table
from dashboards.access.manager import NOT_THERE, listed, managed, manager, unfit
from dashboards.access.record import Deed, Record
from dashboards.access.registrar import Registrar
from dashboards.access.registry import ListedAccount
from dashboards.access.sign_in import short_form
from dashboards.access.store import AccessStore
from dashboards.words import day

ROLES = [(role.value, ROLE_WORDS[role]) for role in PEOPLE]
ONCE = "Mật khẩu này chỉ hiện một lần; lần đăng nhập đầu phải đổi."
UNITS = "Đơn vị, mã cách nhau bằng dấu phẩy (chỉ của Cán bộ đơn vị)"
ENDS = "Đổi vai, khóa hay cấp mật khẩu mới đều kết thúc các phiên của tài khoản, kể cả màn hình đang mở."


class AccountPages:
    def __init__(self, access: Access, store: AccessStore, record: Record, registrar: Registrar) -> None:
        self._access, self._store, self._record, self._registrar = access, store, record, registrar

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.ACCOUNTS, self.show, methods=["GET"])
        routes.add_api_route(addresses.ACCOUNTS, self.do, methods=["POST"])
        return routes

    async def show(self, request: Request) -> Response:
        asker = await manager(self._access, addresses.ACCOUNTS)
        if "ten" not in request.query_params:
            return await self._all(asker)
        account = await self._account(request.query_params)
        if account is None:
            return await self._all(asker, NOT_THERE, HTTPStatus.NOT_FOUND)
        return self._one(asker, account)

    async def do(self, request: Request) -> Response:
        asker = await manager(self._access, addresses.ACCOUNTS, writes=True)
        given = await short_form(request)
        if given.get("viec") == "them":
            return await self._add(asker, given)
        account = await self._account(given)
        if account is None:
            return await self._all(asker, NOT_THERE, HTTPStatus.NOT_FOUND)
        try:
            password = await self._change(asker, account, given)
        except UnfitAccess as exc:
            return self._one(asker, account, unfit(exc), HTTPStatus.UNPROCESSABLE_ENTITY)
        except LookupError:
            return await self._all(asker, NOT_THERE, HTTPStatus.NOT_FOUND)
        await self._access.reread()
        if password is not None:
            return self._told(asker, account.subject, password)
        return RedirectResponse(_address(account), HTTPStatus.SEE_OTHER)

    async def _add(self, asker: Asker, given: Mapping[str, str]) -> Response:
        subject, name = given.get("ten", "").strip(), given.get("ho-ten", "").strip()
        role, units = given.get("vai", ""), listed(given.get("don-vi", ""))
        try:
            password = await self._registrar.add_account(asker, subject, name, role, units)
        except UnfitAccess as exc:
            return await self._all(asker, unfit(exc), HTTPStatus.UNPROCESSABLE_ENTITY, given)
        return self._told(asker, subject, password)

    async def _change(self, asker: Asker, account: ListedAccount, given: Mapping[str, str]) -> str | None:
        """A new password, where one is asked for."""
        change = self._registrar.change_account
        match given.get("viec"):
            case "vai":
                return await change(asker, account, role=given.get("vai", ""), units=listed(given.get("don-vi", "")))
            case "khoa":
                return await change(asker, account, disabled=True)
            case "mo":
                return await change(asker, account, disabled=False)
            case "mat-khau":
                return await change(asker, account, password=True)
            case "phien":
                found = await self._store.account(account.subject, account.issuer)
                ended = await self._store.end(self._access.clock(), account=found.id) if found else []
                await self._record.write(asker, Deed.SESSION_ENDED, f"{account.subject} {len(ended)}")
                return None
        raise LookupError

    async def _account(self, given: Mapping[str, str]) -> ListedAccount | None:
        wanted = (given.get("ten", ""), given.get("noi", ""))
        found = await self._registrar.accounts()
        return next((one for one in found if (one.subject, one.issuer) == wanted), None)

    def _told(self, asker: Asker, subject: str, password: str) -> Response:
        main = [
            heading(f"Mật khẩu của {subject}"),
            secret(password),
            line(ONCE),
            link("Đã ghi lại, về danh sách", addresses.ACCOUNTS),
        ]
        return managed(addresses.ACCOUNTS, main, asker)

    async def _all(
        self,
        asker: Asker,
        said: str = "",
        status: HTTPStatus = HTTPStatus.OK,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        typed = typed or {}
        rows = [
            (
                cell(account.subject + (f" ({account.issuer})" if account.issuer else "")),
                cell(account.name),
                cell(ROLE_WORDS[Role(account.role)]),
                cell(", ".join(account.units) or "toàn tỉnh"),
                cell("đã khóa" if account.disabled_at else str(account.sessions)),
                link("Sửa", _address(account), name=f"Sửa {account.subject}"),
            )
            for account in await self._registrar.accounts()
        ]
        adding = form(
            addresses.ACCOUNTS,
            hidden("viec", "them"),
            field("Tên đăng nhập, ví dụ: can.bo", "ten", value=typed.get("ten", "")),
            field("Họ tên, như màn hình ghi", "ho-ten", value=typed.get("ho-ten", "")),
            choice("Vai", "vai", ROLES, typed.get("vai", Role.UNIT_OFFICER)),
            field(UNITS, "don-vi", value=typed.get("don-vi", ""), needed=False),
            button="Thêm tài khoản",
            first=True,
        )
        main = [
            heading("Tài khoản"),
            table(("Tên đăng nhập", "Họ tên", "Vai", "Đơn vị", "Phiên", ""), rows),
            heading("Thêm tài khoản"),
            adding,
        ]
        return managed(addresses.ACCOUNTS, main, asker, said=said, status=status)

    def _one(
        self, asker: Asker, account: ListedAccount, said: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        which = (hidden("ten", account.subject), hidden("noi", account.issuer))

        def deed(word: str, *inside: str, button: str) -> str:
            return form(addresses.ACCOUNTS, hidden("viec", word), *which, *inside, button=button)

        disabled = account.disabled_at is not None
        state = "Đã khóa" if disabled else f"{account.sessions} phiên đang mở"
        role = deed(
            "vai",
            choice("Vai", "vai", ROLES, account.role),
            field(UNITS, "don-vi", value=", ".join(account.units), needed=False),
            button="Đổi vai",
        )
        others = [
            deed("phien", button="Kết thúc mọi phiên"),
            *([deed("mat-khau", button="Cấp mật khẩu mới")] if not account.issuer else []),
            deed("mo", button="Mở lại tài khoản") if disabled else deed("khoa", button="Khóa tài khoản"),
        ]
        made = f"{ROLE_WORDS[Role(account.role)]}. {state}. Lập ngày {day(account.created_at.date())}."
        main = [
            heading(f"{account.name} ({account.subject})"),
            line(made),
            role,
            f'<div class="fl">{"".join(others)}</div>',
            line(ENDS),
            link("Về danh sách", addresses.ACCOUNTS),
        ]
        return managed(addresses.ACCOUNTS, main, asker, said=said, status=status)


def _address(account: ListedAccount) -> str:
    asked = {"ten": account.subject} | ({"noi": account.issuer} if account.issuer else {})
    return f"{addresses.ACCOUNTS}?{urlencode(asked)}"
