"""``python -m streams``: one worker."""

import asyncio
import logging
import os
import threading
import time
from typing import Any

import faust
import uvloop

from streams.app import Worker
from streams.errors import Retry
from streams.settings import WorkerSettings

log = logging.getLogger("streams")
STOP_WITHIN_S = 4.0  # SIGTERM ends us even with Kafka and database away; the rest is read again


class Process(faust.Worker):  # type: ignore[misc]
    """Faust's worker, whose end cannot be delayed."""

    def _on_sigterm(self) -> None:
        self._end_soon()
        super()._on_sigterm()

    def _on_sigint(self) -> None:
        self._end_soon()
        super()._on_sigint()

    def _end_soon(self) -> None:
        timer = threading.Timer(STOP_WITHIN_S, os._exit, args=(0,))
        timer.daemon = True
        timer.start()

    def on_worker_shutdown(self) -> None:
        os._exit(0)


def wait_for_kafka(worker: Worker) -> None:
    """Faust gives up where Kafka is not there yet; we wait."""
    topics = [worker.live.name, worker.history.name]
    while True:
        try:
            worker.broker.identity(topics)
        except Retry as exc:
            log.warning("waiting: reason=%s", exc)
            time.sleep(1.0)
        else:
            return


def main() -> None:
    settings: Any = WorkerSettings()  # type: ignore[call-arg]
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("aiokafka", "kafka", "faust", "mode"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    (settings.home / "faust" / settings.slot).mkdir(parents=True, exist_ok=True)
    worker = Worker(settings)
    wait_for_kafka(worker)
    process = Process(worker.app, loop=loop, redirect_stdouts=False, quiet=True, override_logging=False)
    process.execute_from_commandline()


if __name__ == "__main__":
    main()
