"""The delivery of holding orders on a real database, to a receiver over HTTP that does what none should."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import ClassVar
from uuid import uuid4

import psycopg

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.record import Deed
from dashboards.actions.command import command
from dashboards.actions.command_outbox import CommandOutbox
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from infra.simulate import hold_receiver
from infra.simulate.held_now import held_now, let_through
from infra.simulate.hold_receiver import HoldBook
from schemas.holds import Measure
from schemas.json_text import decode, encode
from streams.delivery.delivering import Delivery
from streams.delivery.posting import Post
from streams.delivery.settings import DeliverySettings
from streams.delivery.signature import keys_of
from tests.integration.held_back import Folding

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the convention's own tests
OFFICER = Asker(AskerKind.ACCOUNT, "a1", "Trực ban", Role.DUTY_OFFICER)
TIMEOUT_S = 0.4


class Strange(BaseHTTPRequestHandler):
    """Answers by the target's name; notes who came, and how many messages of one target were there at once."""

    came: ClassVar[Counter[str]] = Counter()
    at_once: ClassVar[Counter[str]] = Counter()
    most: ClassVar[Counter[str]] = Counter()
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = decode(self.rfile.read(int(self.headers["Content-Length"])))["data"]
        key = data["key"]
        Strange.came[key] += 1
        Strange.at_once[key] += 1
        Strange.most[key] = max(Strange.most[key], Strange.at_once[key])
        if key == "patient":
            time.sleep(TIMEOUT_S / 4)
        Strange.at_once[key] -= 1
        if key == "elsewhere":
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/inner")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        said = encode({"order": data["order"], "answer": "accepted"})
        body = {"long": said + b" " * 2**20, "words": b"<html>OK</html>", "slow": said}.get(key, said)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for place in range(0, len(body), 1 if key == "slow" else len(body)):
            time.sleep(0.05 if key == "slow" else 0)
            try:
                self.wfile.write(body[place : place + 1 if key == "slow" else len(body)])
            except OSError:
                return

    def do_GET(self) -> None:
        Strange.came["inner"] += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def strange() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


async def given(database: DatabaseUrls, keys: list[str]) -> None:
    def clock() -> datetime:
        return datetime.now(UTC)

    async with Database(database.access, name="test", clock=clock) as connections:
        outbox = CommandOutbox(connections, clock)
        for number, key in enumerate(keys):
            ends_at = clock() + timedelta(minutes=30)
            data = {"scope": "account", "key": key, "measure": "stop", "sentence": "Tạm dừng.", "ends_at": ends_at}
            by = {"unit": "", "by": OFFICER.id, "by_name": OFFICER.name}
            made = command(uuid4(), "hold.ordered.v1", f"giu-{key}-{number}", data, now=clock(), **by)
            await outbox.take(OFFICER, made, Deed.HELD_BACK)


async def lifted(database: DatabaseUrls, subject: str) -> None:
    now = datetime.now(UTC)
    async with Database(database.access, name="test", clock=lambda: now) as connections:
        by = {"unit": "", "by": OFFICER.id, "by_name": OFFICER.name}
        made = command(uuid4(), "hold.lifted.v1", subject, {"after": 1}, now=now, **by)
        await CommandOutbox(connections, lambda: now).take(OFFICER, made, Deed.HELD_BACK)


