"""``python -m streams``: one worker."""

import asyncio
import gc
import logging
import os
import threading
from typing import Any

import faust
import uvloop

from streams.app import EX_SOFTWARE, Worker
from streams.repeated_warnings import quieten
from streams.settings import WorkerSettings

log = logging.getLogger("streams")
COLLECT_AFTER = 100_000  # objects; Python's 700 had a span's records looked through for cycles again and again
STOP_WITHIN_S = 4.0  # SIGTERM ends us even with Kafka and database away; the rest is read again


class WorkerProcess(faust.Worker):  # type: ignore[misc]
    """Faust's worker, whose end cannot be delayed."""

    def _on_sigterm(self) -> None:
        self._end_soon()
        super()._on_sigterm()

    def _on_sigint(self) -> None:
        self._end_soon()
        super()._on_sigint()

    def _crash(self, reason: BaseException) -> None:
        self._end_soon(EX_SOFTWARE)
        super()._crash(reason)

    def _end_soon(self, code: int = 0) -> None:
        timer = threading.Timer(STOP_WITHIN_S, os._exit, args=(code,))
        timer.daemon = True
        timer.start()

    def on_worker_shutdown(self) -> None:
        os._exit(EX_SOFTWARE if self.crash_reason else 0)


def main() -> None:
    settings: Any = WorkerSettings()  # type: ignore[call-arg]
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    quieten()
    for talkative in ("aiokafka", "kafka", "faust", "mode"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    (settings.home / "faust" / settings.slot).mkdir(parents=True, exist_ok=True)
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    worker = Worker(settings)
    beating = loop.create_task(worker.beat())
    beating.add_done_callback(worker.ended)
    loop.run_until_complete(worker.wait_for_kafka())
    process = WorkerProcess(worker.app, loop=loop, redirect_stdouts=False, quiet=True, override_logging=False)
    process.execute_from_commandline()


if __name__ == "__main__":
    main()
