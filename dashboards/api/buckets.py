"""How much of something each of many may have: so much a second, and so much at once after a rest. Pure: the moment is
an argument."""

from collections import OrderedDict
from collections.abc import Hashable

MOST_KEPT = 20_000  # of whom it is known what they had; who has asked least lately is forgotten, in his favour


class Buckets:
    """``a_second`` flows in, up to ``most``. What is taken may be more than is there (its size is known afterwards):
    then nothing is given until that is made up for."""

    def __init__(self, a_second: float, most: float) -> None:
        self.a_second, self.most = a_second, most
        self._held: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()  # amount, and when it was that

    def wait(self, whose: Hashable, now: float, needed: float = 0.0) -> float:
        """Seconds until so much is there and nothing is owed; 0 where it is."""
        lacking = min(needed, self.most) - self._amount(whose, now)
        return max(0.0, lacking) / self.a_second

    def take(self, whose: Hashable, now: float, amount: float) -> None:
        self._held[whose] = (self._amount(whose, now) - amount, now)
        self._held.move_to_end(whose)
        if len(self._held) > MOST_KEPT:
            self._held.popitem(last=False)

    def _amount(self, whose: Hashable, now: float) -> float:
        amount, then = self._held.get(whose, (self.most, now))
        return min(self.most, amount + max(0.0, now - then) * self.a_second)
