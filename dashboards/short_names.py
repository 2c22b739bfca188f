"""A unit's name where there is little room: the abbreviations that the reference data has for it, and known words.

A name is never cut: what does not fit any other way is written with fewer whole words. Pure; widths are in em.
"""

import re
from collections.abc import Callable, Iterator, Sequence

Width = Callable[[str], float]

# Before a name of its own ("Xã Long Thành", not "Xã hội").
ALWAYS_SHORT = (("Phường", "P."), ("Xã", "X."), ("Thị trấn", "TT."))
ALWAYS_SHORT_WORDS = (("Nông nghiệp và Môi trường", "NN&MT"),)
SHORTER = (
    ("Khoa học và Công nghệ", "KH&CN"),
    ("Giáo dục và Đào tạo", "GD&ĐT"),
    ("Văn hóa, Thể thao và Du lịch", "VHTTDL"),
    (" tỉnh Đồng Nai", ""),
    ("Văn phòng ", "VP "),
    ("Đăng ký đất đai", "ĐKĐĐ"),
    ("đăng ký đất đai", "ĐKĐĐ"),
    (" chi nhánh ", " "),
    (" Chi nhánh ", " "),
    ("Ban Quản lý ", "BQL "),
    ("Ban quản lý ", "BQL "),
    ("Trung tâm ", "TT "),
    ("Phục vụ hành chính công", "PVHCC"),
    ("Ủy ban nhân dân ", "UBND "),
    (" các ", " "),
    ("khu công nghiệp", "KCN"),
    ("khu kinh tế", "KKT"),
)
SHORTER_PROCEDURES = (
    ("Thủ tục ", ""),
    ("giấy chứng nhận", "GCN"),
    ("Giấy chứng nhận", "GCN"),
    ("quyền sử dụng đất", "QSDĐ"),
    ("quyền sở hữu nhà ở", "QSHNO"),
    ("đánh giá tác động môi trường", "ĐTM"),
    ("Chứng minh nhân dân", "CMND"),
    ("Căn cước công dân", "CCCD"),
    ("Liên thông ", "LT "),
    ("Đăng ký ", "ĐK "),
    ("đăng ký ", "ĐK "),
)
DISTRICTS = (("Huyện", "H."), ("Thành phố", "TP."), ("Tỉnh", ""))
PLACES = ("P.", "X.", "TT.", "H.", "TP.")


def fitting(name: str, known: Sequence[str], most: float, width: Width) -> str | None:
    """The longest form of the name that fits; its shortest where none does. ``None`` for an opaque key that does not
    fit: one word that says nothing, of which the caller may show the ends. ``known``: its abbreviations."""
    shortest = name
    for form in forms(name, known, width):
        if width(form) <= most:
            return form
        if width(form) < width(shortest):
            shortest = form
    return shortest if " " in name.strip() else None


def forms(name: str, known: Sequence[str], width: Width) -> Iterator[str]:
    """Ways to write the name, each shorter than most before it."""
    name = _kinds(name, ALWAYS_SHORT)
    for long, short in ALWAYS_SHORT_WORDS:
        name = name.replace(long, short)
    yield name
    for long, short in SHORTER:
        if long in name:
            name = name.replace(long, short)
            yield name
    if (without := re.sub(r" (?:phường|xã) (?=(\w))", _before_a_name, name)) != name:
        yield (name := without)
    yield from sorted(known, key=width, reverse=True)
    if (district := _kinds(name, DISTRICTS)) != name:
        yield (name := district)
    kind, _, place = name.partition(" ")
    if kind in PLACES:
        yield place
        return
    if not known:
        yield from _of_nobody(name)


def _of_nobody(name: str) -> Iterator[str]:
    """Of a name that the reference has no abbreviation of: its first clause, then its leading words by their initials,
    as far as the last two, which name the place; then only these."""
    clause = re.split(r"[,;(]", name)[0].strip()
    yield clause
    words = clause.split()
    for count in range(2, len(words) - 1):
        yield " ".join(["".join(initial(word) for word in words[:count]), *words[count:]])
    for count in (2, 1):
        if len(words) > count:
            yield " ".join(words[-count:])


def initial(word: str) -> str:
    """Its first letter as a capital; a word that is all capitals stands for itself."""
    letters = "".join(letter for letter in word if letter.isalnum())
    return letters if len(letters) > 1 and letters.isupper() else letters[:1].upper()


def _kinds(name: str, kinds: Sequence[tuple[str, str]]) -> str:
    for long, short in kinds:
        name = re.sub(rf"\b{long} (?=(\w))", lambda found, short=short: _short(found, short), name)  # type: ignore[misc]
    return name


def _short(found: re.Match[str], short: str) -> str:
    return (f"{short} " if short else "") if found[1].isupper() else found[0]


def _before_a_name(found: re.Match[str]) -> str:
    return " " if found[1].isupper() else found[0]
