"""How far apart both sides are, in words."""

from dashboards.words import number


def excess(gap: int) -> str:
    """``gap``: the province's figure less the portal's."""
    if not gap:
        return "hai bên bằng nhau"
    return f"{'tỉnh' if gap > 0 else 'Cổng'} hơn {number(abs(gap))}"
