"""``python -m tests.system.unreliable_receiver``: the reference receiver on a bad day.

It fails before it takes a message, or after; answers later than anybody waits; answers twice; sends away; and
says too much. What it takes, it takes as the reference does. Every message that came, and every order that came into
effect, is a row of a file beside it, written by triggers and not by what keeps it from taking one twice.
"""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from infra.simulate import receiving
from infra.simulate.hold_receiver import BadMessage, HoldBook, HoldHandler

LATE_S = 1.0
UNKNOWN = "khong-co"  # so begins the name of somebody whom the receiver does not know
EFFECT = """
CREATE TABLE IF NOT EXISTS effect (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS came (id TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS takes AFTER INSERT ON hold BEGIN INSERT INTO effect VALUES (new.id); END;
"""
chance = Random()


class UnreliableHandler(HoldHandler):
    def do_POST(self) -> None:
        luck = chance.random()
        if luck < 0.15:
            self.answer(503, {"error": "not now"})
        elif luck < 0.2:
            self.send_response(307)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._took(luck)

    def _took(self, luck: float) -> None:
        try:
            answer = self.taken()
        except BadMessage as bad:
            self.answer(bad.status, {"error": bad.rule})
            return
        assert isinstance(self.book, PickyBook)
        self.book.came(answer["order"])
        if luck < 0.3:
            time.sleep(LATE_S)
        elif luck < 0.4:
            self.close_connection = True  # taken, and nobody hears of it
            return
        elif luck < 0.5:
            self.answer(200, answer)
        elif luck < 0.55:
            self.answer(200, answer | {"more": "x" * 20_000})
            return
        self.answer(200, answer)


class PickyBook(HoldBook):
    """Knows not everybody; counts what came into effect by a trigger, not by its own key."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        super().__init__(path, clock)
        with closing(self._open()) as file:
            file.executescript(EFFECT)

    def refusal(self, scope: str, key: str, measure: str) -> str | None:
        return "unknown_target" if key.startswith(UNKNOWN) else super().refusal(scope, key, measure)

    def came(self, order: str) -> None:
        with closing(self._open()) as file:
            file.execute("INSERT INTO came VALUES (?)", [order])


if __name__ == "__main__":
    receiving.main(UnreliableHandler, PickyBook)
