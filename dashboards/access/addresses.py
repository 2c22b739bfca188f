"""The addresses of signing in and out, and which of all need nobody. Words of addresses stand here once."""

import re

SIGN_IN = "/dang-nhap"
OIDC = f"{SIGN_IN}/oidc"  # begins at the provider
OIDC_BACK = f"{OIDC}/ve"  # comes back from it
OIDC_ENDED = f"{OIDC}/ra"  # the provider itself says that a session there has ended
SIGN_OUT = "/dang-xuat"
PASSWORD = "/mat-khau"  # noqa: S105  (an address)
SESSIONS = "/phien"
VISITOR = "/xem-thu"  # another role, in a demo
PAIRING = "/man-hinh-lon"  # where a screen on a wall begins
ADMINISTRATION = "/quan-tri"
DEVICES, ACCOUNTS, KEYS = (f"{ADMINISTRATION}/{word}" for word in ("man-hinh", "tai-khoan", "khoa"))
RECORD = "/nhat-ky"
OF_OUR_DATA = f"{RECORD}/du-lieu-don-vi"
DIRECTIVES = "/chi-dao"
NEW_DIRECTIVE, ONE_DIRECTIVE, DIRECTIVE_BEAT = (f"{DIRECTIVES}/{word}" for word in ("moi", "mot", "nhip"))
HOLDS = "/lenh-giu"
NEW_HOLD, ONE_HOLD, HOLD_BEAT = (f"{HOLDS}/{word}" for word in ("moi", "mot", "nhip"))
SHOWN = (RECORD, OF_OUR_DATA, DIRECTIVES, DIRECTIVE_BEAT, HOLDS, HOLD_BEAT)
FORMS = (
    *(SIGN_IN, PASSWORD, SESSIONS, VISITOR, PAIRING, ADMINISTRATION, DEVICES, ACCOUNTS, KEYS),
    *(NEW_DIRECTIVE, ONE_DIRECTIVE, NEW_HOLD, ONE_HOLD),
)
NEXT = "tiep"
ASKED = "ioc.asked"  # of a request that is answered at another address: the one that was asked
# What a page asks by itself: it does not keep a session alive.
BY_THEMSELVES = frozenset({"/man-hinh/dong", DIRECTIVE_BEAT, HOLD_BEAT})
READS_BY_POST = frozenset({"/man-hinh/_dash-update-component"})  # Dash asks for a page so; nothing is written
FROM_NO_BROWSER = frozenset({OIDC_ENDED})  # writes that bring a proof of their own
OPEN_ON_SCREENS = re.compile(
    rf"{SIGN_IN}|{OIDC}|{OIDC_BACK}|{OIDC_ENDED}|{PAIRING}|/healthz|/man-hinh/assets/.+|/man-hinh/_favicon\.ico"
)
OPEN_ON_API = re.compile(r"/healthz")
WITH_A_GIVEN_PASSWORD = re.compile(rf"{PASSWORD}|{SIGN_OUT}|/man-hinh/assets/.+|/healthz")


def ours(path: str) -> str | None:
    """Where to go on after signing in: an address of this host alone, or ``None``."""
    return path if re.fullmatch(r"/(?![/\\])[^\\\x00-\x20]{0,500}", path) and not path.startswith(SIGN_IN) else None
