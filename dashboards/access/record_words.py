"""What stands on record in the words of screens: deeds, what they were done to, roles."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboards.access.asker import ROLE_WORDS
from dashboards.access.record import DEED_WORDS, Deed
from dashboards.access.source_tokens import BEFORE_NAME
from dashboards.counted_domains import KNOWN
from dashboards.readers.openings import CASE
from dashboards.unnamed import named
from dashboards.views import VIEWS
from schemas.counters import COUNTER
from schemas.lookups import LOOKUP

REFUSED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "attempts": "sai nhiều lần, phải chờ",
        "elsewhere": "trang của nơi khác hỏi vào",
        "holds": "lệnh giữ không thuộc vai",
        "host": "hỏi dưới tên máy không phục vụ",
        "directives": "chỉ đạo không thuộc vai hoặc đơn vị",
        "key": "khóa không đúng hoặc đã hết",
        "nobody": "chưa đăng nhập",
        "origin": "việc ghi từ trang khác",
        "others": "nhiều nơi khác",
        "page": "trang không thuộc vai",
        "password": "mật khẩu hiện nay không đúng",
        "record": "nhật ký không thuộc vai",
        "session": "phiên không đúng hoặc đã hết",
        "stream": "màn hình không thuộc vai",
    }
)
_ROLES: Mapping[str, str] = {role.value: words for role, words in ROLE_WORDS.items()}


def deed_words(what: str) -> str:
    return named(DEED_WORDS, what)


def role_words(role: str) -> str:
    """Whoever is at the machine itself has none."""
    return named(_ROLES, role) if role else "vận hành"


def object_words(what: str, object_: str, *, accounts: bool = True) -> str:
    """Codes, ids and names stand as they are; ``accounts``: those of look-ups too."""
    if what == Deed.CASE_READ and not accounts and object_.startswith(f"{LOOKUP.name}/"):
        return f"một tài khoản tra cứu, ngày {object_[-10:]}"
    if what == Deed.REFUSED:
        return REFUSED_WORDS.get(object_) or object_
    if what in (Deed.KEY_MADE, Deed.KEY_ENDED) and object_.startswith(BEFORE_NAME):
        return f"nguồn {object_.removeprefix(BEFORE_NAME)}"
    if what == Deed.LIST_OPENED:
        counted, _, opening = object_.partition(" ")
        return f"{_counter_label(*counted.partition('/')[::2])}, danh sách {opening}"
    return object_


def _counter_label(domain: str, name: str) -> str:
    if domain == CASE and name in COUNTER:
        return COUNTER[name].label
    declared = KNOWN | {view.counted.name: view.counted for view in VIEWS if view.counted}
    counters = declared[domain].counters if domain in declared else ()
    return next((counter.label for counter in counters if counter.name == name), f"{domain}/{name}")
