"""Writes dashboards/letter_widths.py: how wide each letter of Be Vietnam Pro runs, so that the server can choose a name
that fits without asking a browser.

    .venv/bin/python tools/letter_widths.py
"""

from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "dashboards" / "assets" / "fonts"
TARGET = ROOT / "dashboards" / "letter_widths.py"
WEIGHT = 500
SUBSETS = ("latin", "latin-ext", "vietnamese")
LETTERS = [
    chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA))
]


def widths() -> dict[str, int]:
    """Advance of each letter in thousandths of an em."""
    found: dict[str, int] = {}
    for subset in SUBSETS:
        font = TTFont(FONTS / f"be-vietnam-pro-{subset}-{WEIGHT}-normal.woff2")
        names, units = font.getBestCmap(), font["head"].unitsPerEm
        for letter in LETTERS:
            if ord(letter) in names:
                found.setdefault(letter, round(1000 * font["hmtx"][names[ord(letter)]][0] / units))
    return found


def main() -> None:
    by_width: defaultdict[int, str] = defaultdict(str)
    for letter, advance in sorted(widths().items()):
        by_width[advance] += letter
    lines = [
        '"""Advances of Be Vietnam Pro 500 in thousandths of an em; made by tools/letter_widths.py."""',
        "",
        "# fmt: off",
        "BY_WIDTH: dict[int, str] = {",
        *(f"    {advance}: {letters!r}," for advance, letters in sorted(by_width.items())),
        "}",
        "# fmt: on",
        "",
        "EM = {letter: advance / 1000 for advance, letters in BY_WIDTH.items() for letter in letters}",
        "",
    ]
    TARGET.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
