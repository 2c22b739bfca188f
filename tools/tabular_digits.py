"""Makes "BVP So", the ten-glyph companion of Be Vietnam Pro with digits of one width.

Be Vietnam Pro has proportional digits and no ``tnum`` feature ("1" is 385 wide, "4" is 710), so that a live number or
a column would jump. This takes the ten digits of each weight, centres every one on the same advance and writes a font
of their own, listed first where numbers stand. The licence (OFL) asks that a changed font has another name.

    .venv/bin/python tools/tabular_digits.py    # reads and writes dashboards/assets/fonts
"""

from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "dashboards" / "assets" / "fonts"
WEIGHTS = (400, 500, 600, 700)
ADVANCE = 672  # of 1000: every digit's ink fits at every weight, only "4" comes closer to its neighbours
FAMILY = "BVP So"


def only_digits(font: Any) -> Any:
    """The font cut down to 0-9, without kerning or ligatures that would undo the equal widths."""
    subsetter = Subsetter(Options(layout_features=[], hinting=False))
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    return font


def equal_widths(font: Any, advance: int) -> None:
    """Centres each digit on the advance."""
    outlines, metrics = font["glyf"], font["hmtx"]
    for glyph in font.getBestCmap().values():
        width, bearing = metrics[glyph]
        shift = (advance - width) // 2
        outlines[glyph].coordinates.translate((shift, 0))
        outlines[glyph].recalcBounds(outlines)
        metrics[glyph] = (advance, bearing + shift)


def rename(font: Any, weight: int) -> None:
    for name_id, text in ((1, FAMILY), (3, f"{FAMILY} {weight}"), (4, f"{FAMILY} {weight}"), (6, f"BVPSo-{weight}")):
        font["name"].setName(text, name_id, 3, 1, 0x409)


def make(weight: int) -> Path:
    font = only_digits(TTFont(FONTS / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False))
    equal_widths(font, ADVANCE)
    rename(font, weight)
    font.flavor = "woff2"
    target = FONTS / f"bvp-so-{weight}.woff2"
    font.save(target)
    return target


def main() -> None:
    for weight in WEIGHTS:
        make(weight)


if __name__ == "__main__":
    main()
