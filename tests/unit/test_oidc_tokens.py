"""ID tokens that a good provider never sends: each is refused, with its reason."""

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from dashboards.access import id_token
from dashboards.access.not_admitted import NotAdmitted, WhyNot
from dashboards.access.oidc_pages import derived

ISSUER, CLIENT, NONCE = "https://sso.example/realms/tinh", "ioc", "n"
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "two"})
PUBLIC = [KEY.as_dict(private=False)]


def said(**changes: object) -> dict[str, Any]:
    """Claims as they should be, but for these; ``None`` leaves one out."""
    now = int(NOW.timestamp())
    claims = {"iss": ISSUER, "aud": CLIENT, "sub": "s-1", "nonce": NONCE, "iat": now, "exp": now + 300} | changes
    return {name: value for name, value in claims.items() if value is not None}


def check(claims: dict[str, Any], now: datetime = NOW) -> None:
    id_token.check(claims, issuer=ISSUER, client=CLIENT, nonce=NONCE, now=now)


def refusal(token: str, keys: id_token.Keys = PUBLIC) -> WhyNot:
    with pytest.raises(NotAdmitted) as caught:
        id_token.claims_of(token, keys)
    return caught.value.reason


def signed(key: Any = KEY, algorithm: str = "RS256", kid: str | None = "one", **claims: object) -> str:
    head = {"alg": algorithm} | ({} if kid is None else {"kid": kid})
    return jwt.encode(head, said(**claims), key, algorithms=[algorithm])


def encoded(part: bytes) -> bytes:
    return urlsafe_b64encode(part).rstrip(b"=")


def test_a_token_of_the_provider_for_us_is_taken() -> None:
    claims = id_token.claims_of(signed(), PUBLIC)
    check(dict(claims))
    assert claims["sub"] == "s-1"
    assert id_token.claims_of(signed(kid=None), PUBLIC) == claims  # the only key that fits
    curve = ECKey.generate_key("P-256", {"kid": "ec"})
    assert id_token.claims_of(signed(curve, "ES256", "ec"), [*PUBLIC, curve.as_dict(private=False)]) == claims


def test_what_is_not_signed_by_one_of_the_providers_keys_is_refused() -> None:
    head, body, signature = signed().split(".")
    changed = signed(sub="s-2").split(".")[1]
    for token in (
        f"{head}.{changed}.{signature}",
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}.",
        f"{head}.{body}",
        "",
        "ố.ồ.ộ",
        signed(OTHER),  # under the kid of another
        signed(OTHER, kid="two"),
        "x" * 20_000,
    ):
        assert refusal(token) is WhyNot.SIGNATURE


def test_a_token_that_nobody_signed_is_refused() -> None:
    for name in ("none", "None", "nOnE"):
        head = msgspec.json.encode({"alg": name, "kid": "one"})
        body = msgspec.json.encode(said())
        plain = b".".join(encoded(part) for part in (head, body)).decode() + "."
        assert refusal(plain) is WhyNot.SIGNATURE


def test_a_token_signed_with_what_is_no_secret_is_refused() -> None:
    """HS256 with the public key as everybody can read it, or with the client's secret; by hand, joserfc refuses to."""
    for secret in (KEY.as_pem(private=False), b"the client's own secret, 32 bytes"):
        plain = encoded(b'{"alg":"HS256","kid":"one"}') + b"." + encoded(msgspec.json.encode(said()))
        token = (plain + b"." + encoded(hmac.digest(secret, plain, "sha256"))).decode()
        assert refusal(token) is WhyNot.SIGNATURE
        assert refusal(token, [{"kty": "oct", "k": encoded(secret).decode(), "kid": "one"}]) is WhyNot.SIGNATURE


def test_a_key_is_for_what_it_says() -> None:
    curve = ECKey.generate_key("P-256").as_dict(private=False)
    for other in ({"use": "enc"}, {"alg": "RS512"}, curve):
        meant: dict[str, Any] = {**KEY.as_dict(private=False), **other}
        assert refusal(signed(), [meant]) is WhyNot.SIGNATURE
        assert id_token.claims_of(signed(kid=None), [meant, *PUBLIC])["sub"] == "s-1"  # found beside it


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": f"{ISSUER}/"}, WhyNot.ISSUER),
        ({"iss": None}, WhyNot.ISSUER),
        ({"aud": "another"}, WhyNot.AUDIENCE),
        ({"aud": [CLIENT, "another"]}, WhyNot.AUDIENCE),
        ({"aud": []}, WhyNot.AUDIENCE),
        ({"aud": None}, WhyNot.AUDIENCE),
        ({"azp": "another"}, WhyNot.AUDIENCE),
        ({"nonce": "another"}, WhyNot.NONCE),
        ({"nonce": None}, WhyNot.NONCE),
        ({"nonce": 7}, WhyNot.NONCE),
        ({"exp": int(NOW.timestamp()) - 60}, WhyNot.EXPIRED),
        ({"exp": None}, WhyNot.SIGNATURE),
        ({"exp": float("nan")}, WhyNot.SIGNATURE),
        ({"iat": None}, WhyNot.SIGNATURE),
        ({"iat": "now"}, WhyNot.SIGNATURE),
        ({"iat": 10**400}, WhyNot.CLOCK),
        ({"nbf": int(NOW.timestamp()) + 61}, WhyNot.SIGNATURE),
        ({"sub": None}, WhyNot.SIGNATURE),
        ({"sub": ""}, WhyNot.SIGNATURE),
        ({"sub": 7}, WhyNot.SIGNATURE),
        ({"sub": "a\nb"}, WhyNot.SIGNATURE),
        ({"sub": "s" * 256}, WhyNot.SIGNATURE),
    ],
)
def test_a_claim_that_is_not_what_it_must_be_is_refused(changes: dict[str, object], reason: WhyNot) -> None:
    with pytest.raises(NotAdmitted) as caught:
        check(said(**changes))
    assert caught.value.reason is reason


def test_a_minute_between_the_clocks_is_borne_and_more_is_named() -> None:
    for seconds in (60, -60):
        check(said(), NOW + timedelta(seconds=seconds))
    for seconds in (61, -61, 600, -600):
        with pytest.raises(NotAdmitted) as caught:
            check(said(), NOW + timedelta(seconds=seconds))
        assert caught.value.reason is WhyNot.CLOCK


def test_a_token_that_ends_sessions_is_no_other_kind_of_token() -> None:
    ends = said(nonce=None, exp=None) | {"events": {id_token.LOGOUT: {}}}
    id_token.check_logout(ends, issuer=ISSUER, client=CLIENT, now=NOW)
    other_kind: list[dict[str, Any]] = [{"nonce": NONCE}, {"events": {}}, {"events": id_token.LOGOUT}]
    for wrong in (*other_kind, {"sub": None}, {"iat": None}):
        with pytest.raises(NotAdmitted) as caught:
            id_token.check_logout(ends | wrong, issuer=ISSUER, client=CLIENT, now=NOW)
        assert caught.value.reason is WhyNot.SIGNATURE
    with pytest.raises(NotAdmitted) as caught:
        check(ends)
    assert caught.value.reason is WhyNot.NONCE


def test_state_nonce_and_verifier_tell_nothing_of_each_other() -> None:
    made = derived("secret")
    assert made == derived("secret")
    assert len({*made, *derived("other")}) == 6
    assert {len(part) for part in made} == {43}  # what PKCE asks of a verifier at least
