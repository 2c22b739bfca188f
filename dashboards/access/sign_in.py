"""Signing in and out, one's password, one's sessions; in a demo, another role. Forms without a script."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses, passwords
from dashboards.access.access import COOKIE, DEMO_COOKIE, Access, cookie
from dashboards.access.asker import PEOPLE, RIGHTS, ROLE_WORDS, Asker, AskerKind, Right, Role, asking, nobody
from dashboards.access.frame import cell, field, form, hidden, line, link, page, table
from dashboards.access.gate import origin_of
from dashboards.access.landing import landing
from dashboards.access.provider import Provider
from dashboards.access.record import Deed, Record
from dashboards.access.store import AccessStore, PersonalAccount
from dashboards.fair_turns import client_of
from dashboards.words import day_of, when

LONGEST_FORM = 4_096  # bytes
FAILURES_BY_NAME, FAILURES_FROM_ADDRESS = 5, 40  # within a quarter of an hour; then one waits
WRONG = "Tên hoặc mật khẩu không đúng."
WAIT = "Đã sai nhiều lần; thử lại sau 15 phút."


class TooLong(Exception):
    """A form with more than :data:`LONGEST_FORM` bytes."""


async def filled_in(request: Request, longest: int | None = None) -> dict[str, str]:
    """The fields of a form. Raises :class:`TooLong`."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > (longest or LONGEST_FORM):
            raise TooLong
    given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40)
    return {name: values[0] for name, values in given.items() if len(values) == 1}


