"""The reference receiver of holding orders (docs/orders.md): what a case system or integration platform has to do.

Standard library alone, to be read and copied. It verifies signature and age of each message, takes each order once,
and answers the same again: what it has taken is on the disk before it answers, so its own kill loses nothing. The
simulated home starts it for itself (``receiving.py``); ``GET /held`` says there what is held back now.
"""

import base64
import hmac
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

log = logging.getLogger("hold_receiver")
WINDOW_S = 300  # how old or how far ahead a message may be
LONGEST = 16_384  # bytes of a message
TABLE = """
CREATE TABLE IF NOT EXISTS hold (
    id TEXT PRIMARY KEY, scope TEXT NOT NULL, key TEXT NOT NULL, measure TEXT NOT NULL, ends_at REAL NOT NULL,
    refused TEXT, taken_at REAL NOT NULL, ended_at REAL
)
"""
HELD = "SELECT scope, key, measure FROM hold WHERE refused IS NULL AND ended_at IS NULL AND ends_at > ? ORDER BY 1, 2"


class BadMessage(Exception):
    """Not from the centre, or not of the contract; nothing is taken."""

    def __init__(self, status: int, rule: str) -> None:
        super().__init__(rule)
        self.status, self.rule = status, rule


def verify(headers: Mapping[str, str], body: bytes, keys: Sequence[bytes], now: float) -> None:
    """Raises :class:`BadMessage`. Over the bytes as they came: parsed and written again they might be others."""
    id_, at, signatures = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not id_ or not at.isascii() or not at.isdigit():
        raise BadMessage(401, "webhook-id and webhook-timestamp")
    if abs(now - int(at)) > WINDOW_S:
        raise BadMessage(401, "webhook-timestamp: too old, or too far ahead")
    content = f"{id_}.{at}.".encode() + body
    good = [base64.b64encode(hmac.new(key, content, sha256).digest()) for key in keys]
    given = [word.removeprefix("v1,").encode() for word in signatures.split() if word.startswith("v1,")]
    if not any(hmac.compare_digest(one, other) for one in given for other in good):
        raise BadMessage(401, "webhook-signature")


class HoldBook:
    """What was taken: one row an order, for ever. ``clock``: the time by which orders end."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path, self._clock, self._one = path, clock, threading.Lock()
        with self._one, closing(self._open()) as file:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute(TABLE)

    def take(self, type_: str, data: Mapping[str, Any]) -> dict[str, str]:
        """The answer, once what it says is on the disk. The same message again: the same answer. An end that comes
        before its start is kept, and the start is then too late. Raises :class:`BadMessage`."""
        try:
            order, scope, key = (str(data[name]) for name in ("order", "scope", "key"))
            measure = str(data["measure"]) if type_ == "hold.start" else ""
            ends_at = datetime.fromisoformat(data["ends_at"]).timestamp() if type_ == "hold.start" else 0.0
        except (KeyError, TypeError, ValueError):
            raise BadMessage(400, "data") from None
        now = self._clock()
        with self._one, closing(self._open()) as file:
            file.execute("BEGIN IMMEDIATE")
            row = file.execute("SELECT refused FROM hold WHERE id = ?", [order]).fetchone()
            if row is None:
                refused = "too_late" if ends_at <= now else self.refusal(scope, key, measure)
                values = (order, scope, key, measure, ends_at, refused, now)
                file.execute("INSERT INTO hold VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", values)
                row = (refused,)
            if type_ == "hold.end":
                file.execute("UPDATE hold SET ended_at = coalesce(ended_at, ?) WHERE id = ?", [now, order])
            file.execute("COMMIT")
        if type_ == "hold.end":
            return {"order": order, "answer": "ended"}
        if row[0] is not None:
            return {"order": order, "answer": "refused", "reason": str(row[0])}
        return {"order": order, "answer": "accepted"}

    def refusal(self, scope: str, key: str, measure: str) -> str | None:
        """Why this one cannot be held, by the contract's words; here is where a real receiver asks its own system."""
        return None if measure in ("slow", "stop") else "unsupported"

    def held(self) -> list[dict[str, str]]:
        with closing(self._open()) as file:
            rows = file.execute(HELD, [self._clock()]).fetchall()
        return [{"scope": scope, "key": key, "measure": measure} for scope, key, measure in rows]

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        file.execute("PRAGMA synchronous = FULL")
        return file


class HoldHandler(BaseHTTPRequestHandler):
    """One request. ``book`` and ``keys`` are set on a class of their own by :func:`server`."""

    book: HoldBook
    keys: Sequence[bytes] = ()
    timeout = 10  # of a client that sends slowly
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        try:
            answer = self.taken()
        except BadMessage as bad:
            log.warning("not taken: rule=%s", bad.rule)
            self.answer(bad.status, {"error": bad.rule})
        else:
            self.answer(200, answer)

    def do_GET(self) -> None:
        if self.path == "/held":
            self.answer(200, {"held": self.book.held()})
        else:
            self.answer(404, {"error": "path"})

    def taken(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST:
            self.close_connection = True
            raise BadMessage(413, "Content-Length")
        body = self.rfile.read(int(length))
        verify({name.lower(): value for name, value in self.headers.items()}, body, self.keys, time.time())
        try:
            said = json.loads(body)
            type_, data = said["type"], said["data"]
        except (ValueError, KeyError, TypeError):
            raise BadMessage(400, "body") from None
        if type_ not in ("hold.start", "hold.end"):
            raise BadMessage(400, "type")
        return self.book.take(type_, data)

    def answer(self, status: int, said: Mapping[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """No line a request: what was not taken is said above."""


def server(
    port: int, book: HoldBook, keys: Sequence[bytes], handler: type[HoldHandler] = HoldHandler
) -> ThreadingHTTPServer:
    made = type("ServedHold", (handler,), {"book": book, "keys": keys})
    return ThreadingHTTPServer(("127.0.0.1", port), made)
