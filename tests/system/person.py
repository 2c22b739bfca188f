"""A person's browser, as far as signing in needs one: cookies, redirects, forms, what browsers say of themselves."""

import re
from html import unescape
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx

from tests.system.keycloak import PASSWORD

REDIRECTS = (301, 302, 303, 307)


class Person:
    """Cookies are kept by host and port. httpx's own would not send a Secure one to 127.0.0.1, which browsers do."""

    def __init__(self, centre: str) -> None:
        self.centre = centre
        self.cookies: dict[str, dict[str, str]] = {}
        self._http = httpx.AsyncClient(follow_redirects=False, timeout=30, trust_env=False)

    async def __aenter__(self) -> "Person":
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _exc: BaseException | None, _where: TracebackType | None
    ) -> None:
        await self._http.aclose()

    @property
    def own(self) -> dict[str, str]:
        """The centre's cookies."""
        return self.cookies.setdefault(urlsplit(self.centre).netloc, {})

    async def get(self, url: str, site: str = "none") -> httpx.Response:
        return await self._ask("GET", url, site)

    async def post(self, url: str, **fields: str) -> httpx.Response:
        return await self._ask("POST", url, "same-origin", fields)

    async def _ask(self, method: str, url: str, site: str, fields: dict[str, str] | None = None) -> httpx.Response:
        url = urljoin(self.centre, url)
        jar = self.cookies.setdefault(urlsplit(url).netloc, {})
        headers = {"Accept": "text/html", "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        answer = await self._http.request(method, url, headers=headers, data=fields)
        self._http.cookies.clear()
        for said in answer.headers.get_list("set-cookie"):
            for name, one in SimpleCookie(said).items():
                jar[name] = one.value
                if one["max-age"] == "0":
                    del jar[name]
        return answer

    async def follow(self, answer: httpx.Response, site: str = "cross-site") -> httpx.Response:
        while answer.status_code in REDIRECTS:
            answer = await self.get(urljoin(str(answer.request.url), answer.headers["location"]), site)
        return answer

    async def begin(self, next_: str = "") -> httpx.Response:
        """Presses the button; the answer is the centre's."""
        return await self.get("/dang-nhap/oidc" + (f"?tiep={next_}" if next_ else ""), "same-origin")

    async def answer_of(self, begun: httpx.Response, name: str) -> str:
        """The address with which the provider sends the browser back, after its form if it shows one."""
        shown = begun
        while shown.status_code in REDIRECTS:
            there = urljoin(str(shown.request.url), shown.headers["location"])
            if there.startswith(self.centre):
                return there
            shown = await self.get(there, "cross-site")
        found = re.search(r'<form id="kc-form-login"[^>]*action="([^"]+)"', shown.text)
        assert found is not None, shown.text
        filled = await self.post(unescape(found[1]), username=name, password=PASSWORD)
        assert filled.status_code == 302, re.findall(r"<span[^>]*>\s*(.*?)\s*</span>", filled.text)
        return str(filled.headers["location"])

    async def sign_in(self, name: str, next_: str = "") -> httpx.Response:
        """The centre's answer to the way back: a redirect where he is admitted."""
        return await self.get(await self.answer_of(await self.begin(next_), name), "cross-site")

    async def signed_in(self) -> bool:
        return (await self.get("/phien")).status_code == 200
