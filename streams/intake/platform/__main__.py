"""``python -m streams.intake.platform``: looks at the systems of ``platform.toml`` until told to stop.

It ends when the file has changed to one that can be used, so that its supervisor starts it with the new one.
"""

import asyncio
import logging
import signal
import sys
from pathlib import Path

from schemas.province import ZONE
from schemas.topics import PLATFORM
from streams.intake.day_book import DayBook
from streams.intake.errors import IntakeError
from streams.intake.outgoing import Outgoing
from streams.intake.platform.counters import Counters
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.prober import tell_days, utc, watch
from streams.intake.platform.sending import PlatformOutbox
from streams.intake.platform.settings import FILE, ProbeSettings
from streams.intake.platform.systems import Systems, load
from streams.repeated_warnings import quieten

log = logging.getLogger("platform")
CHANGED_EVERY_S = 5.0


def main() -> None:
    settings = ProbeSettings()  # type: ignore[call-arg]  # from the environment
    logging.basicConfig(
        level=settings.log_level, stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    quieten()
    try:
        systems = load(settings.home / FILE)
    except IntakeError as exc:
        sys.exit(str(exc))
    kept = settings.home / "run" / "probes.json"
    teller = PlatformTeller(systems.source, Counters.kept(kept))
    sent = kept.with_name("probes_sent.json")
    book = DayBook.kept(sent, systems.source, PLATFORM.contract, utc().astimezone(ZONE).date())
    log.info("begins: systems=%d", len(systems.system))
    try:
        asyncio.run(_run(settings, systems, teller, book))
    finally:
        teller.counters.keep(kept)
        book.keep(sent)
    log.info("ends")


async def _run(settings: ProbeSettings, systems: Systems, teller: PlatformTeller, book: DayBook) -> None:
    outbox = PlatformOutbox(settings.kafka, PLATFORM.name + settings.topic_suffix)

    def put(event: Outgoing) -> None:
        book.note(event)
        outbox.put(event)

    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    work = [
        asyncio.create_task(outbox.run()),
        asyncio.create_task(watch(systems, teller, put)),
        asyncio.create_task(tell_days(book, outbox.put)),
        asyncio.create_task(_changed(settings.home / FILE, systems)),
        asyncio.create_task(ending.wait()),
    ]
    done, rest = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    for task in done:
        task.result()


async def _changed(path: Path, systems: Systems) -> None:
    """Returns when the file says something else that can be used. What cannot be used is told once."""
    told = ""
    while True:
        await asyncio.sleep(CHANGED_EVERY_S)
        try:
            if await asyncio.to_thread(load, path) != systems:
                log.info("%s has changed: starting again", path.name)
                return
        except IntakeError as exc:
            if str(exc) != told:
                log.warning("going on with what it said before: %s", exc)
                told = str(exc)


if __name__ == "__main__":
    main()
