"""Questions to a provider that the test plays: when they are asked, how long one waits, what is taken of an answer."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import httpx
import msgspec
import pydantic
import pytest

from dashboards.access import provider
from dashboards.access.asker import Role
from dashboards.access.claimed import ClaimedPerson, claimed
from dashboards.access.id_token import UnknownKey
from dashboards.access.not_admitted import NotAdmitted, WhyNot
from dashboards.access.oidc_settings import OidcSettings
from dashboards.access.provider import Provider
from tests.unit.test_oidc_tokens import CLIENT, ISSUER, KEY, OTHER, signed

DISCOVERED = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "end_session_endpoint": f"{ISSUER}/end",
}
BACK = "https://ioc.example/dang-nhap/oidc/ve"


def settings(**changes: object) -> OidcSettings:
    return OidcSettings.model_validate(
        {"oidc_issuer": ISSUER, "oidc_client": CLIENT, "oidc_secret": "bí mật"} | changes
    )


class Played:
    """A provider; ``answers``: by the last word of an address, JSON, or what a request is answered with."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {
            "openid-configuration": DISCOVERED,
            "keys": {"keys": [KEY.as_dict(private=False)]},
            "token": {"id_token": "t"},
        } | answers
        self.asked: list[httpx.Request] = []
        self.now = 0.0
        self.provider = Provider(settings(), transport=httpx.MockTransport(self._answer), monotonic=lambda: self.now)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers[request.url.path.rpartition("/")[2]]
        if callable(answer):
            return await answer()  # type: ignore[no-any-return]
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    def times(self, word: str) -> int:
        return sum(request.url.path.endswith(word) for request in self.asked)


async def reason(asked: Awaitable[object]) -> WhyNot:
    with pytest.raises(NotAdmitted) as caught:
        await asked
    return caught.value.reason


async def hang() -> httpx.Response:
    await asyncio.sleep(60)
    raise AssertionError


def begin(played: Played) -> Awaitable[str]:
    return played.provider.begin(state="st", nonce="no", verifier="v" * 43, back=BACK)


async def test_a_browser_is_sent_with_state_nonce_and_the_verifiers_hash() -> None:
    given = dict(httpx.URL(await begin(Played())).params)
    assert given.pop("code_challenge") not in ("", "v" * 43)
    assert given == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid profile",
        "state": "st",
        "nonce": "no",
        "code_challenge_method": "S256",
    }


async def test_a_code_goes_with_its_verifier_and_the_secret_in_no_address() -> None:
    played = Played()
    assert await played.provider.token("c-1", verifier="v" * 43, back=BACK) == "t"
    asked = played.asked[-1]
    assert (asked.method, str(asked.url)) == ("POST", DISCOVERED["token_endpoint"])
    assert asked.headers["authorization"].startswith("Basic ")
    assert b"code=c-1" in asked.content
    assert b"code_verifier=vvv" in asked.content


async def test_an_unknown_key_is_asked_for_once_and_at_most_once_in_a_minute() -> None:
    played = Played()
    await played.provider.claims(signed())
    await played.provider.claims(signed())
    assert played.times("keys") == 1
    for _ in range(3):
        with pytest.raises(UnknownKey):
            await played.provider.claims(signed(OTHER, kid="two"))
    assert played.times("keys") == 2
    played.answers["keys"] = {"keys": [OTHER.as_dict(private=False)]}
    played.now += 59
    assert await reason(played.provider.claims(signed(OTHER, kid="two"))) is WhyNot.SIGNATURE
    played.now += 1
    await played.provider.claims(signed(OTHER, kid="two"))
    assert played.times("keys") == 3


async def test_a_key_that_was_withdrawn_is_taken_for_ten_minutes_at_most() -> None:
    played = Played()
    await played.provider.claims(signed())
    played.answers["keys"] = {"keys": [OTHER.as_dict(private=False)]}
    played.now += provider.KEYS_KEPT
    assert await reason(played.provider.claims(signed())) is WhyNot.SIGNATURE


async def test_whoever_asks_one_that_hangs_waits_his_own_seconds_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "WAIT", 0.2)
    played = Played(**{"openid-configuration": hang})
    async with asyncio.timeout(2):
        assert set(await asyncio.gather(*(reason(begin(played)) for _ in range(20)))) == {WhyNot.AWAY}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, json=DISCOVERED),
        httpx.Response(302, headers={"location": "https://elsewhere.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=msgspec.json.encode(DISCOVERED) + b" " * provider.LONGEST_ANSWER),
        {**DISCOVERED, "issuer": f"{ISSUER}/"},
        {**DISCOVERED, "token_endpoint": "http://sso.example/token"},
        {"issuer": ISSUER},
    ],
)
async def test_a_provider_that_does_not_say_who_it_is_counts_as_away(answer: object) -> None:
    assert await reason(begin(Played(**{"openid-configuration": answer}))) is WhyNot.AWAY


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (httpx.Response(503), WhyNot.AWAY),
        (httpx.Response(400, json={"error": "invalid_grant"}), WhyNot.CODE),
        (httpx.Response(401, json={"error": "invalid_client"}), WhyNot.CLIENT),
        (httpx.Response(400, json={"error": "unauthorized_client"}), WhyNot.CLIENT),
        ({"access_token": "only"}, WhyNot.SIGNATURE),
    ],
)
async def test_what_the_provider_says_to_a_code_has_its_reason(answer: object, why: WhyNot) -> None:
    assert await reason(Played(token=answer).provider.token("c", verifier="v" * 43, back=BACK)) is why


async def test_the_issuer_of_an_answer_is_checked_where_it_is_said_or_has_to_be() -> None:
    await Played().provider.check_answer(None)
    await Played().provider.check_answer(ISSUER)
    assert await reason(Played().provider.check_answer("https://another.example")) is WhyNot.ISSUER
    says = {**DISCOVERED, "authorization_response_iss_parameter_supported": True}
    assert await reason(Played(**{"openid-configuration": says}).provider.check_answer(None)) is WhyNot.ISSUER


def test_of_several_roles_the_one_named_first_counts() -> None:
    mapped = settings(
        oidc_roles={"tong": "auditor", "nho": "unit_officer"}, oidc_role_claim="a.b", oidc_units_claim="g"
    )
    both = {"sub": "s", "a": {"b": ["nho", "tong"]}, "g": ["26041"], "name": "Lan"}
    assert claimed(both, mapped) == ClaimedPerson("s", "Lan", Role.AUDITOR, ())
    one = both | {"a": {"b": "nho"}, "g": ["26041", "x'; --", 7, "26041"], "name": "\u202e \n"}
    assert claimed(one | {"preferred_username": "l"}, mapped) == ClaimedPerson("s", "l", Role.UNIT_OFFICER, ("26041",))
    for none in ({}, {"a": "nho"}, {"a": {"b": {"nho": True}}}, {"a": {"b": ["khác"]}}):
        assert claimed({"sub": "s"} | none, mapped).role is None
    assert claimed({"sub": "s", "a.b": ["tong"]}, mapped).role is Role.AUDITOR  # a name with a dot in it


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_issuer": "http://sso.example"},
        {"oidc_issuer": "https://sso.example/?x"},
        {"oidc_issuer": "sso.example"},
        {"oidc_client": ""},
        {"oidc_roles": {"x": "kiosk"}},
        {"oidc_roles": {"x": "vua"}},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(pydantic.ValidationError):
        settings(**wrong)