class SignInPages:
    """``store`` and ``record`` are there whenever people sign in; ``provider``: where there is OpenID Connect."""

    def __init__(self, access: Access, store: AccessStore, record: Record, provider: Provider | None = None) -> None:
        self._access, self._store, self._record, self._provider = access, store, record, provider

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        for address, shown, done in (
            (addresses.SIGN_IN, self.form, self.sign_in),
            (addresses.PASSWORD, self.password, self.change_password),
            (addresses.SESSIONS, self.sessions, self.end_session),
        ):
            routes.add_api_route(address, shown, methods=["GET"])
            routes.add_api_route(address, done, methods=["POST"])
        routes.add_api_route(addresses.SIGN_OUT, self.sign_out, methods=["POST"])
        return routes

    async def form(self, request: Request) -> Response:
        return self.shown(request.query_params.get(addresses.NEXT, ""))

    def shown(
        self, next_: str, wrong: str = "", status: HTTPStatus = HTTPStatus.OK, leave: str | None = None
    ) -> Response:
        """The ways to sign in; the province's account first, where there is one. ``leave``: where its session ends."""
        ways = []
        if self._provider is not None:
            there = f"{addresses.OIDC}?{addresses.NEXT}={quote(next_)}" if next_ else addresses.OIDC
            ways += [link(self._provider.settings.oidc_button, there, first=True)]
            ways += [link("Dùng tài khoản tỉnh khác", leave)] if leave else []
            ways += [line("Hoặc bằng tài khoản riêng của trung tâm:")]
        fields = (
            hidden(addresses.NEXT, next_),
            field("Tên đăng nhập", "ten", complete="username", focus=self._provider is None),
            field("Mật khẩu", "mat-khau", kind="password", complete="current-password"),
        )
        main = [*ways, form(addresses.SIGN_IN, *fields, button="Đăng nhập", first=self._provider is None)]
        return page("Đăng nhập", [*([line(wrong, "wrong")] if wrong else []), *main], status=status, back=False)

    async def sign_in(self, request: Request) -> Response:
        try:
            given = await filled_in(request)
        except TooLong:
            return self.shown("", WRONG, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        now, address, next_ = self._access.clock(), client_of(request.scope), given.get(addresses.NEXT, "")
        name = given.get("ten", "").strip()
        by_name, from_address = await self._store.failures(name, address, now)
        if by_name >= FAILURES_BY_NAME or from_address >= FAILURES_FROM_ADDRESS:
            self._access.denials.note(nobody(address), "attempts")
            return self.shown(next_, WAIT, HTTPStatus.TOO_MANY_REQUESTS)
        account = await self._store.account(name) if 0 < len(name) <= 200 else None
        right = await passwords.fits(given.get("mat-khau", ""), account.password if account else None)
        if account is None or not right or account.disabled:
            await self._store.failed(name, address, now)
            known = account.id if account else ""
            await self._access.denials.tell(nobody(address), known, Deed.NOT_SIGNED_IN)
            return self.shown(next_, WRONG, HTTPStatus.UNAUTHORIZED)
        return await self.begin(request, account, next_)

    async def begin(self, request: Request, account: PersonalAccount, next_: str, how: str = "") -> Response:
        """A session of its own for each sign-in: what a browser brought along is ended, not taken over. ``how``: a word
        for the record."""
        now, settings = self._access.clock(), self._access.settings
        before = self._access.asker(request.scope)
        token, living = await self._store.begin_session(
            account,
            browser=browser_of(request),
            address=client_of(request.scope),
            now=now,
            longest=settings.session_longest,
            idle=settings.session_idle,
        )
        if before is not None and before.kind is AskerKind.ACCOUNT:
            self._access.ended(await self._store.end(now, credential=before.credential))
        if self._access.known is not None:
            self._access.known.add(token, living)
        await self._record.write(replace(living.asker, address=client_of(request.scope)), Deed.SIGNED_IN, how)
        wanted = addresses.ours(next_)
        to = _to_password(wanted) if account.must_change else wanted or landing(living.asker.rights)
        answer = RedirectResponse(to, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
        answer.headers.append("Set-Cookie", cookie(COOKIE, token, seconds=_seconds(settings.session_longest)))
        return answer

    async def sign_out(self, request: Request) -> Response:
        asker = asking()
        if asker.kind is AskerKind.ACCOUNT:
            self._access.ended(await self._store.end(self._access.clock(), credential=asker.credential))
            await self._record.write(asker, Deed.SIGNED_OUT)
        answer = await self._left(request, asker)
        answer.headers.append("Set-Cookie", cookie(COOKIE, "", seconds=0))
        return answer

    async def _left(self, request: Request, asker: Asker) -> Response:
        """To the sign-in page; who came by the provider goes there first, to end his session there too."""
        gone = {"Clear-Site-Data": '"cache", "storage"'}
        provided = asker.kind is AskerKind.ACCOUNT and await self._own_account() is None
        after = origin_of(request.scope) + addresses.SIGN_IN
        there = await self._provider.signed_out(after) if self._provider is not None and provided else None
        if there is None:
            return RedirectResponse(addresses.SIGN_IN, HTTPStatus.SEE_OTHER, gone)
        # No redirect: the page's policy lets a form lead to this host alone (form-action).
        told = [line("Đã đăng xuất khỏi trung tâm."), link("Đăng xuất khỏi tài khoản tỉnh", there, first=True)]
        return page("Đã đăng xuất", told, back=False, headers=gone | {"Refresh": f"0; url={there}"})

    async def password(self, request: Request) -> Response:
        account = await self._own_account()
        next_ = request.query_params.get(addresses.NEXT, "")
        return _no_password() if account is None else self._password_form(next_)

    async def _own_account(self) -> PersonalAccount | None:
        """Of who asks, where it has a password here."""
        asker = asking()
        account = await self._store.account_by_id(asker.id) if asker.kind is AskerKind.ACCOUNT else None
        return account if account is not None and account.password is not None else None

    def _password_form(self, next_: str, wrong: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
        asker = asking()
        said = wrong or ("Mật khẩu này do người khác cấp; đặt mật khẩu của mình." if asker.must_change_password else "")
        fields = (
            *([hidden(addresses.NEXT, next_)] if next_ else []),
            field("Mật khẩu hiện nay", "cu", kind="password", complete="current-password", focus=True),
            field(f"Mật khẩu mới, từ {passwords.SHORTEST} ký tự", "moi", kind="password", complete="new-password"),
            field("Nhập lại mật khẩu mới", "lai", kind="password", complete="new-password"),
        )
        main = [form(addresses.PASSWORD, *fields, button="Đổi mật khẩu", first=True)]
        told = [line(said, "wrong" if wrong else "sub")] if said else []
        return page("Đổi mật khẩu", [*told, *main], status=status, back=not asker.must_change_password, who=asker.name)

    async def change_password(self, request: Request) -> Response:
        asker = asking()
        given, now, address = await short_form(request), self._access.clock(), client_of(request.scope)
        account, next_ = await self._own_account(), given.get(addresses.NEXT, "")
        if account is None:
            return _no_password()
        by_name, _ = await self._store.failures(account.subject, address, now)
        if by_name >= FAILURES_BY_NAME:
            return self._password_form(next_, WAIT, HTTPStatus.TOO_MANY_REQUESTS)
        if not await passwords.fits(given.get("cu", ""), account.password):
            await self._store.failed(account.subject, address, now)
            self._access.denials.note(asker, "password")
            return self._password_form(next_, "Mật khẩu hiện nay không đúng.", HTTPStatus.UNPROCESSABLE_ENTITY)
        new = given.get("moi", "")
        if new != given.get("lai"):
            return self._password_form(next_, "Hai lần nhập mật khẩu mới khác nhau.", HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            passwords.check_fit(new, account.subject)
            if new == given.get("cu"):
                raise passwords.UnfitPassword("mật khẩu mới trùng mật khẩu cũ")
        except passwords.UnfitPassword as exc:
            return self._password_form(next_, f"Chưa được: {exc}.", HTTPStatus.UNPROCESSABLE_ENTITY)
        await self._store.change_password(account.id, await passwords.hashed_aside(new), now)
        self._access.ended(await self._store.end(now, account=account.id, but=asker.credential))
        await self._record.write(asker, Deed.PASSWORD_CHANGED)
        await self._access.reread()
        return RedirectResponse(addresses.ours(next_) or landing(asker.rights), HTTPStatus.SEE_OTHER)

    async def sessions(self, _request: Request) -> Response:
        asker = asking()
        if asker.kind is not AskerKind.ACCOUNT:
            return page("Phiên đăng nhập", [line("Chưa đăng nhập bằng tài khoản.")], status=HTTPStatus.NOT_FOUND)
        rows, now = [], self._access.clock()
        for one in await self._store.sessions(asker.id, now):
            mine = one.id == asker.credential
            ends = cell("phiên này") if mine else form(addresses.SESSIONS, hidden("phien", one.id), button="Kết thúc")
            rows.append((cell(one.name or "không rõ"), cell(one.address), cell(when(one.used_at, day_of(now))), ends))
        main = [
            line(f"{ROLE_WORDS[asker.role]}" + (f", đơn vị {', '.join(asker.units)}" if asker.units else "")),
            table(("Trình duyệt", "Từ địa chỉ", "Dùng lần cuối", ""), rows),
            form(addresses.SESSIONS, hidden("phien", "khac"), button="Kết thúc các phiên khác"),
            link("Đổi mật khẩu", addresses.PASSWORD),
            *([link("Quản trị: màn hình, tài khoản, khóa", addresses.DEVICES)] if asker.may(Right.MANAGE) else []),
            *([link("Nhật ký", addresses.RECORD)] if asker.may(Right.RECORD) else []),
            *([link("Ai đã xem dữ liệu đơn vị", addresses.OF_OUR_DATA)] if asker.may(Right.CASES) else []),
            form(addresses.SIGN_OUT, button="Đăng xuất"),
        ]
        return page("Phiên đăng nhập", main, who=asker.name)

    async def end_session(self, request: Request) -> Response:
        asker, which, now = asking(), (await short_form(request)).get("phien", ""), self._access.clock()
        mine = (
            {one.id for one in await self._store.sessions(asker.id, now)} if asker.kind is AskerKind.ACCOUNT else set()
        )
        if which == "khac":
            ended = await self._store.end(now, account=asker.id, but=asker.credential) if mine else []
        elif which in mine:
            ended = await self._store.end(now, credential=which)
        else:
            return page("Phiên đăng nhập", [line("Không có phiên này.", "wrong")], status=HTTPStatus.NOT_FOUND)
        self._access.ended(ended)
        await self._record.write(asker, Deed.SESSION_ENDED, str(len(ended)))
        return RedirectResponse(addresses.SESSIONS, HTTPStatus.SEE_OTHER)


def visitor_router() -> APIRouter:
    """In a demo: which role a visitor has."""
    routes = APIRouter(include_in_schema=False)

    @routes.get(addresses.VISITOR)
    async def roles(_request: Request) -> Response:
        chosen = asking().role
        told = "Bản xem thử với dữ liệu mô phỏng: không phải đăng nhập. Chọn vai để xem mỗi người thấy gì."
        forms = [
            form(addresses.VISITOR, hidden("vai", role), button=ROLE_WORDS[role], first=role is chosen, row=True)
            for role in PEOPLE
        ]
        return page("Xem thử với vai", [line(told), f'<div class="fl">{"".join(forms)}</div>'], who=ROLE_WORDS[chosen])

    @routes.post(addresses.VISITOR)
    async def choose(request: Request) -> Response:
        role = (await short_form(request)).get("vai", "")
        chosen = Role(role) if role in PEOPLE else Role.LEADER
        answer = RedirectResponse(landing(RIGHTS[chosen]), HTTPStatus.SEE_OTHER)
        answer.headers.append("Set-Cookie", cookie(DEMO_COOKIE, role if role in PEOPLE else "", seconds=None))
        return answer

    return routes


def browser_of(request: Request) -> str:
    """What a browser says it is, in a few words, for whoever looks for a session that is not his."""
    said = request.headers.get("user-agent", "")
    names: Mapping[str, str] = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS": "Mac"}
    systems |= {"Linux": "Linux"}
    name = next((word for mark, word in names.items() if mark in said), "")
    system = next((word for mark, word in systems.items() if mark in said), "")
    return ", ".join(word for word in (name, system) if word) or "không rõ"


def _to_password(wanted: str | None) -> str:
    return addresses.PASSWORD if wanted is None else f"{addresses.PASSWORD}?{addresses.NEXT}={quote(wanted)}"


def _no_password() -> Response:
    return page("Mật khẩu", [line("Tài khoản này không có mật khẩu ở đây.")], status=HTTPStatus.NOT_FOUND)


async def short_form(request: Request) -> dict[str, str]:
    """The fields of a form; none of one that is too long."""
    try:
        return await filled_in(request)
    except TooLong:
        return {}


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
