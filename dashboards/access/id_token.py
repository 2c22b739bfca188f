"""An ID token: whether it is the provider's, for us, for this sign-in and of this minute. Pure.

Only what is signed with a key that the provider alone holds is taken: with HS256 whoever knows our client's secret, or
takes a public key for one, could write a token.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import JWKRegistry, Key

from dashboards.access.fit_access import LONGEST_SUBJECT
from dashboards.access.not_admitted import NotAdmitted, WhyNot

ALGORITHMS: Mapping[str, str] = {  # to the type of its key
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    **dict.fromkeys(("EdDSA", "Ed25519"), "OKP"),
}
LEEWAY = timedelta(seconds=60)
LONGEST = 16_384  # letters; a token with hundreds of roles has a few thousand
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
Claims = Mapping[str, Any]
Keys = Sequence[Mapping[str, Any]]


class UnknownKey(NotAdmitted):
    """Signed with a key that is not among these: the provider may have others by now."""

    def __init__(self) -> None:
        super().__init__(WhyNot.SIGNATURE)


def claims_of(token: str, keys: Keys) -> Claims:
    """What the token says, its signature verified and nothing else. Raises :class:`NotAdmitted`."""
    try:
        if len(token) > LONGEST:
            raise NotAdmitted(WhyNot.SIGNATURE)
        headers = jws.extract_compact(token.encode()).headers()
        key = _key(headers, keys)
        return jwt.decode(token, key, algorithms=[headers["alg"]]).claims
    except (JoseError, ValueError, TypeError, KeyError) as exc:
        raise NotAdmitted(WhyNot.SIGNATURE) from exc


def _key(headers: Mapping[str, Any], keys: Keys) -> Key:
    """The key that the head names; where it names none, the only one that fits."""
    algorithm, kid = headers.get("alg"), headers.get("kid")
    kind = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None:
        raise NotAdmitted(WhyNot.SIGNATURE)
    fitting = [
        one
        for one in keys
        if one.get("kty") == kind and one.get("use", "sig") == "sig" and one.get("alg", algorithm) == algorithm
    ]
    named = [one for one in fitting if one.get("kid") == kid] if kid is not None else fitting
    if len(named) != 1:
        raise UnknownKey
    return JWKRegistry.import_key({**named[0]})


def check(claims: Claims, *, issuer: str, client: str, nonce: str, now: datetime) -> None:
    """Raises :class:`NotAdmitted`. A token comes straight from the provider, so one that was issued at another time
    than now was issued by another clock."""
    _check_whose(claims, issuer, client)
    said = claims.get("nonce")
    if not isinstance(said, str) or not compare_digest(said.encode(), nonce.encode()):
        raise NotAdmitted(WhyNot.NONCE)
    _check_times(claims, now, ("iss", "sub", "aud", "exp", "iat"))


def check_logout(claims: Claims, *, issuer: str, client: str, now: datetime) -> None:
    """Of a token by which the provider ends a person's sessions (OpenID Connect Back-Channel Logout, 2.6). Raises
    :class:`NotAdmitted`."""
    _check_whose(claims, issuer, client)
    events = claims.get("events")
    if not isinstance(events, Mapping) or not isinstance(events.get(LOGOUT), Mapping) or "nonce" in claims:
        raise NotAdmitted(WhyNot.SIGNATURE)  # another kind of token
    _check_times(claims, now, ("iss", "sub", "aud", "iat"))


def _check_whose(claims: Claims, issuer: str, client: str) -> None:
    if claims.get("iss") != issuer:
        raise NotAdmitted(WhyNot.ISSUER)
    if claims.get("aud") not in (client, [client]) or claims.get("azp", client) != client:
        raise NotAdmitted(WhyNot.AUDIENCE)


def _check_times(claims: Claims, now: datetime, needed: Iterable[str]) -> None:
    """And that what is ``needed`` is there and is what it must be."""
    seconds, leeway = int(now.timestamp()), int(LEEWAY.total_seconds())
    required = {name: jwt.ClaimsOption(essential=True) for name in needed}
    issued = claims.get("iat")
    # A number that is none is refused below.
    if isinstance(issued, int | float) and not isinstance(issued, bool) and abs(seconds - issued) > leeway:
        raise NotAdmitted(WhyNot.CLOCK)
    try:
        jwt.JWTClaimsRegistry(now=seconds, leeway=leeway, **required).validate(dict(claims))
    except ExpiredTokenError as exc:
        raise NotAdmitted(WhyNot.EXPIRED) from exc
    except JoseError as exc:
        raise NotAdmitted(WhyNot.SIGNATURE) from exc
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise NotAdmitted(WhyNot.SIGNATURE)