@asynccontextmanager
async def delivering(database: DatabaseUrls, url: str, ahead: timedelta = timedelta(0)) -> AsyncIterator[None]:
    settings = DeliverySettings(
        database_streams=database.streams,
        hold_url=url,
        hold_secret=SECRET,  # type: ignore[arg-type]  # as from the environment
        hold_timeout_s=TIMEOUT_S,
        hold_first_pause_s=0.1,
        hold_longest_pause_s=0.2,
        hold_every_s=0.05,
    )
    async with Post(url or "http://127.0.0.1:1/", keys_of(SECRET), TIMEOUT_S) as post:
        delivery = Delivery(settings, post if url else None, lambda: datetime.now(UTC) + ahead, Random(1))
        task = asyncio.create_task(delivery.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def becomes(stream: Folding, database: DatabaseUrls, asked: str, wanted: list[tuple[object, ...]]) -> None:
    """Folds what is said until the question has this answer."""
    deadline = time.monotonic() + 15
    async with await psycopg.AsyncConnection.connect(database.migrate, autocommit=True) as conn:
        while (found := await (await conn.execute(asked.encode())).fetchall()) != wanted:
            assert time.monotonic() < deadline, found
            await stream.fold(database)
            await asyncio.sleep(0.05)


async def test_what_no_receiver_should_say_is_no_answer_and_is_asked_again_and_nobody_is_sent_elsewhere(
    database: DatabaseUrls,
) -> None:
    await given(database, ["elsewhere", "long", "words", "slow", "patient", "patient", "patient"])
    async with Folding.over(database) as stream:
        await stream.fold(database)
        with strange() as url:
            async with delivering(database, url):
                asked = "SELECT subject FROM subject_state WHERE standing = 'held' ORDER BY 1"
                held: list[tuple[object, ...]] = [(f"giu-patient-{number}",) for number in (4, 5, 6)]
                await becomes(stream, database, asked, held)
                asked = "SELECT subject, failure FROM hold_delivery WHERE failure IS NOT NULL AND tries > 1 ORDER BY 1"
                words: list[tuple[object, ...]] = [
                    ("giu-elsewhere-0", "redirected"),
                    ("giu-long-1", "too_long"),
                    ("giu-slow-3", "timeout"),
                    ("giu-words-2", "unclear"),
                ]
                await becomes(stream, database, asked, words)
        assert Strange.most["patient"] == 1, "of messages about one target one is under way at a time"
        assert (Strange.came["patient"], Strange.came["inner"]) == (3, 0)
        async with delivering(database, url, timedelta(hours=1)):  # nobody is there any more
            asked = "SELECT detail ->> 'reached', count(*) FROM subject_state WHERE standing = 'unanswered' GROUP BY 1"
            await becomes(stream, database, asked, [("true", 4)])


async def test_without_a_receiver_an_order_waits_for_its_end_and_the_page_can_know(database: DatabaseUrls) -> None:
    await given(database, ["nobody"])
    async with Folding.over(database) as stream:
        await stream.fold(database)
        async with delivering(database, ""):
            await becomes(stream, database, "SELECT known FROM hold_receiver", [(False,)])
            await becomes(stream, database, "SELECT standing FROM subject_state", [("ordered",)])
        async with delivering(database, "", timedelta(hours=1)):
            asked = "SELECT standing, detail ->> 'reached' FROM subject_state"
            await becomes(stream, database, asked, [("unanswered", "false")])


async def test_what_the_reference_receiver_has_taken_is_held_back_in_a_drill_until_it_is_lifted(
    database: DatabaseUrls, tmp_path: Path
) -> None:
    book = HoldBook(tmp_path / "holds.sqlite", time.time)
    receiver = hold_receiver.server(0, book, keys_of(SECRET))
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    port = receiver.server_address[1]
    try:
        await given(database, ["cb.1"])
        async with Folding.over(database) as stream:
            await stream.fold(database)
            assert held_now(port, "cb.1", "u", "a") is None
            async with delivering(database, f"http://127.0.0.1:{port}/"):
                await becomes(stream, database, "SELECT standing FROM subject_state", [("held",)])
                assert held_now(port, "cb.1", "u", "a") is Measure.STOP
                assert held_now(port, "cb.2", "u", "a") is None
                assert [let_through(Measure.STOP, 0), let_through(None, 1)] == [False, True]
                await lifted(database, "giu-cb.1-0")
                await becomes(stream, database, "SELECT standing FROM subject_state", [("ended",)])
                assert held_now(port, "cb.1", "u", "a") is None
    finally:
        receiver.shutdown()
        receiver.server_close()
    assert held_now(port, "cb.1", "u", "a") is None, "a receiver that is away holds nobody"


def test_of_what_is_slowed_every_tenth_passes() -> None:
    assert [number for number in range(40) if let_through(Measure.SLOW, number)] == [0, 10, 20, 30]
